/* clwise: NumPy-class element-wise array operations on any OpenCL device.
 *
 * Conventions that hold for every function here:
 *  - What can fail returns a clw_status; 0 is success. A clw_error that is not NULL then holds the
 *    code and one sentence with the values in it; on success it is left alone.
 *  - On failure every output is as it was: a NULL stays NULL, a given array keeps its values.
 *  - Memory: a function "borrows" (uses until it returns, or as long as stated), "copies", or
 *    "takes" (the library frees it, also when the call fails). Nothing is taken unless it says so.
 *  - Every release and destroy accepts NULL.
 *  - Threads: unless a comment says otherwise, a function may be called from any thread at any
 *    time, also with objects that other threads use. Array headers are immutable; writes to one
 *    array are ordered in the order in which calls return.
 *  - Shapes count elements, strides and offsets count bytes; both are int64_t.
 *  - OpenCL drivers do not live on in a forked child: where the parent had used one, every call
 * that needs a device, clw_context_create too, answers CLW_ERROR_FORKED there. Fork first, or exec.
 */
#ifndef CLWISE_CLWISE_H
#define CLWISE_CLWISE_H

#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
#include <initializer_list>
extern "C" {
#endif

#if defined(__GNUC__)
#define CLW_API __attribute__((visibility("default")))
#define CLW_MUST_CHECK __attribute__((warn_unused_result))
#define CLW_SENTINEL __attribute__((sentinel))
#else
#define CLW_API
#define CLW_MUST_CHECK
#define CLW_SENTINEL
#endif

#define CLW_VERSION_MAJOR 0
#define CLW_VERSION_MINOR 1
#define CLW_VERSION_PATCH 0

/* ---- Status ---- */

/* X(name, code, what it means) */
#define CLW_STATUS_LIST(X)                                                                         \
    X(CLW_OK, 0, "success")                                                                        \
    X(CLW_ERROR_ARGUMENT, -1, "an argument is NULL, out of range or contradicts another")          \
    X(CLW_ERROR_SHAPE, -2, "shapes do not fit each other")                                         \
    X(CLW_ERROR_DTYPE, -3, "the op has no loop for these dtypes")                                  \
    X(CLW_ERROR_CAST, -4, "the casting rule refuses a cast")                                       \
    X(CLW_ERROR_RANGE, -5, "a host scalar does not fit the dtype it takes")                        \
    X(CLW_ERROR_BOUNDS, -6, "strides or offset leave the memory of the array")                     \
    X(CLW_ERROR_OVERLAP, -7, "elements of outputs share memory")                                   \
    X(CLW_ERROR_OVERFLOW, -8, "a size exceeds what can be addressed")                              \
    X(CLW_ERROR_NOT_FOUND, -9, "no op, parameter, device or file of that name")                    \
    X(CLW_ERROR_SYNTAX, -10, "an op file or an expression cannot be parsed")                       \
    X(CLW_ERROR_BUILD, -11, "the device's compiler refuses a kernel")                              \
    X(CLW_ERROR_NO_DEVICE, -12, "no OpenCL device, or none that fits")                             \
    X(CLW_ERROR_UNSUPPORTED, -13, "the device lacks what the operation needs")                     \
    X(CLW_ERROR_DEVICE, -14, "an OpenCL call failed")                                              \
    X(CLW_ERROR_MEMORY, -15, "out of host memory")                                                 \
    X(CLW_ERROR_DEVICE_MEMORY, -16, "out of device memory")                                        \
    X(CLW_ERROR_FORKED, -17, "OpenCL was used before fork, by the parent process")                 \
    X(CLW_ERROR_IO, -18, "a file cannot be read or written")

typedef enum clw_status {
#define CLW_STATUS_MEMBER(name, code, meaning) name = code,
    CLW_STATUS_LIST(CLW_STATUS_MEMBER)
#undef CLW_STATUS_MEMBER
} clw_status;

/* The caller's, filled on failure. The message names op, dtypes and shapes, in English, without a
 * closing full stop or newline. A longer message is cut. */
typedef struct clw_error {
    clw_status code;
    char message[1020];
} clw_error;

/* 0x00MMmmpp of the library that runs, which may differ from the header's CLW_VERSION_*. */
CLW_API uint32_t clw_version(void);
/* "CLW_ERROR_SHAPE"; "unknown status" for a number that is none. Static. */
CLW_API const char *clw_status_name(clw_status status);

/* ---- Dtypes ---- */

typedef enum clw_dtype {
    CLW_BOOL, /* a byte; 0 is false, anything else true; written as 0 or 1 */
    CLW_I8,
    CLW_I16,
    CLW_I32,
    CLW_I64,
    CLW_U8,
    CLW_U16,
    CLW_U32,
    CLW_U64,
    CLW_F16,  /* IEEE 754 binary16, computed in f32 and rounded once */
    CLW_BF16, /* the upper half of an f32, computed in f32 and rounded once */
    CLW_F32,
    CLW_F64,
    CLW_C64,  /* two f32: real, imaginary */
    CLW_C128, /* two f64 */
    CLW_DTYPE_COUNT
} clw_dtype;

CLW_API const char *clw_dtype_name(clw_dtype dtype); /* "f32"; "?" for a number that is none */
CLW_API size_t clw_dtype_size(clw_dtype dtype);      /* bytes of an element; 0 if none */
/* The dtype called so ("f32", "bool"), or CLW_DTYPE_COUNT. */
CLW_API clw_dtype clw_dtype_from_name(const char *name);

typedef enum clw_casting {
    CLW_CASTING_DEFAULT, /* same_kind */
    CLW_CASTING_NO,
    CLW_CASTING_EQUIV,
    CLW_CASTING_SAFE,
    CLW_CASTING_SAME_KIND,
    CLW_CASTING_UNSAFE
} clw_casting;

/* 1 if the rule allows the cast, else 0. NumPy's rules, with bf16 beside f16. */
CLW_API int clw_can_cast(clw_dtype from, clw_dtype to, clw_casting casting);

/* ---- Operands ---- */

typedef struct clw_context clw_context;
typedef struct clw_array clw_array;
typedef struct clw_op clw_op;
typedef struct clw_plan clw_plan;

#define CLW_MAX_NDIM 32

typedef enum clw_scalar_kind {
    CLW_SCALAR_NONE,
    CLW_SCALAR_BOOL, /* value.i, 0 or not */
    CLW_SCALAR_INT,  /* value.i */
    CLW_SCALAR_UINT, /* value.u */
    CLW_SCALAR_FLOAT,
    CLW_SCALAR_COMPLEX
} clw_scalar_kind;

/* A number of the host. As an operand it is weak: beside an array it takes the array's dtype within
 * its category, as a Python number does in NumPy 2. */
typedef struct clw_scalar {
    clw_scalar_kind kind;
    union {
        int64_t i;
        uint64_t u;
        double f;
        double c[2]; /* real, imaginary */
    } value;
} clw_scalar;

/* An array, or a weak scalar if `array` is NULL. Borrows the array. */
typedef struct clw_operand {
    const clw_array *array;
    clw_scalar scalar;
} clw_operand;

static inline clw_operand clw_operand_array(const clw_array *array)
{
    clw_operand operand = {array, {CLW_SCALAR_NONE, {0}}};
    return operand;
}

static inline clw_operand clw_operand_bool(int value)
{
    clw_operand operand = {NULL, {CLW_SCALAR_BOOL, {value != 0}}};
    return operand;
}

static inline clw_operand clw_operand_int(int64_t value)
{
    clw_operand operand = {NULL, {CLW_SCALAR_INT, {value}}};
    return operand;
}

static inline clw_operand clw_operand_uint(uint64_t value)
{
    clw_operand operand = {NULL, {CLW_SCALAR_UINT, {0}}};
    operand.scalar.value.u = value;
    return operand;
}

static inline clw_operand clw_operand_float(double value)
{
    clw_operand operand = {NULL, {CLW_SCALAR_FLOAT, {0}}};
    operand.scalar.value.f = value;
    return operand;
}

static inline clw_operand clw_operand_complex(double real, double imaginary)
{
    clw_operand operand = {NULL, {CLW_SCALAR_COMPLEX, {0}}};
    operand.scalar.value.c[0] = real;
    operand.scalar.value.c[1] = imaginary;
    return operand;
}

#define CLW_ARRAY(a) clw_operand_array(a)
#define CLW_BOOLEAN(x) clw_operand_bool(x)
#define CLW_INT(x) clw_operand_int(x)
#define CLW_UINT(x) clw_operand_uint(x)
#define CLW_FLOAT(x) clw_operand_float(x)
#define CLW_COMPLEX(re, im) clw_operand_complex(re, im)

/* CLW_SHAPE(2, 3) is the two arguments "ndim, shape" of a call; for 0-d write 0, NULL. */
#ifdef __cplusplus
#define CLW_SHAPE(...)                                                                             \
    static_cast<int>(std::initializer_list<int64_t>{__VA_ARGS__}.size()),                          \
        std::initializer_list<int64_t>{__VA_ARGS__}.begin()
#else
#define CLW_SHAPE(...)                                                                             \
    (int)(sizeof((const int64_t[]){__VA_ARGS__}) / sizeof(int64_t)), (const int64_t[])             \
    {                                                                                              \
        __VA_ARGS__                                                                                \
    }
#endif

/* ---- Context ---- */

typedef enum clw_promotion { CLW_PROMOTION_NUMPY, CLW_PROMOTION_TORCH } clw_promotion;

typedef enum clw_fp64_policy {
    CLW_FP64_STRICT, /* f64 on a device without it is CLW_ERROR_UNSUPPORTED */
    CLW_FP64_DEMOTE  /* there f64 computes in f32 and c128 in c64, also as result dtype; logged once
                      */
} clw_fp64_policy;

typedef enum clw_log_level { CLW_LOG_DEBUG, CLW_LOG_INFO, CLW_LOG_WARNING } clw_log_level;

/* Called with one line, borrowed, from whichever thread has something to say. It must not call
 * back into the library with the same context. */
typedef void (*clw_log_fn)(void *data, clw_log_level level, const char *line);

/* The library's own memory. Both functions must be safe from any thread. `allocate` returns memory
 * aligned for any type, or NULL. `release` never gets NULL. */
typedef struct clw_allocator {
    void *(*allocate)(size_t bytes, void *data);
    void (*release)(void *memory, void *data);
    void *data;
} clw_allocator;

typedef struct clw_config {
    size_t struct_size;
    /* "gpu", "cpu", "P:D" (platform and device index), or part of a platform's or device's name;
     * "none": no device, for planning only. NULL: $CLWISE_DEVICE, else the best. */
    const char *device;
    const char *cache_dir; /* NULL: $CLWISE_CACHE_DIR or the default folder; "": no disk cache */
    uint64_t cache_limit;  /* bytes on disk; 0: 256 MiB */
    clw_promotion promotion;
    clw_fp64_policy fp64;
    clw_log_fn log; /* NULL: silent */
    void *log_data;
    const clw_allocator *allocator; /* NULL: malloc and free; copied */
    uint64_t pool_limit; /* bytes of released device memory that are kept for new arrays; 0: a
                          * quarter of the device's memory; 1: none, and sizes are exact */
    const char *record;  /* a file to which calls that need another kernel are appended, a line
                          * each, for clw_warm and `clwise warm`; NULL: $CLWISE_RECORD; "": none */
    int async_build;     /* 1: a call of an op of the registry whose kernel is neither in memory nor
                          * on disk runs on a kernel for any layout, if there is one for that op and
                          * those dtypes, while a thread of the context builds its own; the bits are
                          * the same. Plans, and expressions, wait for theirs. Only on CPU devices
                          * whose work-items loop, such as PoCL's. */
} clw_config;

CLW_API void clw_config_init(clw_config *config); /* struct_size and defaults */

/* A context is one device with its queue, ops, kernels and caches. NULL config: defaults. The
 * config is borrowed. On success *out has one reference. NO_DEVICE, NOT_FOUND, DEVICE, FORKED,
 * MEMORY. */
CLW_API CLW_MUST_CHECK clw_status clw_context_create(const clw_config *config, clw_context **out,
                                                     clw_error *error);
CLW_API clw_context *clw_context_retain(clw_context *context);
/* The last release of a context waits for its queue. Arrays, ops and plans hold references. */
CLW_API void clw_context_release(clw_context *context);
/* Waits until all queued work of the context is done. DEVICE, FORKED. */
CLW_API CLW_MUST_CHECK clw_status clw_finish(clw_context *context, clw_error *error);

/* Device memory of a context's own: arrays over memory of the caller's are not counted. Memory is
 * made in sizes up to an eighth larger than asked for, at least 64 bytes. Once released it is
 * pooled: new arrays take it. What has been pooled longest is freed first when
 * clw_config.pool_limit is reached, and all of it when the device has no other memory left. */
typedef struct clw_memory_stats {
    size_t struct_size;
    uint64_t in_use; /* bytes that arrays hold */
    uint64_t pooled; /* bytes that are kept for new arrays */
    uint64_t peak;   /* the most that both have been together */
    uint64_t hits;   /* new arrays with elements that took pooled memory */
    uint64_t misses; /* new arrays with elements that did not */
} clw_memory_stats;

/* Fills *stats as far as its struct_size says; that must be set. All are 0 for device "none". */
CLW_API CLW_MUST_CHECK clw_status clw_context_memory(clw_context *context, clw_memory_stats *stats,
                                                     clw_error *error);
/* Gives pooled memory back to the device until at most `keep` bytes are pooled. FORKED. */
CLW_API CLW_MUST_CHECK clw_status clw_context_trim(clw_context *context, uint64_t keep,
                                                   clw_error *error);

/* What is measured of a device, once for it and its driver, and kept in the disk cache, from where
 * it may be deleted. Members that are 0 are not known yet, and what is usual is taken instead. */
typedef struct clw_device_profile {
    size_t struct_size;
    double crossover; /* seconds of work from which the second tier is left; 0 with one tier */
    int64_t streamed; /* bytes of a call's arrays from which outputs are stored past the caches;
                       * INT64_MAX: never */
    int64_t run;      /* elements, the least that a work-item walks */
    int64_t tile;     /* bytes of a row of a tile of a transposed operand */
} clw_device_profile;

/* Fills *profile as far as its struct_size says; that must be set. */
CLW_API CLW_MUST_CHECK clw_status clw_context_profile(clw_context *context,
                                                      clw_device_profile *profile,
                                                      clw_error *error);
/* Measures the device anew, in less than a second. Without it, what large calls ask for is measured
 * when the first of them is planned, unless there is no disk cache. DEVICE, FORKED, NO_DEVICE, ...
 */
CLW_API CLW_MUST_CHECK clw_status clw_context_tune(clw_context *context, clw_error *error);

/* ---- Arrays ---- */

/* Called once when the library no longer needs wrapped memory, from any thread. */
typedef void (*clw_release_fn)(void *data, void *arg);

/* A new array in C order whose elements are undefined. ndim 0 to CLW_MAX_NDIM; an extent of 0 is
 * fine. ARGUMENT, OVERFLOW, DEVICE_MEMORY, MEMORY. */
CLW_API CLW_MUST_CHECK clw_status clw_array_empty(clw_context *context, clw_dtype dtype, int ndim,
                                                  const int64_t *shape, clw_array **out,
                                                  clw_error *error);

/* A new array in C order with the elements at `data`, which are copied before it returns. `data` is
 * the element at index 0; strides (NULL: C order) may be of any sign. */
CLW_API CLW_MUST_CHECK clw_status clw_array_from_host(clw_context *context, clw_dtype dtype,
                                                      int ndim, const int64_t *shape,
                                                      const int64_t *strides, const void *data,
                                                      clw_array **out, clw_error *error);

/* An array over `bytes` bytes of the caller's memory, element 0 at `data`. Where the device shares
 * the host's memory nothing is copied, then or later, and results are in `data` after clw_finish;
 * elsewhere the memory is copied in now and results come back by clw_array_read. The memory is
 * borrowed until `release` (may be NULL) is called with it; that happens after the last use, and
 * not at all if this call fails. BOUNDS if an element lies outside. */
CLW_API CLW_MUST_CHECK clw_status clw_array_wrap_host(clw_context *context, clw_dtype dtype,
                                                      int ndim, const int64_t *shape,
                                                      const int64_t *strides, void *data,
                                                      size_t bytes, clw_release_fn release,
                                                      void *arg, clw_array **out, clw_error *error);

/* Another array over the same memory. `offset` is from element 0 of `base`; strides NULL: C order.
 * The view holds the memory. BOUNDS if an element lies outside of it. */
CLW_API CLW_MUST_CHECK clw_status clw_array_view(const clw_array *base, int ndim,
                                                 const int64_t *shape, const int64_t *strides,
                                                 int64_t offset, clw_array **out, clw_error *error);

/* Waits for the array and copies its elements to `dst` in C order; `bytes` is the size of dst and
 * must be exactly that of the elements. */
CLW_API CLW_MUST_CHECK clw_status clw_array_read(const clw_array *array, void *dst, size_t bytes,
                                                 clw_error *error);
/* Copies elements in C order from `src` (exactly `bytes` bytes) into the array, after all work that
 * is queued. OVERLAP if elements of the array share memory. */
CLW_API CLW_MUST_CHECK clw_status clw_array_write(clw_array *array, const void *src, size_t bytes,
                                                  clw_error *error);
CLW_API clw_array *clw_array_retain(clw_array *array);
CLW_API void clw_array_release(clw_array *array); /* legal right after a call that uses it */
CLW_API clw_dtype clw_array_dtype(const clw_array *array);
CLW_API int clw_array_ndim(const clw_array *array);
CLW_API const int64_t *clw_array_shape(const clw_array *array);   /* lives as long as the array */
CLW_API const int64_t *clw_array_strides(const clw_array *array); /* bytes; likewise */

/* ---- Ops ---- */

/* Built-in or loaded op by name or alias; NULL if there is none. Borrowed from the context, where
 * it stays until the context ends, also when its file is loaded again. */
CLW_API const clw_op *clw_op_find(clw_context *context, const char *name_or_alias);
/* Loads an op file, or every *.cl file of a folder, into the context: all of them or none. A file
 * that is loaded again replaces its ops, a folder those of all files in it: clw_op_find and
 * clw_eval then take the new ones; ops and plans that are held stay as they are. IO, SYNTAX (file
 * and line), ARGUMENT for a name that is taken (names both files) or ops that call each other in a
 * circle, NOT_FOUND for an op to call. */
CLW_API CLW_MUST_CHECK clw_status clw_ops_load(clw_context *context, const char *file_or_folder,
                                               clw_error *error);
/* One op from op-file text, outside the registry. Copies the text. */
CLW_API CLW_MUST_CHECK clw_status clw_op_define(clw_context *context, const char *source,
                                                clw_op **out, clw_error *error);
/* One op from an expression such as "where(m, (a - b) * 2.5, 0)"; its inputs are the names in it,
 * in order of first appearance, up to 1024, for up to 16,384 operations. What one kernel does not
 * take runs as several, with temporaries. SYNTAX, NOT_FOUND, MEMORY. */
CLW_API CLW_MUST_CHECK clw_status clw_op_from_expression(clw_context *context, const char *text,
                                                         clw_op **out, clw_error *error);
CLW_API clw_op *clw_op_retain(clw_op *op); /* for ops of clw_op_define and clw_op_from_expression */
CLW_API void clw_op_release(clw_op *op);

/* The ops of the registry in order of their names: 0 <= index < count. */
CLW_API int clw_op_count(clw_context *context);
CLW_API const clw_op *clw_op_at(clw_context *context, int index);

/* Facts about an op; strings live as long as the op; NULL or 0 for an index out of range. */
CLW_API const char *clw_op_name(const clw_op *op);
CLW_API const char *clw_op_doc(const clw_op *op); /* one sentence */
CLW_API int clw_op_input_count(const clw_op *op);
CLW_API int clw_op_output_count(const clw_op *op);
CLW_API const char *clw_op_input_name(const clw_op *op, int index);
CLW_API const char *clw_op_output_name(const clw_op *op, int index);
CLW_API int clw_op_alias_count(const clw_op *op);
CLW_API const char *clw_op_alias(const clw_op *op, int index);
CLW_API int clw_op_param_count(const clw_op *op);
CLW_API const char *clw_op_param_name(const clw_op *op, int index);
CLW_API const char *clw_op_param_default(const clw_op *op, int index); /* as written */
/* Where an element stands, as the body asks for it (`index`); an expression has those of all its
 * operations. The axis is counted from the first, or, negative, from the last; INT_MAX (of
 * limits.h): the place in C order (`flat`); 0 for an index out of range. */
CLW_API int clw_op_position_count(const clw_op *op);
CLW_API const char *clw_op_position_name(const clw_op *op, int index);
CLW_API int clw_op_position_axis(const clw_op *op, int index);
CLW_API int clw_op_callee_count(const clw_op *op); /* other ops that the body calls (`call`) */
CLW_API const char *clw_op_callee_name(const clw_op *op, int index); /* as written */
CLW_API int clw_op_loop_count(const clw_op *op);
/* Dtypes of loop `index`: inputs, then outputs, into `dtypes` (room for capacity). Returns how many
 * there are, 0 for an index out of range. */
CLW_API int clw_op_loop(const clw_op *op, int index, clw_dtype *dtypes, int capacity);
CLW_API const char *clw_op_ulp(const clw_op *op); /* stated bounds "f32 0.5  f64 0.5", or "" */

/* ---- Calls ---- */

typedef struct clw_param {
    const char *name;
    clw_scalar value;
} clw_param;

typedef struct clw_call_options {
    size_t struct_size;
    clw_casting casting; /* which casts into a given output, or forced by `dtype`, are allowed */
    int has_dtype;
    clw_dtype dtype;        /* compute in the loop whose output has this dtype; an expression
                             * has casts in its text instead */
    const clw_array *where; /* bool, broadcast: elements of the output to write; NULL: all.
                             * Elements of a new output that are not written are undefined. */
    const clw_param *params;
    int nparams;
    int64_t origin; /* where the result lies along axis 0 of a larger one, of which it is a block:
                     * what an op's `index` counts from */
} clw_call_options;

CLW_API void clw_call_options_init(clw_call_options *options);

/* Applies the op to the operands. out[i] NULL: a new array, the caller's; given: written in place,
 * and its shape must be the broadcast shape. Returns when the work is queued. Inputs and outputs
 * may overlap: the result is as if inputs had been copied first. NULL options: defaults.
 * ARGUMENT, SHAPE, DTYPE, CAST, RANGE, OVERLAP, NOT_FOUND, BUILD, UNSUPPORTED, DEVICE, ... */
CLW_API CLW_MUST_CHECK clw_status clw_call(clw_context *context, const clw_op *op,
                                           const clw_operand *in, int nin, clw_array **out,
                                           int nout, const clw_call_options *options,
                                           clw_error *error);

/* Evaluates an expression of one result: after `error` come pairs of name and array (const char *,
 * const clw_array *), then NULL. An array that is also *out is read before it is written. The
 * context keeps the texts that were used last, parsed. */
CLW_API CLW_MUST_CHECK CLW_SENTINEL clw_status clw_eval(clw_context *context,
                                                        const char *expression, clw_array **out,
                                                        clw_error *error, ...);

/* Result dtypes of clw_call with these operands, into out[0..nout). */
CLW_API CLW_MUST_CHECK clw_status clw_result_type(clw_context *context, const clw_op *op,
                                                  const clw_operand *in, int nin, clw_dtype *out,
                                                  int nout, clw_error *error);

/* The broadcast shape of n shapes. SHAPE if there is none, OVERFLOW, ARGUMENT. */
CLW_API CLW_MUST_CHECK clw_status clw_broadcast_shapes(int n, const int *ndims,
                                                       const int64_t *const *shapes, int *ndim,
                                                       int64_t shape[CLW_MAX_NDIM],
                                                       clw_error *error);

/* ---- Plans ---- */

/* Everything of clw_call but the execution, for these dtypes, shapes and strides and any buffers;
 * values of scalar operands and parameters may change too, their kinds may not. out[i] NULL: the
 * plan is for a new array in C order. The kernel is built now. The plan retains context and op. */
CLW_API CLW_MUST_CHECK clw_status clw_plan_create(clw_context *context, const clw_op *op,
                                                  const clw_operand *in, int nin,
                                                  clw_array *const *out, int nout,
                                                  const clw_call_options *options, clw_plan **plan,
                                                  clw_error *error);
/* Runs the plan on operands of the planned geometry; every output must be given. The `where` array
 * and the parameters are those of clw_plan_create. ARGUMENT if the geometry differs. */
CLW_API CLW_MUST_CHECK clw_status clw_plan_execute(const clw_plan *plan, const clw_operand *in,
                                                   clw_array *const *out, clw_error *error);
/* The OpenCL C text, the readable key, and a few lines that tell the coalesced geometry. They live
 * as long as the plan. Those of a plan of several kernels come one after the other, a key a line.
 */
CLW_API const char *clw_plan_source(const clw_plan *plan);
CLW_API const char *clw_plan_key(const clw_plan *plan);
CLW_API const char *clw_plan_geometry(const clw_plan *plan);
/* The dtype and shape of output `index`; CLW_DTYPE_COUNT, NULL for an index out of range. */
CLW_API clw_dtype clw_plan_output_dtype(const clw_plan *plan, int index);
CLW_API const int64_t *clw_plan_output_shape(const clw_plan *plan, int *ndim);
CLW_API void clw_plan_destroy(clw_plan *plan);

typedef enum clw_kernel_origin {
    CLW_KERNEL_NONE,     /* a zero-size call needs no kernel */
    CLW_KERNEL_MEMORY,   /* was in the context */
    CLW_KERNEL_DISK,     /* a verified binary from the disk cache */
    CLW_KERNEL_COMPILED, /* built from source */
} clw_kernel_origin;

typedef struct clw_plan_info {
    size_t struct_size;
    clw_kernel_origin origin; /* where this plan's kernel came from */
    double build_seconds;     /* time to get it */
} clw_plan_info;
CLW_API void clw_plan_get_info(const clw_plan *plan, clw_plan_info *info);

/* Builds the kernels that the call of a line of clw_config.record would need, on this device, for
 * each of its tiers that may run it, and keeps them in the disk cache; no memory of the call's size
 * is used. *origin (may be NULL) tells where they were, NONE for a call of no elements. SYNTAX for
 * a line that is none, NOT_FOUND for an op that is not loaded, and what clw_plan_create may return.
 */
CLW_API CLW_MUST_CHECK clw_status clw_warm(clw_context *context, const char *line,
                                           clw_kernel_origin *origin, clw_error *error);
/* The same for several lines. Where the driver allows, four kernels at a time are one program,
 * which takes a driver less time than four: the disk cache has it once. `origins` (may be NULL) has
 * room for `count`. Fails at the first line that does; what was built before it is kept. */
CLW_API CLW_MUST_CHECK clw_status clw_warm_lines(clw_context *context, const char *const *lines,
                                                 int count, clw_kernel_origin *origins,
                                                 clw_error *error);

/* ---- Devices ---- */

typedef struct clw_device_info {
    size_t struct_size;
    int platform, device; /* indices, as in "P:D" */
    char platform_name[128], platform_version[128];
    char device_name[256], vendor[128], driver[128], opencl_c[64];
    int is_cpu, is_gpu;
    int fp64, fp16;     /* the device computes in f64, f16 */
    int subnormals;     /* f32 subnormals are kept */
    int rounded_divide; /* f32 / and sqrt are reported as correctly rounded */
    int compute_units;
    int address_bits;
    uint64_t global_memory, largest_buffer; /* bytes */
    int chosen;                             /* 1: clw_context_create would take it for `device` */
    char reason[128];                       /* why, or why not */
    int tiers; /* 2: small calls run in the calling thread, by a driver of their own; else 1 */
} clw_device_info;

/* Fills infos[0..min(count, capacity)) with the devices of all platforms and sets *count to how
 * many there are; each info's struct_size must be set. `device` as in clw_config. A platform
 * without a device, or none at all, is not an error: *count is then 0. */
CLW_API CLW_MUST_CHECK clw_status clw_devices(const char *device, clw_device_info *infos,
                                              int capacity, int *count, clw_error *error);
/* The device of a context. CLW_ERROR_NO_DEVICE for device "none". */
CLW_API CLW_MUST_CHECK clw_status clw_context_device(clw_context *context, clw_device_info *info,
                                                     clw_error *error);

/* ---- The disk cache ---- */

typedef struct clw_cache_entry {
    const char *file;    /* name within the folder */
    const char *key;     /* first line of the key text: the plan key; "" if the entry is bad */
    const char *problem; /* NULL: the entry is good; else what is wrong with it */
    uint64_t bytes;
    int64_t used; /* seconds since 1970 of its last use */
} clw_cache_entry;

typedef void (*clw_cache_fn)(void *data, const clw_cache_entry *entry); /* the entry is borrowed */

/* The folder for a config's `cache_dir`, into path[0..bytes); "" if there is none. */
CLW_API CLW_MUST_CHECK clw_status clw_cache_path(const char *cache_dir, char *path, size_t bytes,
                                                 clw_error *error);
/* Reads and verifies every entry, in order of file names. A folder that is absent has none. */
CLW_API CLW_MUST_CHECK clw_status clw_cache_visit(const char *cache_dir, clw_cache_fn visit,
                                                  void *data, clw_error *error);
/* Removes entries (only bad ones if `only_bad`) and stale temporaries; *removed may be NULL. */
CLW_API CLW_MUST_CHECK clw_status clw_cache_purge(const char *cache_dir, int only_bad, int *removed,
                                                  clw_error *error);

#ifdef __cplusplus
}
#endif

#ifndef CLWISE_NO_OPS
#include <clwise/clwise_ops.h>
#endif

#endif
