/* The bytes of one entry of the disk cache. All numbers are little-endian:
 *
 *    0  magic, 8 bytes
 *    8  format number
 *   16  length of the key text
 *   24  length of the binary, not 0
 *   32  hash of bytes 0 to 32 and of all from 48: low half, high half
 *   48  key text, binary; then the file ends
 */
#ifndef CLWISE_CACHE_DISK_ENTRY_H
#define CLWISE_CACHE_DISK_ENTRY_H

#include <stddef.h>

struct entry {
    const char *key;
    size_t key_length;
    const void *binary;
    size_t binary_length;
};

/* No kernel comes near; what is larger is neither read nor written. */
enum { ENTRY_LIMIT = 64 << 20 };

/* Bytes of the entry, or 0 if it cannot be one. */
size_t entry_size(const struct entry *entry);
void entry_encode(const struct entry *entry, unsigned char *bytes);
/* NULL if the bytes are one whole, unaltered entry, into which *entry then points; else a few words
 * that tell what is wrong. */
const char *entry_decode(const unsigned char *bytes, size_t count, struct entry *entry);

#endif
