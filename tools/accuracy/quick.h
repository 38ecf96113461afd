/* Functions in double, to a relative error below 2^-46 wherever the value is a normal float and the
 * argument is a float. They decide most points of 16 and 32 bits without MPFR. */
#ifndef CLWISE_TOOLS_ACCURACY_QUICK_H
#define CLWISE_TOOLS_ACCURACY_QUICK_H

double quick_exp10(double x);
double quick_rsqrt(double x);
double quick_reciprocal(double x);
double quick_sinpi(double x);
double quick_cospi(double x);
double quick_tanpi(double x);
double quick_sinc(double x);
double quick_sigmoid(double x);
double quick_softplus(double x);
double quick_silu(double x);
double quick_mish(double x);
double quick_logit(double x);
double quick_entr(double x);
double quick_degrees(double x);
double quick_radians(double x);
double quick_ndtr(double x);
double quick_gelu(double x);
double quick_lgamma(double x);

#endif
