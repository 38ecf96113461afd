#include "runtime/api/expressions.h"

#include <string.h>

#include "runtime/api/objects.h"
#include "runtime/base/memory.h"

struct evaluation *evaluation_new(struct clw_op *op, struct hash128 hash)
{
    struct evaluation *evaluation = memory_new(op->allocator, 1, sizeof *evaluation);
    if (!evaluation)
        return NULL;
    atomic_init(&evaluation->references, 1);
    evaluation->hash = hash;
    evaluation->op = op;
    atomic_fetch_add(&op->references, 1);
    return evaluation;
}

void evaluation_release(struct evaluation *evaluation)
{
    if (!evaluation || atomic_fetch_sub(&evaluation->references, 1) != 1)
        return;
    struct clw_op *op = evaluation->op;
    memory_free(op->allocator, evaluation);
    if (atomic_fetch_sub(&op->references, 1) == 1)
        op_destroy(op);
}

void expressions_finish(struct expressions *table)
{
    for (int i = 0; i < EXPRESSIONS_MOST; i++)
        evaluation_release(table->entries[i].evaluation);
}

void expressions_clear(struct expressions *table)
{
    expressions_finish(table);
    memset(table, 0, sizeof *table);
}

static int *bucket_of(struct expressions *table, struct hash128 hash)
{
    return &table->buckets[hash.low % EXPRESSIONS_BUCKETS];
}

struct evaluation *expressions_find(struct expressions *table, const char *text,
                                    struct hash128 hash)
{
    for (int i = *bucket_of(table, hash); i; i = table->entries[i - 1].next) {
        struct known_expression *entry = &table->entries[i - 1];
        struct evaluation *evaluation = entry->evaluation;
        if (!hash_equal(evaluation->hash, hash) || strcmp(evaluation->op->doc, text) != 0)
            continue;
        atomic_store_explicit(&entry->used, 1, memory_order_relaxed);
        atomic_fetch_add_explicit(&evaluation->references, 1, memory_order_relaxed);
        return evaluation;
    }
    return NULL;
}

static size_t bytes_of(const struct evaluation *evaluation)
{
    const struct clw_op *op = evaluation->op;
    const size_t parts = op->split ? (size_t)op->split->nparts : 0;
    return (1 + parts) * sizeof *op + strlen(op->doc) +
           (op->split ? 2 : 1) * (size_t)op->graph->nnodes * sizeof *op->graph->nodes;
}

static void drop(struct expressions *table, struct known_expression *entry)
{
    const int number = (int)(entry - table->entries) + 1;
    int *link = bucket_of(table, entry->evaluation->hash);
    while (*link != number)
        link = &table->entries[*link - 1].next;
    *link = entry->next;
    table->count--;
    table->bytes -= entry->bytes;
    evaluation_release(entry->evaluation);
    entry->evaluation = NULL;
}

/* The hand goes around; what was used since it came by last is passed over once. */
static void drop_one(struct expressions *table)
{
    for (;;) {
        struct known_expression *entry = &table->entries[table->hand];
        table->hand = (table->hand + 1) % EXPRESSIONS_MOST;
        if (entry->evaluation && !atomic_exchange(&entry->used, 0)) {
            drop(table, entry);
            return;
        }
    }
}

void expressions_add(struct expressions *table, struct evaluation *evaluation)
{
    const size_t bytes = bytes_of(evaluation);
    while (table->count == EXPRESSIONS_MOST ||
           (table->count && table->bytes + bytes > EXPRESSIONS_MOST_BYTES))
        drop_one(table);
    int i = table->count;
    while (table->entries[i % EXPRESSIONS_MOST].evaluation)
        i++;
    struct known_expression *entry = &table->entries[i % EXPRESSIONS_MOST];
    int *bucket = bucket_of(table, evaluation->hash);
    entry->evaluation = evaluation;
    entry->bytes = bytes;
    entry->next = *bucket;
    atomic_store(&entry->used, 1);
    *bucket = (int)(entry - table->entries) + 1;
    atomic_fetch_add(&evaluation->references, 1);
    table->count++;
    table->bytes += bytes;
}
