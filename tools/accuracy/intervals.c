/* Where the functions are interesting: random points are taken evenly from there too. */
#include <string.h>

#include "tools/accuracy/points.h"

static const struct {
    const char *op; /* NULL: all ops */
    struct interval interval;
} table[] = {
    {NULL, {-1, 1}},
    {NULL, {-10, 10}},
    {NULL, {-100, 100}},
    {"exp", {-104, 89}},
    {"exp", {-746, 710}},
    {"expm1", {-40, 89}},
    {"expm1", {-1, 710}},
    {"exp2", {-150, 128}},
    {"exp2", {-1075, 1024}},
    {"exp10", {-45, 39}},
    {"exp10", {-324, 309}},
    {"log", {0.5, 2}},
    {"log2", {0.5, 2}},
    {"log10", {0.5, 2}},
    {"log1p", {-1, 1}},
    {"sinh", {-90, 90}},
    {"sinh", {-711, 711}},
    {"cosh", {-90, 90}},
    {"cosh", {-711, 711}},
    {"sin", {-10000, 10000}},
    {"cos", {-10000, 10000}},
    {"tan", {-10000, 10000}},
    {"sin", {-1e6, 1e6}},
    {"cos", {-1e6, 1e6}},
    {"tan", {-1e6, 1e6}},
    {"erfc", {-1, 28}},
    {"erf", {-6, 6}},
    {"lgamma", {-4, 0}},
    {"lgamma", {0.5, 3}},
    {"digamma", {-4, 0}},
    {"digamma", {1, 2}},
    {"logit", {0, 1}},
    {"asin", {0.4, 1}},
    {"acos", {0.4, 1}},
    {"acosh", {1, 2}},
    {"ndtr", {-40, 10}},
    {"log_ndtr", {-40, 10}},
    {"ndtri", {0, 1}},
    {"sigmoid", {-750, 40}},
    {"elu", {-40, 1}},
    {"power", {-1100, 1100}},
    {"power", {0, 2}},
    {"asinh", {-1e6, 1e6}},
    {"atanh", {0.9, 1}},
    {"logaddexp2", {-1100, 1100}},
    {"xlog1py", {-1, 1}},
    {"softplus", {-750, 40}},
    {"mish", {-750, 40}},
    {"gelu_tanh", {-15, 10}},
    {"gelu", {-40, 10}},
    {"silu", {-750, 40}},
    {"tanpi", {-2, 2}},
    {"cospi", {-2, 2}},
    {"sinpi", {-2, 2}},
    {"sinc", {-20, 20}},
    {"entr", {0, 2}},
    {"erfcx", {-27, 30}},
    {"bessel_y1", {0, 1e5}},
    {"bessel_y0", {0, 1e5}},
    {"bessel_j1", {0, 1e5}},
    {"bessel_j0", {0, 1e5}},
    {"bessel_y1", {0, 30}},
    {"bessel_y1", {0, 2}},
    {"bessel_y0", {0, 30}},
    {"bessel_y0", {0, 2}},
    {"bessel_j1", {0, 30}},
    {"bessel_j0", {0, 30}},
    {"airy_ai", {0, 105}},
    {"airy_ai", {-30, 30}},
    {"scaled_modified_bessel_k1", {0, 3}},
    {"scaled_modified_bessel_k0", {0, 3}},
    {"modified_bessel_k1", {0, 750}},
    {"modified_bessel_k1", {0, 90}},
    {"modified_bessel_k1", {0, 2}},
    {"modified_bessel_k0", {0, 750}},
    {"modified_bessel_k0", {0, 90}},
    {"modified_bessel_k0", {0, 2}},
    {"i1", {-714, 714}},
    {"i1", {-90, 90}},
    {"i0", {-714, 714}},
    {"i0", {-90, 90}},
    {"ndtri", {0.95, 1}},
    {"ndtri", {0, 0.05}},
    {"erfinv", {-1, -0.9}},
    {"erfinv", {0.9, 1}},
    {"mvlgamma", {0, 10}},
    {"polygamma", {0, 3}},
    {"zeta", {1, 30}},
    {"igammac", {0, 1000}},
    {"igamma", {0, 1000}},
    {"igammac", {0, 30}},
    {"igamma", {0, 30}},
};

int intervals_of(const char *op, struct interval intervals[MAX_INTERVALS])
{
    int count = 0;
    for (size_t i = 0; i < sizeof table / sizeof *table && count < MAX_INTERVALS; i++)
        if (!table[i].op || !strcmp(table[i].op, op))
            intervals[count++] = table[i].interval;
    return count;
}

/* DLMF tables 10.21.i, 9.9.1 and 5.4.1, and closed forms. */
static const struct {
    const char *op;
    double at[MAX_ZEROS];
} zero_table[] = {
    {"bessel_j0", {2.404825557695773, 5.520078110286311, 8.653727912911013, 11.791534439014281}},
    {"bessel_j1", {3.831705970207512, 7.015586669815619, 10.173468135062722, 13.323691936314223}},
    {"bessel_y0", {0.8935769662791675, 3.957678419314858, 7.086051060301773, 10.222345043496417}},
    {"bessel_y1", {2.197141326031017, 5.429681040794135, 8.596005868331169, 11.749154830839881}},
    {"airy_ai", {-2.338107410459767, -4.08794944413097, -5.520559828095551, -6.786708090071759}},
    {"digamma", {1.4616321449683623, -0.5040830082644554, -1.5734984731623904}},
    {"polygamma", {-0.5040830082644554, 1.4616321449683623, -1.5, -2.5}},
    {"lgamma",
     {1, 2, -2.4570247382208006, -2.7476826467274127, -3.1435808883499801, -3.9552942848585980,
      -4.0393618397405372}},
    {"log", {1}},
    {"log2", {1}},
    {"log10", {1}},
    {"acosh", {1}},
    {"acos", {1, 0.5}},
    {"logit", {0.5}},
    {"ndtri", {0.5, 1}},
    {"erfinv", {1, -1}},
    {"entr", {1}},
    {"sinpi", {1, 2, 1024}},
    {"cospi", {0.5, 1.5, 1024.5}},
    {"sinc", {1, 2, -3}},
};

int zeros_of(const char *op, double x[MAX_ZEROS])
{
    int count = 0;
    for (size_t i = 0; i < sizeof zero_table / sizeof *zero_table; i++)
        for (int k = 0; k < MAX_ZEROS && !strcmp(zero_table[i].op, op); k++)
            if (zero_table[i].at[k] != 0)
                x[count++] = zero_table[i].at[k];
    return count;
}
