/* OpenCL for the device floor, and its errors in words. */
#ifndef CLWISE_DEVICE_CL_H
#define CLWISE_DEVICE_CL_H

#define CL_TARGET_OPENCL_VERSION 120
#include <CL/cl.h>

#include "runtime/base/error.h"

const char *cl_error_name(cl_int code); /* "CL_OUT_OF_RESOURCES" */
/* Fills the error with `what` and the code's name; the status fits the code. */
clw_status fail_cl(clw_error *error, cl_int code, const char *what);

#endif
