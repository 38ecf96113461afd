#include "runtime/api/expressions.h"

#include <string.h>

void expressions_release(struct clw_op *op)
{
    if (op && atomic_fetch_sub(&op->references, 1) == 1)
        op_destroy(op);
}

void expressions_finish(struct expressions *table)
{
    for (int i = 0; i < EXPRESSIONS_MOST; i++)
        expressions_release(table->entries[i].op);
}

static int *bucket_of(struct expressions *table, struct hash128 hash)
{
    return &table->buckets[hash.low % EXPRESSIONS_BUCKETS];
}

struct clw_op *expressions_find(struct expressions *table, const char *text, struct hash128 hash)
{
    for (int i = *bucket_of(table, hash); i; i = table->entries[i - 1].next) {
        struct known_expression *entry = &table->entries[i - 1];
        if (!hash_equal(entry->hash, hash) || strcmp(entry->op->doc, text) != 0)
            continue;
        atomic_store_explicit(&entry->used, 1, memory_order_relaxed);
        atomic_fetch_add(&entry->op->references, 1);
        return entry->op;
    }
    return NULL;
}

static size_t bytes_of(const struct clw_op *op)
{
    const struct graph *graph = op->graph;
    const size_t parts = op->split ? (size_t)op->split->nparts : 0;
    return (1 + parts) * sizeof *op + strlen(op->doc) +
           (op->split ? 2 : 1) * (size_t)graph->nnodes * sizeof *graph->nodes;
}

static void drop(struct expressions *table, struct known_expression *entry)
{
    const int number = (int)(entry - table->entries) + 1;
    int *link = bucket_of(table, entry->hash);
    while (*link != number)
        link = &table->entries[*link - 1].next;
    *link = entry->next;
    table->count--;
    table->bytes -= entry->bytes;
    expressions_release(entry->op);
    entry->op = NULL;
}

/* The hand goes around; what was used since it came by last is passed over once. */
static void drop_one(struct expressions *table)
{
    for (;;) {
        struct known_expression *entry = &table->entries[table->hand];
        table->hand = (table->hand + 1) % EXPRESSIONS_MOST;
        if (entry->op && !atomic_exchange(&entry->used, 0)) {
            drop(table, entry);
            return;
        }
    }
}

void expressions_add(struct expressions *table, struct clw_op *op, struct hash128 hash)
{
    const size_t bytes = bytes_of(op);
    while (table->count == EXPRESSIONS_MOST ||
           (table->count && table->bytes + bytes > EXPRESSIONS_MOST_BYTES))
        drop_one(table);
    int i = table->count;
    while (table->entries[i % EXPRESSIONS_MOST].op)
        i++;
    struct known_expression *entry = &table->entries[i % EXPRESSIONS_MOST];
    int *bucket = bucket_of(table, hash);
    entry->op = op;
    entry->hash = hash;
    entry->bytes = bytes;
    entry->next = *bucket;
    atomic_store(&entry->used, 1);
    *bucket = (int)(entry - table->entries) + 1;
    atomic_fetch_add(&op->references, 1);
    table->count++;
    table->bytes += bytes;
}
