/* The table on the terminal and the JSON file. */
#include "bench/report.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct report {
    const char *path;
    size_t peers;
    const char *const *names;
    json_t *root, *works, *bars;
};

static json_t *number(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

static void print_header(const struct report *report, const clw_device_info *device)
{
    printf("%s, %s, driver %s, %d compute units\n\n%-27s", device->platform_name,
           device->device_name, device->driver, device->compute_units, "microseconds, median");
    for (size_t i = 0; i < report->peers; ++i)
        printf(" %16s", report->names[i]);
    printf("\n");
    fflush(stdout);
}

struct report *report_create(const clw_device_info *device, size_t peers, const char *const *names,
                             const char *path)
{
    struct report *report = malloc(sizeof *report);
    if (!report)
        return NULL;
    *report = (struct report){path, peers, names, json_object(), json_array(), json_array()};
    json_object_set_new(report->root, "platform", json_string(device->platform_name));
    json_object_set_new(report->root, "device", json_string(device->device_name));
    json_object_set_new(report->root, "driver", json_string(device->driver));
    json_object_set_new(report->root, "compute_units", json_integer(device->compute_units));
    json_object_set(report->root, "works", report->works);
    json_object_set(report->root, "bars", report->bars);
    print_header(report, device);
    return report;
}

void report_progress(size_t step, size_t steps)
{
    if (!isatty(STDERR_FILENO))
        return;
    if (step < steps)
        fprintf(stderr, "\rround %zu of %zu", step, steps);
    else
        fprintf(stderr, "\r%*s\r", 20, "");
    fflush(stderr);
}

void report_work(struct report *report, const struct work *work, const double *seconds)
{
    json_t *entry = json_object(), *times = json_object();
    printf("%-27s", work->name);
    for (size_t i = 0; i < report->peers; ++i) {
        if (isfinite(seconds[i]))
            printf(" %16.2f", seconds[i] * 1e6);
        else
            printf(" %16s", "-");
        json_object_set_new(times, report->names[i], number(seconds[i]));
    }
    printf("\n");
    fflush(stdout);
    json_object_set_new(entry, "name", json_string(work->name));
    json_object_set_new(entry, "elements", json_integer((json_int_t)work_elements(work)));
    json_object_set_new(entry, "bytes", json_real(work_bytes(work)));
    json_object_set_new(entry, "seconds", times);
    json_array_append_new(report->works, entry);
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
    printf("%-52s", json_string_value(json_object_get(bar, "name")));
    if (json_is_null(met))
        printf(" %10s", "-");
    else
        printf(" %10.3f", json_real_value(json_object_get(bar, "value")));
    printf(" %10.3f %-5s %s\n", json_real_value(json_object_get(bar, "limit")),
           json_string_value(json_object_get(bar, "unit")),
           json_is_null(met)   ? "not measured"
           : json_is_true(met) ? "met"
                               : "missed");
}

bool report_finish(struct report *report)
{
    bool written = true;
    size_t i;
    const json_t *bar;
    printf("\n%-52s %10s %10s\n", "bar", "measured", "at most");
    json_array_foreach(report->bars, i, bar) print_bar(bar);
    if (report->path)
        written = json_dump_file(report->root, report->path, JSON_INDENT(2)) == 0;
    if (!written)
        fprintf(stderr, "clwise-bench: cannot write %s\n", report->path);
    json_decref(report->works);
    json_decref(report->bars);
    json_decref(report->root);
    free(report);
    return written;
}
