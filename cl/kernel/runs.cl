// Skeleton for CPUs: a work-item walks a few runs, each a stretch of the innermost axis, in a plain loop
// that the compiler vectorises. A row is cut into g.segments runs of g.segment elements.

// The elements of a row do not depend on each other, also where an output is an input in place.
// Unless told otherwise, clang fills half of an AVX-512 register; functions are twice as fast in
// whole ones.
#if defined(__clang__) && defined(__AVX512F__) && CLW_LANES
#define CLW_WALKER __attribute__((noinline, min_vector_width(512)))
#define CLW_INDEPENDENT                                                                            \
    _Pragma("clang loop vectorize(assume_safety) vectorize_width(CLW_LANES)")
// Under masks to the end: a tenth slower than with a second loop for the rest, and built sooner.
#define CLW_RARELY                                                                                 \
    _Pragma("clang loop vectorize(assume_safety) vectorize_width(CLW_LANES)")                      \
    _Pragma("clang loop vectorize_predicate(enable)")
#elif defined(__clang__)
#define CLW_WALKER __attribute__((noinline))
#define CLW_INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")
#else
#define CLW_WALKER
#define CLW_INDEPENDENT
#endif
#ifndef CLW_RARELY
#define CLW_RARELY CLW_INDEPENDENT
#endif

// The compiler's own constants lie beside this one. x86 reads them under masks, and while no lane asks
// for one their page stays unmapped, which costs 100 ns at each read: a kernel whose results are all
// false was 100 times slower. An ordinary read maps the page; the index is always 0.
__constant uint clw_constants[2] = {0, 1};

#if CLW_HAS_USUAL
// A loop with a branch does not vectorise: blocks are judged as a whole. Loops that began elsewhere
// than at 0 would gather and scatter: a sum of two indices might wrap.
#define CLW_BLOCK 512
#define CLW_WALK(at, begin, count)                                                                 \
    for (index_t from = 0; from < (count); from += CLW_BLOCK) {                                    \
        const index_t size = min((index_t)CLW_BLOCK, (count) - from);                              \
        CLW_ROW(at, (begin) + from)                                                                \
        int usual = 1;                                                                             \
        CLW_INDEPENDENT                                                                            \
        for (index_t i = 0; i < size; i++)                                                         \
            usual &= CLW_IS_USUAL(i);                                                              \
        if (usual) {                                                                               \
            CLW_INDEPENDENT                                                                        \
            for (index_t i = 0; i < size; i++)                                                     \
                CLW_ELEMENT_USUAL(i);                                                              \
        } else {                                                                                   \
            CLW_RARELY                                                                             \
            for (index_t i = 0; i < size; i++)                                                     \
                CLW_ELEMENT(i);                                                                    \
        }                                                                                          \
    }
#else
#define CLW_WALK(at, begin, count)                                                                 \
    CLW_ROW(at, begin)                                                                             \
    CLW_INDEPENDENT                                                                                \
    for (index_t i = 0; i < (count); i++)                                                          \
        CLW_ELEMENT(i);
#endif

// Apart from the kernel, of which PoCL makes three functions, each with all that is inlined.
CLW_WALKER static void clw_walk(index_t item, CLW_PARAMETERS)
{
    const index_t first = item * g.per_item;
    const index_t last = min(first + g.per_item, g.extent);
    index_t row = first / g.segments;
    index_t segment = first - row * g.segments;
    index_t position[CLW_RANK], at[CLW_ARRAYS];

    for (int k = 0; k < CLW_ARRAYS; k++)
        at[k] = 0;
    for (int axis = CLW_RANK - 2; axis >= 0; axis--) {
        position[axis] = row % g.shape[axis];
        row /= g.shape[axis];
        for (int k = 0; k < CLW_ARRAYS; k++)
            at[k] += position[axis] * CLW_STEP(k, axis);
    }
    for (index_t run = first; run < last; run++) {
        const index_t begin = segment * g.segment;
        const index_t count = min(g.segment, g.shape[CLW_RANK - 1] - begin);
        CLW_WALK(at, begin, count)

        if (++segment < g.segments)
            continue;
        segment = 0;
        for (int axis = CLW_RANK - 2; axis >= 0; axis--) {
            const int carry = ++position[axis] == g.shape[axis];
            for (int k = 0; k < CLW_ARRAYS; k++)
                at[k] += carry ? (1 - g.shape[axis]) * CLW_STEP(k, axis) : CLW_STEP(k, axis);
            if (!carry)
                break;
            position[axis] = 0;
        }
    }
}

__kernel void clwise(CLW_PARAMETERS)
{
    const index_t zero = clw_constants[get_group_id(0) >> (8 * sizeof(size_t) - 1)];
    clw_walk((index_t)get_global_id(0) + zero, CLW_ARGUMENTS);
}
