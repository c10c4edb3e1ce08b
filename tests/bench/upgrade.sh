#!/bin/sh
# Runs a host of an earlier commit beside one of this one, on one storage, under webhooks, signals and showings for a minute, with a few faults; then compares all that is there
# with what was sent. This version checks: what the earlier one wrote is read by it, and the other way round each reads the other's rows all the time.
#   tests/bench/upgrade.sh [COMMIT] [FAULTS] [MINUTES]     HEAD~1, 4 and 1 by default. A quarter of an hour: a message that a killed host had taken comes back after ten minutes.
set -eu
cd "$(dirname "$0")/../.."
commit=${1:-HEAD~1}
earlier=$(mktemp -d)
trap 'git worktree remove --force "$earlier/app"; rm -rf "$earlier"' EXIT
git worktree add --quiet --detach "$earlier/app" "$commit"
dotnet build "$earlier/app/functions/Expansion.Cli" -c Release
dotnet build functions/Expansion.Cli -c Release
dotnet functions/Expansion.Cli/bin/Release/net10.0/expansion.dll faults --faults "${2:-4}" --minutes "${3:-1}" --previous "$earlier/app/functions/Expansion.Cli/bin/Release/net10.0/expansion.dll"
