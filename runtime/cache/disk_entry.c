#include "runtime/cache/disk_entry.h"

#include <string.h>

#include "runtime/base/hash.h"

enum { AT_FORMAT = 8, AT_KEY_LENGTH = 16, AT_BINARY_LENGTH = 24, AT_HASH = 32, AT_KEY = 48 };
enum { FORMAT = 1 };

/* As in PNG, a byte above 127 and a line end show what a transfer as text has done. */
static const unsigned char magic[AT_FORMAT] = {0xc1, 'c', 'l', 'w', 'b', 'i', 'n', '\n'};

static void put(unsigned char *bytes, uint64_t number)
{
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)(number >> (8 * i));
}

static uint64_t get(const unsigned char *bytes)
{
    uint64_t number = 0;
    for (int i = 0; i < 8; i++)
        number |= (uint64_t)bytes[i] << (8 * i);
    return number;
}

size_t entry_size(const struct entry *entry)
{
    const size_t room = ENTRY_LIMIT - AT_KEY;
    if (entry->binary_length == 0 || entry->key_length > room ||
        entry->binary_length > room - entry->key_length)
        return 0;
    return AT_KEY + entry->key_length + entry->binary_length;
}

static struct hash128 hash_entry(const unsigned char *bytes, size_t count)
{
    return hash_two(bytes, AT_HASH, bytes + AT_KEY, count - AT_KEY);
}

void entry_encode(const struct entry *entry, unsigned char *bytes)
{
    memcpy(bytes, magic, sizeof magic);
    put(bytes + AT_FORMAT, FORMAT);
    put(bytes + AT_KEY_LENGTH, entry->key_length);
    put(bytes + AT_BINARY_LENGTH, entry->binary_length);
    memcpy(bytes + AT_KEY, entry->key, entry->key_length);
    memcpy(bytes + AT_KEY + entry->key_length, entry->binary, entry->binary_length);
    const struct hash128 hash = hash_entry(bytes, entry_size(entry));
    put(bytes + AT_HASH, hash.low);
    put(bytes + AT_HASH + 8, hash.high);
}

const char *entry_decode(const unsigned char *bytes, size_t count, struct entry *entry)
{
    if (count <= AT_KEY)
        return "wrong length";
    if (memcmp(bytes, magic, sizeof magic) != 0)
        return "wrong magic number";
    if (get(bytes + AT_FORMAT) != FORMAT)
        return "wrong format number";
    const uint64_t key_length = get(bytes + AT_KEY_LENGTH);
    const uint64_t binary_length = get(bytes + AT_BINARY_LENGTH);
    if (key_length > count - AT_KEY || binary_length == 0 ||
        binary_length != count - AT_KEY - key_length)
        return "wrong length";
    const struct hash128 hash = {.low = get(bytes + AT_HASH), .high = get(bytes + AT_HASH + 8)};
    if (!hash_equal(hash, hash_entry(bytes, count)))
        return "wrong hash";
    const unsigned char *key = bytes + AT_KEY;
    *entry = (struct entry){.key = (const char *)key,
                            .key_length = (size_t)key_length,
                            .binary = key + key_length,
                            .binary_length = (size_t)binary_length};
    return NULL;
}
