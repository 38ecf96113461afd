/* The tables on the terminal and the JSON file. */
#include "bench/report.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct report {
    struct report_start start;
    size_t done;
    json_t *root, *works, *bars;
};

static json_t *number(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

/* Names of two words stand on two lines. */
static void print_header(const struct report_start *start)
{
    const clw_device_info *device = start->device;
    printf("%s, %s, driver %s, %d compute units\n", device->platform_name, device->device_name,
           device->driver, device->compute_units);
    for (size_t i = 0; i < start->library_count; ++i)
        printf("%s: %s\n", start->libraries[i].name, start->libraries[i].version);
    printf("\n%-32s", "microseconds, median");
    for (size_t i = 0; i < start->peer_count; ++i)
        printf(" %11.*s", (int)strcspn(start->peers[i], " "), start->peers[i]);
    printf("\n%-32s", "");
    for (size_t i = 0; i < start->peer_count; ++i) {
        const char *space = strchr(start->peers[i], ' ');
        printf(" %11s", space ? space + 1 : "");
    }
    printf("\n");
    fflush(stdout);
}

struct report *report_create(const struct report_start *start)
{
    struct report *report = malloc(sizeof *report);
    if (!report)
        return NULL;
    *report = (struct report){
        *start, 0,
        facts_json(start->program, start->device, start->libraries, start->library_count),
        json_array(), json_array()};
    json_object_set(report->root, "works", report->works);
    json_object_set(report->root, "bars", report->bars);
    print_header(start);
    return report;
}

void report_progress(const struct report *report, const char *work, size_t round, size_t rounds)
{
    enum { WIDTH = 30 };
    const double part = (double)round / (double)rounds;
    const double share = ((double)report->done + part) / (double)report->start.works;
    const int marks = (int)(share * WIDTH);
    if (!isatty(STDERR_FILENO))
        return;
    if (round < rounds)
        fprintf(stderr, "\r[%.*s%*s] %3.0f %%  %-32s", marks, "##############################",
                WIDTH - marks, "", share * 100, work);
    else
        fprintf(stderr, "\r%*s\r", WIDTH + 44, "");
    fflush(stderr);
}

void report_work(struct report *report, const struct report_row *row, const struct figure *figures)
{
    json_t *seconds = json_object(), *spread = json_object();
    printf("%-32s", row->name);
    for (size_t i = 0; i < report->start.peer_count; ++i) {
        const char *peer = report->start.peers[i];
        if (isfinite(figures[i].median))
            printf(" %11.2f", figures[i].median * 1e6);
        else
            printf(" %11s", "-");
        json_object_set_new(seconds, peer, number(figures[i].median));
        json_object_set_new(spread, peer, figure_json(&figures[i]));
    }
    printf("\n");
    fflush(stdout);
    ++report->done;
    json_array_append_new(report->works,
                          json_pack("{s:s, s:I, s:f, s:o, s:o}", "name", row->name, "elements",
                                    (json_int_t)row->elements, "bytes", row->bytes, "seconds",
                                    seconds, "figures", spread));
}

void report_bar(struct report *report, const struct bar *bar)
{
    json_t *entry = json_object();
    const bool met = bar->value <= bar->limit;
    json_object_set_new(entry, "name", json_string(bar->name));
    json_object_set_new(entry, "value", number(bar->value));
    json_object_set_new(entry, "limit", number(bar->limit));
    json_object_set_new(entry, "unit", json_string(bar->unit));
    json_object_set_new(entry, "met", isfinite(bar->value) ? json_boolean(met) : json_null());
    json_array_append_new(report->bars, entry);
}

static void print_bar(const json_t *bar)
{
    const json_t *met = json_object_get(bar, "met");
    printf("%-72s", json_string_value(json_object_get(bar, "name")));
    if (json_is_null(met))
        printf(" %8s", "-");
    else
        printf(" %8.3f", json_real_value(json_object_get(bar, "value")));
    printf(" %8.3f %-4s %s\n", json_real_value(json_object_get(bar, "limit")),
           json_string_value(json_object_get(bar, "unit")),
           json_is_null(met)   ? "absent"
           : json_is_true(met) ? "reach"
                               : "miss");
}

bool report_finish(struct report *report)
{
    const char *path = report->start.path;
    bool written = true;
    size_t i;
    const json_t *bar;
    if (json_array_size(report->bars))
        printf("\n%-72s %8s %8s\n", "bar", "measured", "at most");
    json_array_foreach(report->bars, i, bar) print_bar(bar);
    if (path)
        written = json_dump_file(report->root, path, JSON_INDENT(2)) == 0;
    if (!written)
        fprintf(stderr, "%s: cannot write %s\n", report->start.program, path);
    json_decref(report->works);
    json_decref(report->bars);
    json_decref(report->root);
    free(report);
    return written;
}
