#include <math.h>

#include "examples/example.h"
#include "examples/filter.h"

/* A sinc in a Blackman window, from the middle outwards; all taps together are 1. */
static void make_taps(double cutoff, double taps[FILTER_MARGIN + 1])
{
    const double pi = 3.14159265358979323846;
    double sum = 0;
    for (int k = 0; k <= FILTER_MARGIN; k++) {
        const double turn = pi * k / (FILTER_MARGIN + 1), angle = 2 * pi * cutoff * k;
        const double window = 0.42 + 0.5 * cos(turn) + 0.08 * cos(2 * turn);
        taps[k] = window * (k ? sin(angle) / angle : 1);
        sum += k ? 2 * taps[k] : taps[k];
    }
    for (int k = 0; k <= FILTER_MARGIN; k++)
        taps[k] /= sum;
}

/* The line as it is `shift` elements later: a view, nothing is copied. */
static clw_status shifted(const clw_array *line, int shift, clw_array **out, clw_error *err)
{
    const int ndim = clw_array_ndim(line);
    const int64_t *const whole = clw_array_shape(line), size = clw_array_strides(line)[ndim - 1];
    const int64_t shape[2] = {ndim == 1 ? whole[0] - 2 * FILTER_MARGIN : whole[0],
                              whole[ndim - 1] - 2 * FILTER_MARGIN};
    return clw_array_view(line, ndim, shape, clw_array_strides(line), size * shift, out, err);
}

clw_status low_pass(clw_context *ctx, const clw_array *line, double cutoff, clw_array **out,
                    clw_error *err)
{
    double taps[FILTER_MARGIN + 1];
    make_taps(cutoff, taps);
    const clw_op *const first = clw_op_find(ctx, "multiply");
    clw_op *next = NULL;
    clw_status status = clw_op_from_expression(ctx, "sum + tap * (a + b)", &next, err);
    for (int k = 0; !status && k <= FILTER_MARGIN; k++) {
        clw_array *a = NULL, *b = NULL;
        if (!(status = shifted(line, FILTER_MARGIN - k, &a, err)) &&
            !(status = shifted(line, FILTER_MARGIN + k, &b, err))) {
            const clw_operand in[] = {CLW_ARRAY(*out), CLW_FLOAT(taps[k]), CLW_ARRAY(a),
                                      CLW_ARRAY(b)};
            status = k ? clw_call(ctx, next, in, 4, out, 1, NULL, err)
                       : clw_call(ctx, first, in + 1, 2, out, 1, NULL, err);
        }
        release_arrays((clw_array *[]){a, b}, 2);
    }
    clw_op_release(next);
    return status;
}
