#include "runtime/api/record.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/base/file.h"
#include "runtime/base/hash.h"
#include "runtime/base/memory.h"
#include "runtime/plan/request_line.h"

enum { MOST_KEYS = 4096 }; /* then keys may be written again */

struct record {
    const clw_allocator *allocator;
    const struct log *log;
    int file, complained;
    pthread_mutex_t lock;
    int count;
    uint64_t keys[MOST_KEYS];
};

struct record *record_open(const char *path, const struct log *log, const clw_allocator *allocator)
{
    if (!path)
        path = secure_getenv("CLWISE_RECORD");
    if (!path || !*path)
        return NULL;
    struct record *record = memory_new(allocator, 1, sizeof *record);
    if (!record)
        return NULL;
    *record = (struct record){.allocator = allocator, .log = log, .file = file_append(path)};
    const int problem = record->file < 0 ? errno : pthread_mutex_init(&record->lock, NULL);
    if (problem) {
        log_line(log, CLW_LOG_WARNING, "nothing is recorded in %s: %s", path,
                 file_problem(problem));
        if (record->file >= 0)
            file_close(record->file);
        memory_free(allocator, record);
        return NULL;
    }
    return record;
}

void record_close(struct record *record)
{
    if (!record)
        return;
    file_close(record->file);
    pthread_mutex_destroy(&record->lock);
    memory_free(record->allocator, record);
}

/* The lock is held. */
static int is_new(struct record *record, uint64_t key)
{
    for (int i = 0; i < record->count; i++)
        if (record->keys[i] == key)
            return 0;
    if (record->count < MOST_KEYS)
        record->keys[record->count++] = key;
    return 1;
}

/* The lock is held. In one piece: others may append to the file. */
static void write_line(struct record *record, const struct text *line)
{
    if (file_add(record->file, line->data, line->length) == 0 || record->complained)
        return;
    record->complained = 1;
    log_line(record->log, CLW_LOG_WARNING, "a kernel is not recorded: %s", file_problem(errno));
}

void record_add(struct record *record, const struct request *request, const struct plan *plan)
{
    struct text line;
    if (!record || plan->elements == 0)
        return;
    text_init(&line, record->allocator);
    const uint64_t key = hash_bytes(plan->key, plan->key_length).low;
    if (request_line(request, &line)) {
        text_add(&line, "\n");
        pthread_mutex_lock(&record->lock);
        if (!line.failed && is_new(record, key))
            write_line(record, &line);
        pthread_mutex_unlock(&record->lock);
    }
    text_finish(&line);
}
