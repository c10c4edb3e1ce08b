/* tight_pairs.c - the yardstick of `expansion bench mining`: the same work in C, as tight as we could make it.
 *
 * Build: gcc -O3 -march=native -pthread -o tight_pairs tight_pairs.c
 * Usage: tight_pairs FILE MIN_COUNT [THREADS] > pairs     one basket a line, blank-separated integers; writes "a b count" lines
 *
 * Item-major counting: items below the minimum are dropped, the rest ranked by frequency; baskets are flat arrays of ranks in ascending
 * order, the sign bit ends a basket; each rank has the list of places where its baskets go on after it. For each rank walk these, bump a
 * counter for each rank met, print and clear. The last line of standard error is JSON: read_s, count_s, total_s, pairs.
 * Expects dense ids (below 2^24) and, as the generator writes them, distinct ids within a line.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define LAST 0x80000000u
#define MASK 0x7fffffffu
#define MAX_ID (1u << 24)
#define MAX_THREADS 64

static const char *text;
static size_t size;
static uint32_t min_count, ranks, *item_of;
static int32_t *rank_of;
static uint32_t *items, *places, *starts;
static uint64_t *work_of;
static int threads = 2;

typedef struct {
    size_t from, to;              /* bytes of the text */
    uint32_t *raw, length, max;   /* what was read */
    uint32_t *frequency;          /* by id */
    uint32_t first, end;          /* this thread's part of items */
    uint32_t *next;               /* by rank */
    uint64_t *work;
    uint64_t pairs;
} share_t;
static share_t share[MAX_THREADS];

