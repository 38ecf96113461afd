/* The table on the terminal and the JSON file. */
#include "bench/functions/report.h"

#include "bench/facts.h"

#include <math.h>
#include <stdio.h>

double row_nanoseconds(const struct row *row, enum peer_index peer)
{
    return row->seconds[peer].median / (double)row->elements * 1e9;
}

double row_ratio(const struct row *row, enum peer_index peer, bool least)
{
    return least ? row->seconds[peer].least / row->seconds[CLWISE].least
                 : row->seconds[peer].median / row->seconds[CLWISE].median;
}

void print_header(const struct run_facts *facts)
{
    const clw_device_info *device = &facts->device;
    printf("%s, %s, driver %s, %d compute units; %zu elements, %zu rounds\n", device->platform_name,
           device->device_name, device->driver, device->compute_units, facts->elements,
           facts->rounds);
    printf("NumPy: %s\nPyTorch: %s\n", facts->libraries[0], facts->libraries[1]);
    printf("\n%-36s  %-46s    %s\n%-30s %-5s", "", "ns per element, median",
           "peer / clwise (of least times)", "function", "dtype");
    for (size_t i = 0; i < MEMCPY; ++i)
        printf(" %7s", peers[i]->name);
    for (size_t i = COPY; i < MEMCPY; ++i)
        printf(" %15s", peers[i]->name);
    printf("\n");
    fflush(stdout);
}

static void print_ratio(const struct row *row, enum peer_index peer)
{
    const double ratio = row_ratio(row, peer, false);
    if (isfinite(ratio))
        printf(" %7.2f (%5.2f)", ratio, row_ratio(row, peer, true));
    else
        printf(" %15s", "-");
}

void print_row(const struct row *row)
{
    printf("%-30s %-5s", row->op, clw_dtype_name(row->dtype));
    for (enum peer_index i = CLWISE; i < MEMCPY; ++i) {
        const double figure = row_nanoseconds(row, i);
        if (isfinite(figure))
            printf(" %7.3f", figure);
        else
            printf(" %7s", i == CLWISE ? "absent" : "-");
    }
    for (enum peer_index i = COPY; i < MEMCPY; ++i)
        print_ratio(row, i);
    printf("\n");
    if (isfinite(row_nanoseconds(row, MEMCPY)))
        printf("%-30s %-5s %7.3f\n", "memcpy, one core", clw_dtype_name(row->dtype),
               row_nanoseconds(row, MEMCPY));
    fflush(stdout);
}

static json_t *number(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

static json_t *row_json(const struct row *row)
{
    json_t *medians = json_object(), *spread = json_object();
    for (size_t i = 0; i < PEER_COUNT; ++i) {
        json_object_set_new(medians, peers[i]->name, number(row->seconds[i].median));
        json_object_set_new(spread, peers[i]->name, figure_json(&row->seconds[i]));
    }
    return json_pack("{s:s, s:s, s:s, s:I, s:o, s:o}", "function", row->function->name, "op",
                     row->op, "dtype", clw_dtype_name(row->dtype), "elements",
                     (json_int_t)row->elements, "seconds", medians, "figures", spread);
}

bool write_json(const char *path, const struct run_facts *facts, const struct row *rows,
                size_t count)
{
    const struct library libraries[] = {{"NumPy", facts->libraries[0]},
                                        {"PyTorch", facts->libraries[1]}};
    json_t *list = json_array();
    for (size_t i = 0; i < count; ++i)
        json_array_append_new(list, row_json(&rows[i]));
    json_t *root = facts_json("clwise-functions", &facts->device, libraries, 2);
    json_object_set_new(root, "functions", list);
    const bool written = json_dump_file(root, path, JSON_INDENT(2)) == 0;
    json_decref(root);
    if (!written)
        fprintf(stderr, "clwise-functions: cannot write %s\n", path);
    return written;
}
