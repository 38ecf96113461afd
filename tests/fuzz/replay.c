/* Runs a fuzz target over the files of a folder and a few hundred mutations of each: what any
 * compiler can do of a fuzzer's work.
 * usage: PROGRAM FOLDER [SEED] */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 1 << 16, MUTATIONS = 300 };

int LLVMFuzzerInitialize(int *argc, char ***argv) __attribute__((weak));
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static uint64_t state;

/* splitmix64 */
static uint64_t draw(void)
{
    uint64_t z = state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* Changes, cuts or doubles a piece. */
static size_t mutate(uint8_t *bytes, size_t size)
{
    const size_t at = size ? draw() % size : 0, length = size ? 1 + draw() % (size - at) : 0;
    switch (draw() % 4) {
    case 0:
        if (size)
            bytes[at] = (uint8_t)draw();
        return size;
    case 1:
        return at;
    case 2:
        memmove(bytes + at, bytes + at + length, size - at - length);
        return size - length;
    default:
        if (size + length > MOST_BYTES)
            return size;
        memmove(bytes + at + length, bytes + at, size - at);
        return size + length;
    }
}

static void run_file(const char *path)
{
    static uint8_t original[MOST_BYTES], bytes[MOST_BYTES];
    FILE *file = fopen(path, "rb");
    if (!file) {
        printf("Bail out! cannot read %s\n", path);
        exit(1);
    }
    const size_t size = fread(original, 1, sizeof original, file);
    fclose(file);
    LLVMFuzzerTestOneInput(original, size);
    for (int i = 0; i < MUTATIONS; i++) {
        size_t left = size;
        memcpy(bytes, original, size);
        for (uint64_t k = 1 + draw() % 4; k > 0; k--)
            left = mutate(bytes, left);
        LLVMFuzzerTestOneInput(bytes, left);
    }
}

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    state = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    printf("# seed %s\n", argc > 2 ? argv[2] : "1");
    if (LLVMFuzzerInitialize)
        LLVMFuzzerInitialize(&argc, &argv);
    DIR *folder = opendir(argv[1]);
    int count = 0;
    for (const struct dirent *entry; folder && (entry = readdir(folder)) != NULL;) {
        char path[4096];
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", argv[1], entry->d_name);
        run_file(path);
        printf("ok %d - %s\n", ++count, entry->d_name);
    }
    if (folder)
        closedir(folder);
    printf("1..%d\n", count);
    return count == 0;
}
