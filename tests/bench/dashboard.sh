#!/bin/sh
# How soon the dashboard answers with 50,000 pairs and 100,000 decisions: to the next thing painted, and to the answer on the page.
# The seeding takes minutes; measure on a machine that does nothing else.
cd "$(dirname "$0")/../.." || exit 1
exec dotnet test --project tests/Expansion.Browser.Tests -- --explicit only --filter-method '*Interactions_With50000PairsAnd100000Decisions*' --show-live-output on
