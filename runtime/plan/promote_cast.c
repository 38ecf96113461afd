#include "runtime/plan/promote.h"

static const char *const casting_names[] = {
    [CLW_CASTING_DEFAULT] = "same_kind",   [CLW_CASTING_NO] = "no",
    [CLW_CASTING_EQUIV] = "equiv",         [CLW_CASTING_SAFE] = "safe",
    [CLW_CASTING_SAME_KIND] = "same_kind", [CLW_CASTING_UNSAFE] = "unsafe",
};
_Static_assert(sizeof casting_names / sizeof *casting_names == CLW_CASTING_UNSAFE + 1,
               "a name a rule");

const char *casting_name(clw_casting casting)
{
    return (unsigned)casting <= CLW_CASTING_UNSAFE ? casting_names[casting] : "?";
}

/* bool, unsigned, signed, float, complex: same_kind goes up this ladder or along a rung. */
static int rung(clw_dtype dtype)
{
    const struct dtype_info *info = &dtype_table[dtype];
    return 2 * (int)info->kind - (info->kind == KIND_INT && !info->is_signed);
}

int can_cast(clw_dtype from, clw_dtype to, clw_casting casting)
{
    if (!dtype_is_valid(from) || !dtype_is_valid(to))
        return 0;
    switch (casting) {
    case CLW_CASTING_NO:
    case CLW_CASTING_EQUIV:
        return from == to;
    case CLW_CASTING_SAFE:
        return dtype_safe_casts[from] >> to & 1;
    case CLW_CASTING_DEFAULT:
    case CLW_CASTING_SAME_KIND:
        return rung(from) <= rung(to);
    case CLW_CASTING_UNSAFE:
        return 1;
    }
    return 0;
}
