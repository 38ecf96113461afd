/* Rows of results, for people and for machines. */
#ifndef CLWISE_TOOLS_ACCURACY_REPORT_H
#define CLWISE_TOOLS_ACCURACY_REPORT_H

#include <stdio.h>

#include "tools/accuracy/subject.h"

struct row {
    const struct subject *subject;
    const struct measurement *found;   /* NULL: not measured */
    const struct measurement *builtin; /* the device's own; NULL: there is none */
    const char *unsupported;           /* NULL, or what the device lacks for it */
    const char *problem;               /* NULL, or why it counts as a failure */
};

struct report {
    const struct settings *settings;
    FILE *table, *tsv; /* NULL: not asked for */
    int rows, failed;
};

/* 0; or -1 if a file cannot be written, with all said. */
int report_begin(struct report *report, const struct settings *settings, const char *device);
void report_row(struct report *report, const struct row *row);
int report_end(struct report *report);

#endif
