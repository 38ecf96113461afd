/* The calls of this driver. */
#ifndef TESTS_STUB_TABLE_H
#define TESTS_STUB_TABLE_H

#include <CL/cl.h>

cl_int stub_clIcdGetPlatformIDsKHR(cl_uint room, cl_platform_id *platforms, cl_uint *count);
cl_int stub_clGetPlatformInfo(cl_platform_id platform, cl_platform_info what, size_t room, void *to,
                              size_t *needed);
cl_int stub_clGetDeviceIDs(cl_platform_id platform, cl_device_type type, cl_uint room,
                           cl_device_id *devices, cl_uint *count);
cl_int stub_clGetDeviceInfo(cl_device_id id, cl_device_info what, size_t room, void *to,
                            size_t *needed);
cl_context stub_clCreateContext(const cl_context_properties *properties, cl_uint count,
                                const cl_device_id *devices,
                                void (*notify)(const char *, const void *, size_t, void *),
                                void *data, cl_int *told);
cl_int stub_clRetainContext(cl_context context);
cl_int stub_clReleaseContext(cl_context context);
cl_command_queue stub_clCreateCommandQueue(cl_context context, cl_device_id device,
                                           cl_command_queue_properties properties, cl_int *told);
cl_int stub_clRetainCommandQueue(cl_command_queue queue);
cl_int stub_clReleaseCommandQueue(cl_command_queue queue);
cl_int stub_clGetCommandQueueInfo(cl_command_queue queue, cl_command_queue_info what, size_t room,
                                  void *to, size_t *needed);
cl_int stub_clFlush(cl_command_queue queue);
cl_int stub_clFinish(cl_command_queue queue);
cl_mem stub_clCreateBuffer(cl_context context, cl_mem_flags flags, size_t size, void *host,
                           cl_int *told);
cl_int stub_clRetainMemObject(cl_mem memory);
cl_int stub_clReleaseMemObject(cl_mem memory);
cl_int stub_clGetMemObjectInfo(cl_mem memory, cl_mem_info what, size_t room, void *to,
                               size_t *needed);
cl_int stub_clEnqueueReadBuffer(cl_command_queue queue, cl_mem memory, cl_bool waits, size_t offset,
                                size_t size, void *to, cl_uint count, const cl_event *before,
                                cl_event *event);
cl_int stub_clEnqueueWriteBuffer(cl_command_queue queue, cl_mem memory, cl_bool waits,
                                 size_t offset, size_t size, const void *from, cl_uint count,
                                 const cl_event *before, cl_event *event);
cl_int stub_clEnqueueFillBuffer(cl_command_queue queue, cl_mem memory, const void *pattern,
                                size_t pattern_size, size_t offset, size_t size, cl_uint count,
                                const cl_event *before, cl_event *event);
cl_int stub_clEnqueueNDRangeKernel(cl_command_queue queue, cl_kernel kernel, cl_uint rank,
                                   const size_t *offset, const size_t *global, const size_t *local,
                                   cl_uint count, const cl_event *before, cl_event *event);
cl_int stub_clEnqueueMarkerWithWaitList(cl_command_queue queue, cl_uint count,
                                        const cl_event *before, cl_event *event);
cl_int stub_clWaitForEvents(cl_uint count, const cl_event *events);
cl_int stub_clGetEventInfo(cl_event event, cl_event_info what, size_t room, void *to,
                           size_t *needed);
cl_int stub_clReleaseEvent(cl_event event);
cl_program stub_clCreateProgramWithSource(cl_context context, cl_uint count, const char **texts,
                                          const size_t *lengths, cl_int *told);
cl_program stub_clCreateProgramWithBinary(cl_context context, cl_uint count,
                                          const cl_device_id *devices, const size_t *lengths,
                                          const unsigned char **binaries, cl_int *status,
                                          cl_int *told);
cl_int stub_clRetainProgram(cl_program program);
cl_int stub_clReleaseProgram(cl_program program);
cl_int stub_clBuildProgram(cl_program program, cl_uint count, const cl_device_id *devices,
                           const char *options, void (*notify)(cl_program, void *), void *data);
cl_int stub_clGetProgramBuildInfo(cl_program program, cl_device_id device,
                                  cl_program_build_info what, size_t room, void *to,
                                  size_t *needed);
cl_int stub_clGetProgramInfo(cl_program program, cl_program_info what, size_t room, void *to,
                             size_t *needed);
cl_kernel stub_clCreateKernel(cl_program program, const char *name, cl_int *told);
cl_int stub_clReleaseKernel(cl_kernel kernel);
cl_int stub_clSetKernelArg(cl_kernel kernel, cl_uint index, size_t size, const void *value);

#endif
