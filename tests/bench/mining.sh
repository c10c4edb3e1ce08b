#!/bin/sh
# Times `expansion bench mining` as a whole command beside the tight C program of this folder and SQL in DuckDB, on generated baskets.
#   tests/bench/mining.sh [--large] [--runs N]     --large adds 10 million baskets (0.4 GB of text, and minutes for DuckDB); median of N runs (5)
# Every output is compared with the first. Needs gcc, sha256sum, sort, and ../shared/bench/generate_baskets.c.
set -eu
cd "$(dirname "$0")/../.."
large=0 runs=5
while [ $# -gt 0 ]; do
  case $1 in
    --large) large=1 ;;
    --runs) runs=$2; shift ;;
    *) sed -n '2,4s/^# //p' "$0" >&2; exit 2 ;;
  esac
  shift
done
generator=../shared/bench/generate_baskets.c
[ -f "$generator" ] || { echo "There is no $generator to make the inputs with: nothing measured." >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
gcc -O2 -o "$work/generate" "$generator" -lm
gcc -O3 -march=native -pthread -o "$work/tight" tests/bench/tight_pairs.c
dotnet build -v q -c Release functions/Expansion.Cli -o "$work/cli" >&2
dotnet build -v q -c Release tests/bench/DuckDbPairs -o "$work/duckdb" >&2
cat > "$work/once.c" <<'C'
#include <stdio.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>
int main(int argc, char **argv)   /* runs a command; prints its seconds and peak MB to descriptor 3 */
{
    struct timeval a, b; struct rusage u; int status;
    gettimeofday(&a, 0);
    if (argc < 2) return 2;
    if (fork() == 0) { execv(argv[1], argv + 1); _exit(127); }
    wait4(-1, &status, 0, &u);
    gettimeofday(&b, 0);
    dprintf(3, "%.3f %.0f\n", (b.tv_sec - a.tv_sec) + (b.tv_usec - a.tv_usec) * 1e-6, u.ru_maxrss / 1024.0);
    return status != 0;
}
C
gcc -O2 -o "$work/once" "$work/once.c"

# once NAME FILE MIN
once() {
  case $1 in
    expansion) "$work/once" "$work/cli/expansion" bench mining --baskets "$2" --min-count "$3" --out "$work/pairs" ;;
    tight-c) "$work/once" "$work/tight" "$2" "$3" > "$work/pairs" ;;
    duckdb) "$work/once" "$work/duckdb/DuckDbPairs" "$2" "$3" "$work/pairs" ;;
  esac > "$work/stdout.$1" 2> "$work/stderr.$1" 3>> "$work/times.$1"
}

# measure LABEL MIN PROGRAMS...
measure() {
  label=$1 least=$2; shift 2
  rm -f "$work"/times.* "$work/hash"
  for run in $(seq "$runs"); do
    for program in "$@"; do
      [ "$program" = duckdb ] && [ "$run" -gt 3 ] && continue
      once "$program" "$work/$label" "$least" || { cat "$work/stderr.$program" >&2; exit 1; }
      [ "$run" -gt 1 ] && continue
      hash=$(LC_ALL=C sort "$work/pairs" | sha256sum)
      [ "$hash" = "$(cat "$work/hash" 2> /dev/null || echo "$hash")" ] || { echo "$program counts other pairs than $1 in $label" >&2; exit 1; }
      echo "$hash" > "$work/hash"
    done
  done
  for program in "$@"; do
    sort -n "$work/times.$program" | awk -v l="$label" -v c="$least" -v p="$program" \
      '{ t[NR] = $1; if ($2 > m) m = $2 } END { printf "| %s | %d | %s | %.2f | %.2f | %d |\n", l, c, p, t[1], t[int((NR + 1) / 2)], m }'
  done
}

echo "$(nproc) processors; load before: $(cut -d' ' -f1-3 /proc/loadavg 2> /dev/null || echo unknown)" >&2
echo '| baskets | count >= | program | fastest s | median s | peak MB |'
echo '|---|---|---|---|---|---|'
"$work/generate" -n 88162 -m 16470 -b 10 > "$work/retail-like"
"$work/generate" -n 100000 -m 870 -b 10 > "$work/T10-like"
"$work/generate" -n 1000000 -m 10000 > "$work/S1"
"$work/generate" -n 1000000 -m 100000 -b 5 > "$work/S2"
for set in retail-like T10-like S1 S2; do
  measure "$set" 5 expansion tight-c duckdb
  measure "$set" 1000 expansion tight-c duckdb
done
[ "$large" = 1 ] || exit 0
for set in S3 S4; do
  [ "$set" = S3 ] && "$work/generate" -n 10000000 -m 10000 > "$work/S3" || "$work/generate" -n 10000000 -m 100000 -b 5 > "$work/S4"
  measure "$set" 5 expansion tight-c duckdb
  measure "$set" 1000 expansion tight-c duckdb
  rm "$work/$set"
done
