#!/bin/sh
# The same load on 1, 2 and 3 hosts that share one Azurite: queues, recompute and timers between them, everything compared in the end. What is measured stops growing where the emulator, one
# process of one thread, or the machine's cores are the limit.
#   tests/bench/scale-out.sh [SECONDS]     60 by default, for each.
set -eu
cd "$(dirname "$0")/../.."
dotnet build functions/Expansion.Cli -c Release
for hosts in 1 2 3; do
  dotnet functions/Expansion.Cli/bin/Release/net10.0/expansion.dll load --hosts "$hosts" --seconds "${1:-60}"
done