/* Untouched pages cost nothing, so every array may be reserved at its upper bound. */
static void *reserve(size_t bytes)
{
    void *p = mmap(NULL, bytes + 64, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (p == MAP_FAILED) { perror("mmap"); exit(1); }
    return p;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec * 1e-9;
}

static void parallel(void *(*body)(void *))
{
    pthread_t id[MAX_THREADS];
    for (intptr_t t = 1; t < threads; t++) pthread_create(&id[t], NULL, body, (void *)t);
    body((void *)0);
    for (int t = 1; t < threads; t++) pthread_join(id[t], NULL);
}

static void *parse(void *arg)
{
    share_t *s = &share[(intptr_t)arg];
    const char *p = text + s->from, *end = text + s->to;
    uint32_t *out = s->raw = reserve((s->to - s->from) / 2 * 4 + 8), *basket = out, max = 0;
    uint32_t *frequency = s->frequency = reserve((size_t)MAX_ID * 4);
    while (p < end) {
        uint32_t c = (unsigned char)*p;
        if (c - '0' < 10) {
            uint32_t v = c - '0';
            while ((c = (unsigned char)*++p - '0') < 10) v = v * 10 + c;
            if (v >= MAX_ID) { fprintf(stderr, "id %u is too large\n", v); exit(1); }
            if (v > max) max = v;
            frequency[v]++;
            *out++ = v;
        }
        if (*p++ == '\n') {
            if (out - basket > 1) { out[-1] |= LAST; basket = out; } else out = basket;
        }
    }
    if (out - basket > 1) out[-1] |= LAST; else out = basket;
    s->length = out - s->raw;
    s->max = max;
    return NULL;
}

static int by_key(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static void rank_items(void)
{
    uint32_t n = 0;
    for (int t = 0; t < threads; t++) if (share[t].max >= n) n = share[t].max + 1;
    uint64_t *keys = malloc((size_t)n * 8);
    rank_of = malloc((size_t)n * 4);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t f = 0;
        for (int t = 0; t < threads; t++) f += share[t].frequency[i];
        rank_of[i] = -1;
        if (f && f >= min_count) keys[ranks++] = (uint64_t)(UINT32_MAX - f) << 32 | i;
    }
    for (int t = 0; t < threads; t++) munmap(share[t].frequency, (size_t)MAX_ID * 4);
    qsort(keys, ranks, 8, by_key);
    item_of = malloc((size_t)ranks * 4 + 4);
    for (uint32_t r = 0; r < ranks; r++) { item_of[r] = (uint32_t)keys[r]; rank_of[item_of[r]] = (int32_t)r; }
    free(keys);
}

static void sort_small(uint32_t *v, uint32_t n)
{
    for (uint32_t i = 1; i < n; i++) {
        uint32_t x = v[i], j = i;
        for (; j && v[j - 1] > x; j--) v[j] = v[j - 1];
        v[j] = x;
    }
}

static int by_rank(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* In place: a basket never grows. */
static void *to_ranks(void *arg)
{
    share_t *s = &share[(intptr_t)arg];
    uint32_t *next = s->next = calloc(ranks + 1, 4), *v = s->raw, k = 0;
    uint64_t *work = s->work = calloc(ranks + 1, 8);
    uint32_t *out = v;
    for (uint32_t i = 0; i < s->length; i++) {
        uint32_t e = v[i];
        int32_t r = rank_of[e & MASK];
        out[k] = (uint32_t)r;
        k += r >= 0;
        if (e & LAST) {
            if (k > 1) {
                if (k <= 32) sort_small(out, k); else qsort(out, k, 4, by_rank);
                for (uint32_t j = 0; j + 1 < k; j++) { next[out[j]]++; work[out[j]] += k - 1 - j; }
                out[k - 1] |= LAST;
                out += k;
            }
            k = 0;
        }
    }
    s->end = out - s->raw;
    return NULL;
}

static void *scatter(void *arg)
{
    share_t *s = &share[(intptr_t)arg];
    memcpy(items + s->first, s->raw, (size_t)s->end * 4);
    munmap(s->raw, (s->to - s->from) / 2 * 4 + 8 + 64);
    uint32_t end = s->first + s->end, *next = s->next;
    for (uint32_t i = s->first; i < end; i++) if (!(items[i] & LAST)) places[next[items[i]]++] = i + 1;
    return NULL;
}

static void index_items(void)
{
    uint32_t length = 0, place = 0;
    for (int t = 0; t < threads; t++) { share[t].first = length; length += share[t].end; }
    items = reserve((size_t)length * 4);
    starts = malloc(((size_t)ranks + 1) * 4);
    work_of = malloc(((size_t)ranks + 1) * 8);
    uint64_t sum = 0;
    for (uint32_t r = 0; r < ranks; r++) {
        starts[r] = place;
        work_of[r] = sum;
        for (int t = 0; t < threads; t++) {
            uint32_t n = share[t].next[r];
            share[t].next[r] = place;
            place += n;
            sum += share[t].work[r];
        }
    }
    starts[ranks] = place;
    work_of[ranks] = sum;
    places = reserve((size_t)place * 4);
    parallel(scatter);
}

static inline char *put(char *p, uint32_t v)
{
    char t[10];
    int k = 10;
    do { t[--k] = (char)('0' + v % 10); v /= 10; } while (v);
    memcpy(p, t + k, 10 - k);
    return p + 10 - k;
}

static uint32_t next_block;
static pthread_mutex_t out_lock = PTHREAD_MUTEX_INITIALIZER;

static void flush(const char *buffer, size_t n)
{
    pthread_mutex_lock(&out_lock);
    while (n) { ssize_t w = write(1, buffer, n); if (w <= 0) { perror("write"); exit(1); } buffer += w; n -= (size_t)w; }
    pthread_mutex_unlock(&out_lock);
}

static void *count(void *arg)
{
    share_t *s = &share[(intptr_t)arg];
    uint32_t *counts = calloc((size_t)ranks + 1, 4), *touched = malloc(((size_t)ranks + 1) * 4);
    size_t room = 1 << 20, used = 0;
    char *buffer = malloc(room + 64);
    uint64_t block = work_of[ranks] / (64 * (uint64_t)threads) + 1, pairs = 0;
    for (;;) {
        uint32_t k = __atomic_fetch_add(&next_block, 1, __ATOMIC_RELAXED);
        if (k >= 64 * (uint32_t)threads) break;
        uint32_t lo = 0, hi = ranks;      /* first rank whose work begins in this block */
        while (lo < hi) { uint32_t m = (lo + hi) / 2; if (work_of[m] < block * k) lo = m + 1; else hi = m; }
        for (uint32_t a = lo; a < ranks && work_of[a] < block * (k + 1); a++) {
            uint32_t n = 0, from = starts[a], to = starts[a + 1];
            if (to - from < min_count) continue;
            for (uint32_t i = from; i < to; i++) {
                if (i + 8 < to) __builtin_prefetch(&items[places[i + 8]]);
                const uint32_t *p = items + places[i];
                uint32_t e;
                do {
                    e = *p++;
                    uint32_t b = e & MASK, c = counts[b];
                    touched[n] = b;
                    n += c == 0;
                    counts[b] = c + 1;
                } while (!(e & LAST));
            }
            char head[16];
            char *h = put(head, item_of[a]);
            *h++ = ' ';
            for (uint32_t i = 0; i < n; i++) {
                uint32_t b = touched[i], c = counts[b];
                counts[b] = 0;
                if (c < min_count) continue;
                if (used + 48 > room) { flush(buffer, used); used = 0; }
                char *p = buffer + used;
                if (item_of[a] < item_of[b]) { memcpy(p, head, 16); p += h - head; p = put(p, item_of[b]); }
                else { p = put(p, item_of[b]); *p++ = ' '; memcpy(p, head, 16); p += h - head - 1; }
                *p++ = ' ';
                p = put(p, c);
                *p++ = '\n';
                used = p - buffer;
                pairs++;
            }
        }
    }
    flush(buffer, used);
    s->pairs = pairs;
    return NULL;
}

int main(int argc, char **argv)
{
    if (argc < 3) { fprintf(stderr, "usage: tight_pairs FILE MIN_COUNT [THREADS]\n"); return 2; }
    double begin = now();
    min_count = (uint32_t)strtoul(argv[2], NULL, 10);
    if (argc > 3) threads = atoi(argv[3]);
    if (threads < 1 || threads > MAX_THREADS || !min_count) { fprintf(stderr, "bad parameters\n"); return 2; }
    int fd = open(argv[1], O_RDONLY);
    struct stat st;
    if (fd < 0 || fstat(fd, &st)) { perror(argv[1]); return 1; }
    size = (size_t)st.st_size;
    text = mmap(NULL, size + 1, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
    if (text == MAP_FAILED) { perror("mmap"); return 1; }
    size_t at = 0;
    for (int t = 0; t < threads; t++) {
        share[t].from = at;
        at = size * (t + 1) / threads;
        while (at < size && at > 0 && text[at - 1] != '\n') at++;
        share[t].to = at;
    }
    parallel(parse);
    munmap((void *)text, size + 1);
    double read_done = now();
    rank_items();
    double t1 = now();
    parallel(to_ranks);
    double t2 = now();
    index_items();
    double t3 = now();
    parallel(count);
    double end = now();
    uint64_t pairs = 0;
    for (int t = 0; t < threads; t++) pairs += share[t].pairs;
    if (getenv("PHASES")) fprintf(stderr, "read %.3f rank %.3f map %.3f index %.3f count+write %.3f work %llu items %u ranks %u\n", read_done - begin, t1 - read_done, t2 - t1, t3 - t2, end - t3, (unsigned long long)work_of[ranks], starts[ranks], ranks);
    fprintf(stderr, "{\"read_s\":%.3f,\"count_s\":%.3f,\"total_s\":%.3f,\"pairs\":%llu}\n", read_done - begin, end - read_done, end - begin, (unsigned long long)pairs);
    return 0;
}
