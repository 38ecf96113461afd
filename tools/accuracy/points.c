#include "tools/accuracy/points.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tools/accuracy/random.h"
#include "tools/accuracy/reduction.h"

enum { MAX_EDGES = 20000, NEIGHBOURS = 2, SPARSE_STRIDE = 8 };

/* Degrees of polynomials. */
static const double degree_edges[] = {0,    1,    2,   3,    4,    5,    6,     7,   8,   9,
                                      10,   15,   20,  31,   50,   64,   100,   127, 128, -1,
                                      -2.5, -0.5, 0.5, 0.99, 2.75, 1000, 65537, 1e6, 3e9, NAN};

struct edges {
    const struct float_format *format;
    double x[MAX_EDGES];
    int count;
};

int points_add(struct points *points, const double *x)
{
    if (points->count == points->room) {
        const size_t room = points->room ? 2 * points->room : 4096;
        for (int i = 0; i < points->columns; i++) {
            double *const grown = realloc(points->x[i], room * sizeof *grown);
            if (!grown)
                return -1;
            points->x[i] = grown;
        }
        points->room = room;
    }
    for (int i = 0; i < points->columns; i++)
        points->x[i][points->count] = x[i];
    points->count++;
    return 0;
}

void points_finish(struct points *points)
{
    for (int i = 0; i < MAX_COLUMNS; i++)
        free(points->x[i]);
    memset(points, 0, sizeof *points);
}

static void add_edge(struct edges *edges, double x)
{
    if (edges->count < MAX_EDGES)
        edges->x[edges->count++] = x;
}

/* The nearest number of the format and those around it, of both signs. */
static void add_around(struct edges *edges, double x, int neighbours)
{
    const double nearest = float_round(edges->format, x);
    for (int step = -neighbours; step <= neighbours; step++) {
        add_edge(edges, float_step(edges->format, nearest, step));
        add_edge(edges, -float_step(edges->format, nearest, step));
    }
}

/* The few that are combined with each other too. */
static void add_landmarks(struct edges *edges)
{
    const struct float_format *const format = edges->format;
    const double marks[] = {0, 1, 2, format->smallest_normal, format->largest};
    add_edge(edges, NAN);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        add_around(edges, marks[i], 1);
    const double more[] = {HUGE_VAL,
                           0.5,
                           1.5,
                           3,
                           4,
                           5,
                           10,
                           0.1,
                           1.0 / 3,
                           2.5,
                           7,
                           31,
                           100,
                           127,
                           1000,
                           1024,
                           ldexp(1, format->precision),
                           ldexp(1, format->precision - 1),
                           ldexp(1, format->precision) - 1,
                           ldexp(1, -format->precision),
                           ldexp(1, format->max_exponent / 2),
                           ldexp(1, format->min_exponent / 2),
                           ldexp(1, format->max_exponent),
                           0x1.921fb54442d18p+1,
                           0x1.5bf0a8b145769p+1};
    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        add_around(edges, more[i], 0);
}

/* For functions of two complex numbers, where all are combined in fours. */
static void add_few(struct edges *edges)
{
    const double few[] = {0,
                          -0.0,
                          1,
                          -1,
                          0.5,
                          -2,
                          3,
                          100,
                          edges->format->smallest_normal,
                          -1e-5,
                          0.7071067811865476,
                          -edges->format->largest};
    for (size_t i = 0; i < sizeof few / sizeof *few; i++)
        add_edge(edges, float_round(edges->format, few[i]));
}

static void add_reduction(struct edges *edges)
{
    double x[MAX_REDUCTION_POINTS];
    const int count = reduction_points(edges->format, x);
    for (int i = 0; i < count; i++)
        add_around(edges, x[i], 0);
}

static void add_trigonometric(struct edges *edges)
{
    const double half_pi = 0x1.921fb54442d18p+0;
    for (int i = 1; i <= 64; i++)
        add_around(edges, i * half_pi, 1);
    for (int i = 6; i <= 40; i++)
        add_around(edges, ldexp(half_pi, i), 1);
}

static void add_numbers(struct edges *edges)
{
    for (int i = 1; i <= 260; i++)
        add_around(edges, i * 0.5, i < 64 ? NEIGHBOURS : 0);
    for (int i = -40; i <= 40; i++)
        add_around(edges, pow(10, i), 0);
}

static void add_binades(struct edges *edges, int stride)
{
    for (int i = edges->format->min_exponent - edges->format->precision + 1;
         i <= edges->format->max_exponent; i += stride)
        add_around(edges, ldexp(1, i), 1);
}

static int usable(const struct point_choice *choice, const double *x)
{
    const double smallest = choice->format->smallest_normal;
    for (int i = 0; i < choice->columns; i++) {
        if (choice->no_subnormals && x[i] != 0 && fabs(x[i]) < smallest)
            return 0;
        if (choice->finite && !isfinite(x[i]))
            return 0;
    }
    return 1;
}

