// The works of clwise-bench as a programmer would write them for a CPU device: each work-item walks
// a run in a plain loop, which the compiler vectorises. A and Y are the element types.

#if defined(STREAMING) && __has_builtin(__builtin_nontemporal_store)
#define STORE(value, pointer) __builtin_nontemporal_store(value, pointer)
#else
#define STORE(value, pointer) (*(pointer) = (value))
#endif

#define BEGIN(count) ((count) * get_global_id(0) / get_global_size(0))
#define END(count) ((count) * (get_global_id(0) + 1) / get_global_size(0))

__kernel void flat(__global const A *restrict a, __global const A *restrict b,
                   __global Y *restrict y, ulong rows, ulong columns)
{
    const ulong end = END(rows * columns);
    for (ulong i = BEGIN(rows * columns); i < end; ++i)
        STORE(a[i] * b[i], y + i);
}

__kernel void row(__global const A *restrict a, __global const A *restrict b,
                  __global Y *restrict y, ulong rows, ulong columns)
{
    const ulong end = END(rows);
    for (ulong r = BEGIN(rows); r < end; ++r)
        for (ulong c = 0; c < columns; ++c)
            STORE(a[r * columns + c] * b[c], y + r * columns + c);
}

__kernel void column(__global const A *restrict a, __global const A *restrict b,
                     __global Y *restrict y, ulong rows, ulong columns)
{
    const ulong end = END(rows);
    for (ulong r = BEGIN(rows); r < end; ++r) {
        const A factor = b[r];
        for (ulong c = 0; c < columns; ++c)
            STORE(a[r * columns + c] * factor, y + r * columns + c);
    }
}

// Square tiles, so that the lines of b that a tile reads stay in the cache while it is walked.
#define TILE 16

__kernel void transposed(__global const A *restrict a, __global const A *restrict b,
                         __global Y *restrict y, ulong rows, ulong columns)
{
    const ulong end = END(rows / TILE);
    for (ulong band = BEGIN(rows / TILE); band < end; ++band)
        for (ulong tile = 0; tile < columns; tile += TILE)
            for (ulong r = band * TILE; r < (band + 1) * TILE; ++r)
                for (ulong c = tile; c < tile + TILE; ++c)
                    STORE(a[r * columns + c] * b[c * rows + r], y + r * columns + c);
}

__kernel void scale(__global const A *restrict a, __global const A *restrict b,
                    __global Y *restrict y, ulong rows, ulong columns)
{
    const ulong end = END(rows * columns);
    for (ulong i = BEGIN(rows * columns); i < end; ++i)
        STORE((Y)a[i] / (Y)255, y + i);
}
