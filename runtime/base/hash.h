/* 128-bit hashes of byte strings: equal on every machine, fast, not meant against forgery. */
#ifndef CLWISE_BASE_HASH_H
#define CLWISE_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

struct hash128 {
    uint64_t low, high;
};

enum { HASH_HEX_LENGTH = 32 };

struct hash128 hash_bytes(const void *bytes, size_t count);
/* The hash of the two parts put together. */
struct hash128 hash_two(const void *first, size_t first_count, const void *second,
                        size_t second_count);
int hash_equal(struct hash128 a, struct hash128 b);
/* Below 0, 0, above 0, in the order of their hex texts. */
int hash_compare(struct hash128 a, struct hash128 b);
/* 32 lower-case digits, the high half first, and a NUL. */
void hash_hex(struct hash128 hash, char hex[HASH_HEX_LENGTH + 1]);
/* Reads what hash_hex wrote from the start of `hex`; 0 if it is anything else. */
int hash_from_hex(const char *hex, struct hash128 *hash);

#endif
