#include "tools/accuracy/report.h"

#include <errno.h>
#include <string.h>

enum { BOUND_TEXT = 64 };

static const char *bound_text(const struct bound *bound, char text[BOUND_TEXT])
{
    if (!bound->stated)
        snprintf(text, BOUND_TEXT, "-");
    else if (bound->absolute > 0)
        snprintf(text, BOUND_TEXT, "%g|%g", bound->ulp, bound->absolute);
    else
        snprintf(text, BOUND_TEXT, "%g", bound->ulp);
    return text;
}

static FILE *open_file(const char *path, int *status)
{
    FILE *const file = path ? fopen(path, "w") : NULL;
    if (path && !file) {
        fprintf(stderr, "accuracy: cannot write %s: %s\n", path, strerror(errno));
        *status = -1;
    }
    return file;
}

int report_begin(struct report *report, const struct settings *settings, const char *device)
{
    int status = 0;
    *report = (struct report){.settings = settings};
    report->table = open_file(settings->table, &status);
    report->tsv = open_file(settings->tsv, &status);
    if (report->table)
        fprintf(report->table,
                "On %s, %zu random points and edges, seed %llu; in ULP.\n\n"
                "| op | dtype | stated | measured | device's own |\n|---|---|---|---|---|\n",
                device, settings->points, (unsigned long long)settings->seed);
    printf("%s# %s, seed %llu\n", settings->tap ? "TAP version 13\n" : "", device,
           (unsigned long long)settings->seed);
    return status;
}

static void print_numbers(const double *x, int count, const char *format)
{
    for (int i = 0; i < count; i++) {
        fputs(i ? ", " : "", stdout);
        printf(format, x[i]);
    }
}

static void print_worst(const struct row *row, const struct worst *worst)
{
    const struct loop *const loop = &row->subject->loop;
    const int parts = dtype_is_complex(loop->out) ? 2 : 1;
    printf("at (");
    print_numbers(worst->x, loop->columns, "%a");
    printf(") = (");
    print_numbers(worst->x, loop->columns, "%.9g");
    printf(")");
    for (int i = 0; row->subject->real && row->subject->real->params[i].name; i++)
        printf(" %s=%g", row->subject->real->params[i].name, worst->params[i]);
    printf(" is ");
    print_numbers(worst->y, parts, "%.17g");
    printf(" exact %s", worst->exact[0]);
    if (parts == 2)
        printf(", %s", worst->exact[1]);
}

static void print_measured(const struct row *row)
{
    const struct bound *const bound = &row->subject->bound;
    const struct worst *const worst = measured(row->found, bound);
    char text[BOUND_TEXT];
    printf("%9.4f of %-9s %-6s", worst->ulp, bound_text(bound, text),
           row->problem ? "ABOVE" : "ok");
    if (worst->ulp > 0)
        print_worst(row, worst);
    if (bound->absolute > 0)
        printf("; absolute error up to %.3g, there %.4g ulp", row->found->absolute,
               row->found->all.ulp);
    printf("; %zu points", row->found->points);
}

static void print_text(const struct report *report, const struct row *row)
{
    const struct subject *const subject = row->subject;
    if (report->settings->tap)
        printf("%sok %d - %s %s", row->problem ? "not " : "", report->rows,
               clw_op_name(subject->loop.op), clw_dtype_name(subject->dtype));
    else
        printf("%-30s %-5s", clw_op_name(subject->loop.op), clw_dtype_name(subject->dtype));
    if (row->unsupported)
        fputs(report->settings->tap ? " # SKIP" : "", stdout);
    else if (report->settings->tap && row->problem)
        printf(" (%s)\n#", row->problem);
    else if (report->settings->tap)
        printf(" #");
    putchar(' ');
    if (row->found)
        print_measured(row);
    else
        fputs(row->unsupported ? row->unsupported
              : row->problem   ? row->problem
                               : "every bit is defined",
              stdout);
    putchar('\n');
    fflush(stdout);
}

/* `before_bar` keeps a '|' of the bound from ending a cell. */
static void print_cells(FILE *file, const struct row *row, const char *format,
                        const char *before_bar)
{
    char bound[BOUND_TEXT], cell[BOUND_TEXT + 1], measured_text[32] = "-", builtin[32] = "";
    const struct bound *const stated = &row->subject->bound;
    const char *const text = bound_text(stated, bound);
    const int length = (int)strcspn(text, "|");
    snprintf(cell, sizeof cell, "%.*s%s%s", length, text, text[length] ? before_bar : "",
             text + length);
    if (row->found)
        snprintf(measured_text, sizeof measured_text, "%.4g", measured(row->found, stated)->ulp);
    if (row->builtin)
        snprintf(builtin, sizeof builtin, "%.4g", measured(row->builtin, stated)->ulp);
    fprintf(file, format, clw_op_name(row->subject->loop.op), clw_dtype_name(row->subject->dtype),
            cell, measured_text, builtin);
    fflush(file);
}

void report_row(struct report *report, const struct row *row)
{
    report->rows++;
    report->failed |= row->problem != NULL;
    print_text(report, row);
    if (report->table && row->found)
        print_cells(report->table, row, "| %s | %s | %s | %s | %s |\n", "\\");
    if (report->tsv && row->found)
        print_cells(report->tsv, row, "%s\t%s\t%s\t%s\t%s\n", "");
}

int report_end(struct report *report)
{
    int status = report->failed;
    if (report->settings->tap)
        printf("1..%d\n", report->rows);
    if (report->table && fclose(report->table))
        status = 1;
    if (report->tsv && fclose(report->tsv))
        status = 1;
    return status;
}
