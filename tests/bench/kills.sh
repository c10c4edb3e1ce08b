#!/bin/sh
# Kills a recompute at random moments and checks each time that a whole generation is published and that a rerun completes.
#   tests/bench/kills.sh [KILLS]     20 by default; among all tests it is three. A minute on a free machine.
set -eu
cd "$(dirname "$0")/../.."
EXPANSION_KILLS=${1:-20} dotnet test --project tests/Expansion.Cli.Tests -- --filter-method '*Recompute_KilledAtRandomMoments*'
