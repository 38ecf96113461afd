#include "tools/accuracy/points.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tools/accuracy/random.h"

enum { MAX_EDGES = 6000, NEIGHBOURS = 2, PAIR_EDGES = 160 };

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
    const double marks[] = {0, 1, 2, float_smallest_normal(format), float_largest(format)};
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

/* The hardest arguments of a trigonometric reduction: J.-M. Muller, Elementary Functions, 2nd ed.,
 * table 10.1 (f32: 16367173 * 2^72, f64: 6381956970095103 * 2^797). */
static void add_trigonometric(struct edges *edges)
{
    const double half_pi = 0x1.921fb54442d18p+0;
    for (int i = 1; i <= 64; i++)
        add_around(edges, i * half_pi, 1);
    for (int i = 6; i <= 40; i++)
        add_around(edges, ldexp(half_pi, i), 1);
    add_around(edges, ldexp(16367173, 72), 1);
    add_around(edges, 0x1.6ac5b262ca1ffp+849, 1);
}

static void add_numbers(struct edges *edges)
{
    for (int i = 1; i <= 260; i++)
        add_around(edges, i * 0.5, i < 64 ? NEIGHBOURS : 0);
    for (int i = -40; i <= 40; i++)
        add_around(edges, pow(10, i), 0);
    for (int i = edges->format->min_exponent - edges->format->precision + 1;
         i <= edges->format->max_exponent; i++)
        add_around(edges, ldexp(1, i), 1);
}

static int usable(const struct point_choice *choice, const double *x)
{
    for (int i = 0; i < choice->columns; i++)
        if (choice->no_subnormals && x[i] != 0 &&
            fabs(x[i]) < float_smallest_normal(choice->format))
            return 0;
    return 1;
}

static int add_point(const struct point_choice *choice, struct points *points, const double *x)
{
    return usable(choice, x) ? points_add(points, x) : 0;
}

/* All tuples of the edges. */
static int add_products(const struct point_choice *choice, struct points *points,
                        const struct edges *edges, int count)
{
    int digits[MAX_COLUMNS] = {0};
    for (;;) {
        double x[MAX_COLUMNS];
        int column = 0;
        for (int i = 0; i < choice->columns; i++)
            x[i] = edges->x[digits[i]];
        if (add_point(choice, points, x))
            return -1;
        while (column < choice->columns && ++digits[column] == count)
            digits[column++] = 0;
        if (column == choice->columns)
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

/* A number near another: some steps or a few binades away, of either sign. */
static double random_near(const struct point_choice *choice, double x, struct random_stream *stream)
{
    const int64_t reach = (int64_t)1 << random_below(stream, choice->format->precision + 3);
    const int64_t steps = (int64_t)((2 * random_unit(stream) - 1) * (double)reach);
    const double near = float_step(choice->format, x, steps);
    return random_bits(stream) & 1 ? -near : near;
}

static int add_random(const struct point_choice *choice, struct points *points)
{
    struct random_stream stream = {choice->seed};
    struct interval intervals[MAX_INTERVALS + 1];
    int count = intervals_of(choice->op, intervals);
    if (choice->range.high > choice->range.low)
        intervals[count++] = choice->range;
    for (size_t i = 0; i < choice->random; i++) {
        double x[MAX_COLUMNS] = {0};
        const int kind = (int)(i % 4);
        for (int column = 0; column < choice->columns; column++)
            if (kind == 3 && column > 0)
                x[column] = random_near(choice, x[0], &stream);
            else if (kind == 0)
                x[column] = random_in_binade(choice, &stream);
            else
                x[column] = random_in(choice, &intervals[random_below(&stream, count)], &stream);
        if (add_point(choice, points, x))
            return -1;
    }
    return 0;
}

/* All numbers of a format of 16 bits. */
static int add_all(const struct point_choice *choice, struct points *points)
{
    for (uint64_t bits = 0; bits < 65536; bits++) {
        const double x = float_decode(choice->format, bits);
        if (add_point(choice, points, &x))
            return -1;
    }
    return 0;
}

int points_make(const struct point_choice *choice, struct points *points)
{
    memset(points, 0, sizeof *points);
    points->columns = choice->columns;
    if (choice->columns == 1 && choice->format->bytes == 2)
        return add_all(choice, points);
    struct edges *const edges = calloc(1, sizeof *edges);
    if (!edges)
        return -1;
    edges->format = choice->format;
    add_landmarks(edges);
    const int landmarks = edges->count;
    add_trigonometric(edges);
    add_numbers(edges);
    int status = 0;
    if (choice->columns == 1)
        status = add_products(choice, points, edges, edges->count);
    else if (choice->columns == 2)
        status = add_products(choice, points, edges, landmarks);
    free(edges);
    return status ? status : add_random(choice, points);
}
