#include "runtime/device/profile.h"

#include <inttypes.h>
#include <string.h>

static const struct {
    const char *name;
    int64_t usual, least, most;
} about[PROFILE_FACTS] = {
    [PROFILE_CROSSOVER] = {"crossover", 50000, 1000, 10000000},
    [PROFILE_STREAMED] = {"streamed", PROFILE_NEVER, 1 << 20, PROFILE_NEVER},
    [PROFILE_RUN] = {"run", 8192, 1024, 1 << 20},
    [PROFILE_TILE] = {"tile", 512, 256, 1024},
};

int64_t profile_get(const struct profile *profile, enum profile_fact fact)
{
    const int64_t value = atomic_load_explicit(&profile->facts[fact], memory_order_relaxed);
    return value ? value : about[fact].usual;
}

int profile_knows(const struct profile *profile, enum profile_fact fact)
{
    return atomic_load_explicit(&profile->facts[fact], memory_order_relaxed) != 0;
}

void profile_set(struct profile *profile, enum profile_fact fact, int64_t value)
{
    atomic_store_explicit(&profile->facts[fact], value, memory_order_relaxed);
}

void profile_words(const struct profile *profile, struct text *words)
{
    for (int i = 0; i < PROFILE_FACTS; i++)
        if (profile_knows(profile, (enum profile_fact)i))
            text_addf(words, "%s %" PRId64 "\n", about[i].name,
                      profile_get(profile, (enum profile_fact)i));
}

/* The number whose digits are all of [at, end); -1 if they are not one or it is too large. */
static int64_t read_digits(const char *at, const char *end)
{
    int64_t value = 0;
    if (at == end)
        return -1;
    for (; at < end; at++) {
        const int digit = *at - '0';
        if (digit < 0 || digit > 9 || value > (INT64_MAX - digit) / 10)
            return -1;
        value = value * 10 + digit;
    }
    return value;
}

static void read_line(struct profile *profile, const char *line, const char *end)
{
    for (int i = 0; i < PROFILE_FACTS; i++) {
        const size_t length = strlen(about[i].name);
        if ((size_t)(end - line) <= length || memcmp(line, about[i].name, length) != 0 ||
            line[length] != ' ')
            continue;
        const int64_t value = read_digits(line + length + 1, end);
        const int is_power = i != PROFILE_TILE || (value & (value - 1)) == 0;
        if (value >= about[i].least && value <= about[i].most && is_power)
            profile_set(profile, (enum profile_fact)i, value);
    }
}

void profile_read(struct profile *profile, const char *words, size_t length)
{
    const char *const last = words + length;
    const char *end;
    for (; words < last && (end = memchr(words, '\n', (size_t)(last - words))); words = end + 1)
        read_line(profile, words, end);
}
