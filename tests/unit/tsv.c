#include "tests/unit/tsv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

void tsv_open(struct tsv *table, const char *name)
{
    const char *shared = getenv("CLWISE_SHARED");
    char path[1024];
    snprintf(path, sizeof path, "%s/golden/%s.tsv", shared ? shared : "../shared", name);
    table->file = fopen(path, "r");
    if (!table->file)
        fail_msg("%s cannot be read: CLWISE_SHARED must name the folder that has golden/", path);
    assert_true(tsv_next(table));
}

int tsv_next(struct tsv *table)
{
    if (!fgets(table->line, sizeof table->line, table->file)) {
        fclose(table->file);
        return 0;
    }
    char *end = strchr(table->line, '\n');
    assert_non_null(end);
    *end = '\0';
    memset(table->column, 0, sizeof table->column);
    char *at = table->line;
    for (int i = 0; i < TSV_MAX_COLUMNS && at; i++) {
        table->column[i] = at;
        at = strchr(at, '\t');
        if (at)
            *at++ = '\0';
    }
    return 1;
}

char *tsv_word(char **rest)
{
    if (!**rest)
        return NULL;
    char *word = *rest;
    *rest += strcspn(word, " ");
    if (**rest)
        *(*rest)++ = '\0';
    return word;
}
