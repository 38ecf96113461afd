/* Exact values: for each function that approximates, the same in as many bits as are asked for. */
#ifndef CLWISE_TOOLS_ACCURACY_ORACLE_H
#define CLWISE_TOOLS_ACCURACY_ORACLE_H

#include <mpc.h>
#include <mpfr.h>

enum { ORACLE_MAX_INPUTS = 4 };

/* What MPFR has, under its own signature. */
typedef int mpfr_unary(mpfr_ptr y, mpfr_srcptr x, mpfr_rnd_t rounding);
typedef int mpfr_binary(mpfr_ptr y, mpfr_srcptr a, mpfr_srcptr b, mpfr_rnd_t rounding);
/* A formula in the precision of y: it may lose bits, and is asked again with more of them until two
 * answers agree. Inputs, then parameters. */
typedef void formula(mpfr_ptr y, mpfr_t *x);
/* The same of complex values; a real result has an imaginary part of 0. */
typedef void complex_formula(mpc_ptr y, mpc_t *x);
typedef int mpc_unary(mpc_ptr y, mpc_srcptr x, mpc_rnd_t rounding);

enum oracle_flags {
    ANY_ZERO = 1, /* a result of 0 may have either sign */
};

struct oracle {
    const char *name; /* the op's */
    mpfr_unary *unary;
    mpfr_binary *binary;
    formula *real;
    /* In double, with a relative error below 2^-46 wherever the value is a normal float. */
    double (*quick)(double x);
    int flags;
    const char *params[2]; /* the op's parameters that the formula takes, in this order */
};

struct complex_oracle {
    const char *name;
    mpc_unary *unary;
    complex_formula *value;
};

/* NULL: there is none for that op. */
const struct oracle *oracle_find(const char *name);
const struct complex_oracle *complex_oracle_find(const char *name);

/* y to its precision (a relative error below 2^(2 - precision)), of inputs then parameters. */
void oracle_value(const struct oracle *oracle, mpfr_ptr y, const double *x, int count);
void complex_oracle_value(const struct complex_oracle *oracle, mpc_ptr y, const double (*x)[2],
                          int count);

/* Tables, each with a last row without a name. */
extern const struct oracle elementary_oracles[], composed_oracles[];

#endif
