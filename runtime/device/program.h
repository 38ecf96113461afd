/* Programs: from source or from a binary, for the one device `id` that will run them. */
#ifndef CLWISE_DEVICE_PROGRAM_H
#define CLWISE_DEVICE_PROGRAM_H

#include "runtime/device/device.h"

/* BUILD with the compiler's first words, DEVICE, MEMORY. */
clw_status program_from_source(struct device *device, cl_device_id id, const char *source,
                               size_t length, cl_program *out, clw_error *error);
/* NULL if the driver does not take the binary. */
cl_program program_from_binary(struct device *device, cl_device_id id, const void *binary,
                               size_t length);
/* The program's binary, to be freed with the device's allocator; NULL if it cannot be had. */
void *program_binary(struct device *device, cl_device_id id, cl_program program, size_t *length);

#endif
