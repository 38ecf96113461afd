#include "runtime/base/hash.h"

#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

static const char digits[] = "0123456789abcdef";

struct hash128 hash_bytes(const void *bytes, size_t count)
{
    const XXH128_hash_t hash = XXH3_128bits(bytes, count);
    return (struct hash128){.low = hash.low64, .high = hash.high64};
}

struct hash128 hash_two(const void *first, size_t first_count, const void *second,
                        size_t second_count)
{
    XXH3_state_t state;
    XXH3_128bits_reset(&state);
    XXH3_128bits_update(&state, first, first_count);
    XXH3_128bits_update(&state, second, second_count);
    const XXH128_hash_t hash = XXH3_128bits_digest(&state);
    return (struct hash128){.low = hash.low64, .high = hash.high64};
}

int hash_equal(struct hash128 a, struct hash128 b)
{
    return a.low == b.low && a.high == b.high;
}

int hash_compare(struct hash128 a, struct hash128 b)
{
    if (a.high != b.high)
        return a.high < b.high ? -1 : 1;
    return (a.low > b.low) - (a.low < b.low);
}

void hash_hex(struct hash128 hash, char hex[HASH_HEX_LENGTH + 1])
{
    for (int i = 0; i < HASH_HEX_LENGTH; i++) {
        const uint64_t half = i < 16 ? hash.high : hash.low;
        hex[i] = digits[half >> (4 * (15 - i % 16)) & 15];
    }
    hex[HASH_HEX_LENGTH] = '\0';
}

int hash_from_hex(const char *hex, struct hash128 *hash)
{
    uint64_t halves[2] = {0, 0};
    for (int i = 0; i < HASH_HEX_LENGTH; i++) {
        const char *digit = hex[i] ? strchr(digits, hex[i]) : NULL;
        if (!digit)
            return 0;
        halves[i / 16] = halves[i / 16] << 4 | (uint64_t)(digit - digits);
    }
    *hash = (struct hash128){.low = halves[1], .high = halves[0]};
    return 1;
}
