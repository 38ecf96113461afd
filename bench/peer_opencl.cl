// The product of clwise-bench as a programmer would write it for a CPU device: each work-item walks
// a run in a plain loop, which the compiler vectorises. A is the type of the elements.

#ifdef COMPLEX
#define PRODUCT(u, v) ((A)(u.x * v.x - u.y * v.y, u.x * v.y + u.y * v.x))
#else
#define PRODUCT(u, v) (u * v)
#endif

#define FIRST(count) ((count) * get_global_id(0) / get_global_size(0))
#define LAST(count) ((count) * (get_global_id(0) + 1) / get_global_size(0))

#if defined(STREAMING) && __has_builtin(__builtin_nontemporal_store)
// Whole lines: the store of one element with such a hint is not vectorised.
#define LINE (64 / sizeof(A))

__kernel void product(__global const A *restrict a, __global const A *restrict b,
                      __global A *restrict y, ulong elements)
{
    const ulong lines = elements / LINE, end = LAST(lines);
    for (ulong line = FIRST(lines); line < end; ++line) {
        union {
            A elements[LINE];
            ulong8 whole;
        } part;
        for (ulong i = 0; i < LINE; ++i)
            part.elements[i] = PRODUCT(a[line * LINE + i], b[line * LINE + i]);
        __builtin_nontemporal_store(part.whole, (__global ulong8 *)y + line);
    }
    for (ulong i = lines * LINE + get_global_id(0); i < elements; i += get_global_size(0))
        y[i] = PRODUCT(a[i], b[i]);
}
#else
__kernel void product(__global const A *restrict a, __global const A *restrict b,
                      __global A *restrict y, ulong elements)
{
    const ulong end = LAST(elements);
    for (ulong i = FIRST(elements); i < end; ++i)
        y[i] = PRODUCT(a[i], b[i]);
}
#endif
