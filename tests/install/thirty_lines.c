#include <clwise/clwise.h>
#include <stdio.h>

int main(void)
{
    const float pixels[2 * 3] = {0, 51, 102, 153, 204, 255};
    const float gain[3] = {1, 0.5f, 0};
    float out[2 * 3];
    clw_error err;
    clw_context *ctx = NULL;
    clw_array *a = NULL, *g = NULL, *y = NULL;

    if (clw_context_create(NULL, &ctx, &err) ||
        clw_array_from_host(ctx, CLW_F32, CLW_SHAPE(2, 3), NULL, pixels, &a, &err) ||
        clw_array_from_host(ctx, CLW_F32, CLW_SHAPE(3), NULL, gain, &g, &err) ||
        clw_multiply(ctx, a, g, &y, &err) || /* y is NULL: a new array, owned by us */
        clw_eval(ctx, "y / 255 + 1", &y, &err, "y", y, NULL) || /* y is given: written in place */
        clw_array_read(y, out, sizeof out, &err))
        fprintf(stderr, "%s: %s\n", clw_status_name(err.code), err.message);

    clw_array_release(y);
    clw_array_release(g);
    clw_array_release(a);
    clw_context_release(ctx);
}
