/* The table that the loader calls through, and how it finds it. */
#include <string.h>

#include "tests/stub/object.h"
#include "tests/stub/table.h"

const cl_icd_dispatch stub_dispatch = {
    .clGetPlatformInfo = stub_clGetPlatformInfo,
    .clGetDeviceIDs = stub_clGetDeviceIDs,
    .clGetDeviceInfo = stub_clGetDeviceInfo,
    .clCreateContext = stub_clCreateContext,
    .clRetainContext = stub_clRetainContext,
    .clReleaseContext = stub_clReleaseContext,
    .clCreateCommandQueue = stub_clCreateCommandQueue,
    .clRetainCommandQueue = stub_clRetainCommandQueue,
    .clReleaseCommandQueue = stub_clReleaseCommandQueue,
    .clGetCommandQueueInfo = stub_clGetCommandQueueInfo,
    .clFlush = stub_clFlush,
    .clFinish = stub_clFinish,
    .clCreateBuffer = stub_clCreateBuffer,
    .clRetainMemObject = stub_clRetainMemObject,
    .clReleaseMemObject = stub_clReleaseMemObject,
    .clGetMemObjectInfo = stub_clGetMemObjectInfo,
    .clEnqueueReadBuffer = stub_clEnqueueReadBuffer,
    .clEnqueueWriteBuffer = stub_clEnqueueWriteBuffer,
    .clEnqueueFillBuffer = stub_clEnqueueFillBuffer,
    .clEnqueueNDRangeKernel = stub_clEnqueueNDRangeKernel,
    .clEnqueueMarkerWithWaitList = stub_clEnqueueMarkerWithWaitList,
    .clWaitForEvents = stub_clWaitForEvents,
    .clGetEventInfo = stub_clGetEventInfo,
    .clReleaseEvent = stub_clReleaseEvent,
    .clCreateProgramWithSource = stub_clCreateProgramWithSource,
    .clCreateProgramWithBinary = stub_clCreateProgramWithBinary,
    .clRetainProgram = stub_clRetainProgram,
    .clReleaseProgram = stub_clReleaseProgram,
    .clBuildProgram = stub_clBuildProgram,
    .clGetProgramBuildInfo = stub_clGetProgramBuildInfo,
    .clGetProgramInfo = stub_clGetProgramInfo,
    .clCreateKernel = stub_clCreateKernel,
    .clReleaseKernel = stub_clReleaseKernel,
    .clSetKernelArg = stub_clSetKernelArg,
};

/* What the loader asks for by name. */
STUB_API void *clGetExtensionFunctionAddress(const char *name)
{
    cl_int (*const platforms)(cl_uint, cl_platform_id *, cl_uint *) = stub_clIcdGetPlatformIDsKHR;
    cl_int (*const info)(cl_platform_id, cl_platform_info, size_t, void *, size_t *) =
        stub_clGetPlatformInfo;
    void *address = NULL;
    if (strcmp(name, "clIcdGetPlatformIDsKHR") == 0)
        memcpy(&address, &platforms, sizeof address);
    else if (strcmp(name, "clGetPlatformInfo") == 0)
        memcpy(&address, &info, sizeof address);
    return address;
}
