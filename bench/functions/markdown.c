/* The table for a document. */
#include "bench/functions/bars.h"

#include <math.h>
#include <stdio.h>

static void write_header(FILE *file, const struct run_facts *facts)
{
    fprintf(
        file,
        "%s, %s, driver %s, %d compute units; %zu elements, median of %zu rounds.\n"
        "NumPy: %s. PyTorch: %s.\n\n"
        "ns per element; in parentheses how many times clwise's time that is. \"absent\": clwise "
        "has no such op for the dtype; -: the peer has none.\n\n"
        "| function | inputs in | dtype | clwise | built-in | by hand | NumPy | PyTorch | copy |\n"
        "|---|---|---|---|---|---|---|---|---|\n",
        facts->device.platform_name, facts->device.device_name, facts->device.driver,
        facts->device.compute_units, facts->elements, facts->rounds, facts->libraries[0],
        facts->libraries[1]);
}

static void write_intervals(FILE *file, const struct row *row)
{
    if (row->dtype == CLW_C64 || row->dtype == CLW_C128) {
        fprintf(file, " parts [-5, 5] |");
        return;
    }
    for (int i = 0; i < row->function->input_count; ++i) {
        const struct interval *interval = &row->function->inputs[i];
        fprintf(file, "%s [%g, %g]%s", i ? "," : "", interval->low, interval->high,
                interval->whole ? " whole" : "");
    }
    fprintf(file, " |");
}

static void write_cell(FILE *file, const struct row *row, enum peer_index peer)
{
    const double figure = row_nanoseconds(row, peer), ratio = row_ratio(row, peer, false);
    if (!isfinite(figure))
        fprintf(file, " %s |", peer == CLWISE ? "absent" : "-");
    else if (peer == CLWISE || !isfinite(ratio))
        fprintf(file, " %.2f |", figure);
    else
        fprintf(file, " %.2f (%.2f) |", figure, ratio);
}

static void write_row(FILE *file, const struct row *row)
{
    static const enum peer_index columns[] = {CLWISE, BUILTIN, BY_HAND, NUMPY, TORCH, COPY};
    fprintf(file, "| %s |", row->op);
    write_intervals(file, row);
    fprintf(file, " %s |", clw_dtype_name(row->dtype));
    for (size_t i = 0; i < sizeof columns / sizeof *columns; ++i)
        write_cell(file, row, columns[i]);
    fprintf(file, "\n");
}

bool write_markdown(const char *path, const struct run_facts *facts, const struct row *rows,
                    size_t count)
{
    FILE *file = fopen(path, "w");
    if (file) {
        write_header(file, facts);
        for (size_t i = 0; i < count; ++i)
            write_row(file, &rows[i]);
        fprintf(file, "\n```\n");
        print_bars(file, &facts->device, rows, count);
        fprintf(file, "```\n");
        if (fclose(file) == 0)
            return true;
    }
    fprintf(stderr, "clwise-functions: cannot write %s\n", path);
    return false;
}
