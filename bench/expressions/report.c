#include "bench/expressions/report.h"

#include "bench/facts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

void print_header(const struct run_facts *facts)
{
    const clw_device_info *device = &facts->device;
    printf("%s, %s, driver %s, %d compute units; %zu rounds\n", device->platform_name,
           device->device_name, device->driver, device->compute_units, facts->rounds);
    for (size_t i = 0; i < LIBRARIES; ++i)
        printf("%s: %s\n", peers[NUMPY + i]->name, facts->libraries[i]);
    printf("\n%-32s %9s  peer / clwise\n%-32s %9s", "", "ms", "expression", peers[CLWISE]->name);
    for (size_t i = ONE_BY_ONE; i < PEER_COUNT; ++i)
        printf(" %10s", peers[i]->name);
    printf("\n");
    fflush(stdout);
}

static double ratio(const struct row *row, enum peer_index peer)
{
    return row->figures[peer].median / row->figures[CLWISE].median;
}

void print_row(const struct row *row)
{
    printf("%-32s %9.3f", row->expression->name, row->figures[CLWISE].median * 1e3);
    for (enum peer_index i = ONE_BY_ONE; i < PEER_COUNT; ++i)
        if (isfinite(ratio(row, i)))
            printf(" %10.2f", ratio(row, i));
        else
            printf(" %10s", "absent");
    printf("\n");
    fflush(stdout);
}

/* The peer's time is to be at least so many times clwise's. name: part of the expression's. */
static const struct bar {
    const char *name;
    enum peer_index peer;
    double least;
} bars[] = {
    {"A*B*C*D", NUMEXPR, 1.3},  {"A*B*C*D", JAX, 1.3},    {"A*B*C*D", NUMPY, 3},
    {"where", NUMEXPR, 1.3},    {"where", JAX, 1.3},      {"where", NUMPY, 3},
    {"A*B*C*D", OPENCL, 0.952}, {"where", OPENCL, 0.952}, {"", ONE_BY_ONE, 1},
};

void print_bars(const struct row *rows, size_t count)
{
    printf("\n");
    for (size_t b = 0; b < sizeof bars / sizeof *bars; ++b)
        for (size_t i = 0; i < count; ++i) {
            const double found = ratio(&rows[i], bars[b].peer);
            if (strstr(rows[i].expression->name, bars[b].name))
                printf("%-32s %10s / clwise at least %.2f: %.2f %s\n", rows[i].expression->name,
                       peers[bars[b].peer]->name, bars[b].least, found,
                       found >= bars[b].least ? "reached"
                       : isfinite(found)      ? "missed"
                                              : "absent");
        }
}

static json_t *row_json(const struct row *row)
{
    json_t *seconds = json_object(), *spread = json_object();
    for (size_t i = 0; i < PEER_COUNT; ++i) {
        const double time = row->figures[i].median;
        json_object_set_new(seconds, peers[i]->name,
                            isfinite(time) ? json_real(time) : json_null());
        json_object_set_new(spread, peers[i]->name, figure_json(&row->figures[i]));
    }
    return json_pack("{s:s, s:s, s:I, s:o, s:o}", "name", row->expression->name, "text",
                     row->expression->text, "elements", (json_int_t)row->elements, "seconds",
                     seconds, "figures", spread);
}

/* As clwise-bench has them: clwise's time over the peer's, and at most. */
static json_t *bars_json(const struct row *rows, size_t count)
{
    json_t *list = json_array();
    for (size_t b = 0; b < sizeof bars / sizeof *bars; ++b)
        for (size_t i = 0; i < count; ++i) {
            const double found = 1 / ratio(&rows[i], bars[b].peer), limit = 1 / bars[b].least;
            if (strstr(rows[i].expression->name, bars[b].name))
                json_array_append_new(
                    list, json_pack("{s:o, s:o, s:f, s:s, s:o}", "name",
                                    json_sprintf("%s / %s", rows[i].expression->name,
                                                 peers[bars[b].peer]->name),
                                    "value", isfinite(found) ? json_real(found) : json_null(),
                                    "limit", limit, "unit", "x", "met",
                                    isfinite(found) ? json_boolean(found <= limit) : json_null()));
        }
    return list;
}

bool write_json(const char *path, const struct run_facts *facts, const struct row *rows,
                size_t count)
{
    struct library libraries[LIBRARIES];
    json_t *list = json_array();
    for (size_t i = 0; i < count; ++i)
        json_array_append_new(list, row_json(&rows[i]));
    for (size_t i = 0; i < LIBRARIES; ++i)
        libraries[i] = (struct library){peers[NUMPY + i]->name, facts->libraries[i]};
    json_t *root = facts_json("clwise-expressions", &facts->device, libraries, LIBRARIES);
    json_object_set_new(root, "expressions", list);
    json_object_set_new(root, "bars", bars_json(rows, count));
    const bool written = json_dump_file(root, path, JSON_INDENT(2)) == 0;
    json_decref(root);
    if (!written)
        fprintf(stderr, "clwise-expressions: cannot write %s\n", path);
    return written;
}