static int add_point(const struct point_choice *choice, struct points *points, const double *x)
{
    return usable(choice, x) ? points_add(points, x) : 0;
}

/* All tuples of the first edges in each column. */
static int add_products(const struct point_choice *choice, struct points *points,
                        const struct edges *edges, int count)
{
    int digits[MAX_COLUMNS] = {0};
    const int degrees = (int)(sizeof degree_edges / sizeof *degree_edges);
    const int last = choice->columns - 1;
    for (;;) {
        double x[MAX_COLUMNS];
        int column = 0;
        for (int i = 0; i < choice->columns; i++)
            x[i] = edges->x[digits[i]];
        if (choice->degree)
            x[last] = float_round(choice->format, degree_edges[digits[last]]);
        if (add_point(choice, points, x))
            return -1;
        while (column <= last &&
               ++digits[column] == (choice->degree && column == last ? degrees : count))
            digits[column++] = 0;
        if (column > last)
            return 0;
    }
}

static double random_in_binade(const struct point_choice *choice, struct random_stream *stream)
{
    const struct float_format *const format = choice->format;
    const int lowest = format->min_exponent - (choice->no_subnormals ? 0 : format->precision - 1);
    const int exponent = lowest + random_below(stream, format->max_exponent - lowest + 1);
    const double x = ldexp(1 + random_unit(stream), exponent);
    const double rounded = float_round(format, x);
    return random_bits(stream) & 1 ? -rounded : rounded;
}

static double random_in(const struct point_choice *choice, const struct interval *interval,
                        struct random_stream *stream)
{
    const double x = interval->low + (interval->high - interval->low) * random_unit(stream);
    return float_round(choice->format, x);
}

/* A number near another: some steps or a few binades away. */
static double random_near(const struct point_choice *choice, double x, struct random_stream *stream)
{
    const int64_t reach = (int64_t)1 << random_below(stream, choice->format->precision + 3);
    const int64_t steps = (int64_t)((2 * random_unit(stream) - 1) * (double)reach);
    return float_step(choice->format, x, steps);
}

static int add_random(const struct point_choice *choice, struct points *points)
{
    struct random_stream stream = {choice->seed};
    struct interval intervals[MAX_INTERVALS + 1];
    int count = intervals_of(choice->op, intervals);
    double zero_at[MAX_ZEROS];
    const int zeros = zeros_of(choice->op, zero_at);
    if (choice->range.high > choice->range.low)
        intervals[count++] = choice->range;
    for (size_t i = 0; i < choice->random; i++) {
        double x[MAX_COLUMNS] = {0};
        const int kind = (int)(i % 4);
        const double zero = zeros > 0 ? zero_at[random_below(&stream, zeros)] : 0;
        for (int column = 0; column < choice->columns; column++)
            if (choice->degree && column == choice->columns - 1)
                x[column] = floor(40 * random_unit(&stream) * random_unit(&stream));
            else if (kind == 3 && column > 0)
                x[column] = random_near(choice, i % 8 == 3 ? x[0] : -x[0], &stream);
            else if (kind == 3 && zeros > 0)
                x[column] = random_near(choice, float_round(choice->format, zero), &stream);
            else if (kind == 0)
                x[column] = random_in_binade(choice, &stream);
            else
                x[column] = random_in(choice, &intervals[random_below(&stream, count)], &stream);
        if (add_point(choice, points, x))
            return -1;
    }
    return 0;
}

int points_consecutive(const struct point_choice *choice, uint64_t first, size_t count,
                       struct points *points)
{
    memset(points, 0, sizeof *points);
    points->columns = 1;
    for (uint64_t bits = first; bits < first + count; bits++) {
        const double x = float_decode(choice->format, bits);
        if (add_point(choice, points, &x))
            return -1;
    }
    return 0;
}

static int add_edges(const struct point_choice *choice, struct points *points, struct edges *edges)
{
    if (choice->columns > 2) {
        add_few(edges);
        return add_products(choice, points, edges, edges->count);
    }
    add_landmarks(edges);
    const int landmarks = edges->count;
    if (choice->columns == 2)
        return add_products(choice, points, edges, landmarks);
    add_trigonometric(edges);
    add_numbers(edges);
    if (choice->reduced)
        add_reduction(edges);
    add_binades(edges, choice->sparse ? SPARSE_STRIDE : 1);
    return add_products(choice, points, edges, edges->count);
}

int points_make(const struct point_choice *choice, struct points *points)
{
    if (choice->columns == 1 && choice->format->bytes == 2)
        return points_consecutive(choice, 0, 65536, points);
    memset(points, 0, sizeof *points);
    points->columns = choice->columns;
    struct edges *const edges = calloc(1, sizeof *edges);
    if (!edges)
        return -1;
    edges->format = choice->format;
    const int status = add_edges(choice, points, edges);
    free(edges);
    return status ? status : add_random(choice, points);
}
