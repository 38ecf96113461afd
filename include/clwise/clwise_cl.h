/* clwise beside OpenCL code of your own: lend and adopt OpenCL objects. */
#ifndef CLWISE_CLWISE_CL_H
#define CLWISE_CLWISE_CL_H

#ifndef CL_TARGET_OPENCL_VERSION
#define CL_TARGET_OPENCL_VERSION 120
#endif
#include <CL/cl.h>
#include <clwise/clwise.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A clwise context over an OpenCL context, device and in-order queue of the caller; all three are
 * retained. `config->device` is not looked at. ARGUMENT if the queue is out of order or of another
 * context or device. */
CLW_API CLW_MUST_CHECK clw_status clw_context_adopt_cl(const clw_config *config, cl_context cl,
                                                       cl_device_id device, cl_command_queue queue,
                                                       clw_context **out, clw_error *error);

/* An array over a buffer of the caller, which is retained; element 0 is `offset` bytes into it.
 * strides NULL: C order. BOUNDS if an element lies outside. */
CLW_API CLW_MUST_CHECK clw_status clw_array_adopt_cl(clw_context *context, clw_dtype dtype,
                                                     int ndim, const int64_t *shape,
                                                     const int64_t *strides, int64_t offset,
                                                     cl_mem buffer, clw_array **out,
                                                     clw_error *error);

/* The OpenCL objects behind clwise's; borrowed, alive as long as the clwise object. `offset` gets
 * the bytes from the start of the buffer to element 0. NULL for a zero-size array or device "none".
 * Memory that clw_array_cl has told is not pooled: whoever retains it has it for himself once the
 * array is released. Work of yours on the queue is in order with the context's calls: from the
 * first clw_context_cl_queue on all of them go there, small ones too, which a device of two tiers
 * otherwise runs at once. */
CLW_API cl_context clw_context_cl(clw_context *context);
CLW_API cl_device_id clw_context_cl_device(clw_context *context);
CLW_API cl_command_queue clw_context_cl_queue(clw_context *context);
CLW_API cl_mem clw_array_cl(const clw_array *array, int64_t *offset);

#ifdef __cplusplus
}
#endif

#endif
