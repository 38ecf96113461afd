/* Reads the tables of $CLWISE_SHARED/golden row by row. */
#ifndef TESTS_UNIT_TSV_H
#define TESTS_UNIT_TSV_H

#include <stdio.h>

enum { TSV_MAX_COLUMNS = 8, TSV_ROW_SIZE = 4096 };

struct tsv {
    FILE *file;
    char line[TSV_ROW_SIZE];
    char *column[TSV_MAX_COLUMNS];
};

/* Opens golden/NAME.tsv and reads its header line; fails the test if it cannot. */
void tsv_open(struct tsv *table, const char *name);
/* The next row; 0, and the file is closed, after the last. */
int tsv_next(struct tsv *table);
/* The next word of *rest, cut off in place, or NULL. */
char *tsv_word(char **rest);

#endif
