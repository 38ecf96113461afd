/* Exact values: for each function that approximates, the same in as many bits as are asked for. */
#ifndef CLWISE_TOOLS_ACCURACY_ORACLE_H
#define CLWISE_TOOLS_ACCURACY_ORACLE_H

#include <mpc.h>
#include <mpfr.h>

enum { ORACLE_MAX_INPUTS = 6, ORACLE_MAX_PARAMS = 2, ORACLE_PARAM_VALUES = 8 };

/* What MPFR and MPC have, under their own signatures. */
typedef int mpfr_unary(mpfr_ptr y, mpfr_srcptr x, mpfr_rnd_t rounding);
typedef int mpfr_binary(mpfr_ptr y, mpfr_srcptr a, mpfr_srcptr b, mpfr_rnd_t rounding);
typedef int mpc_unary(mpc_ptr y, mpc_srcptr x, mpc_rnd_t rounding);
typedef int mpc_binary(mpc_ptr y, mpc_srcptr a, mpc_srcptr b, mpc_rnd_t rounding);
/* Formulas in the precision of y, of inputs, then parameters. They may lose bits, and are asked
 * again with more of them until two answers agree. */
typedef void real_formula(mpfr_ptr y, mpfr_t *x);
typedef void complex_formula(mpc_ptr y, mpc_t *x);

enum oracle_flags {
    ANY_ZERO = 1, /* a result of 0 may have either sign */
    DEGREE = 2,   /* the last input is the degree of a polynomial */
    REDUCED = 4   /* the argument is reduced by multiples of pi / 2 */
};

/* A parameter of the op that the function takes, and the values to measure it with. */
struct oracle_param {
    const char *name;
    double values[ORACLE_PARAM_VALUES];
    int count;
};

struct oracle {
    const char *name; /* the op's */
    mpfr_unary *unary;
    mpfr_binary *binary;
    real_formula *real;
    /* In double, with a relative error below 2^-46 wherever the value is a normal float. */
    double (*quick)(double x);
    /* 1 where the op's meaning is not that of the function, or no exact value can be had. */
    int (*unknown)(const double *x);
    int flags;
    int cost; /* measured at this many times fewer points; 0 is 1 */
    struct oracle_param params[ORACLE_MAX_PARAMS];
};

/* Real results have an imaginary part of 0. */
struct complex_oracle {
    const char *name;
    mpc_unary *unary;
    mpc_binary *binary;
    complex_formula *formula;
    int cost;
    double most; /* parts of the last input beyond it are not judged; 0: all are */
};

/* NULL: there is none for that op. */
const struct oracle *oracle_find(const char *name);
const struct complex_oracle *complex_oracle_find(const char *name);

/* y to its precision, of inputs then parameters. */
void oracle_value(const struct oracle *oracle, mpfr_ptr y, const double *x, int count);
/* Both parts of y, in the norm, to its precision. */
void complex_oracle_value(const struct complex_oracle *oracle, mpc_ptr y, double (*x)[2],
                          int count);

/* Tables, each with a last row without a name. */
extern const struct oracle elementary_oracles[], composed_oracles[], error_oracles[],
    gamma_oracles[], bessel_oracles[], airy_oracles[], polynomial_oracles[];
extern const struct complex_oracle complex_oracles[];

#endif
