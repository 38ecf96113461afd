/* Programs and kernels. A program's binary is its source, behind a mark. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/stub/object.h"
#include "tests/stub/table.h"

static const char mark[] = "stub\n";
enum { MARKED = sizeof mark - 1 };
static const char build_log[] = "stub.cl:1:1: error: the test wants it so\n";

static void tell(cl_int *to, cl_int code)
{
    if (to)
        *to = code;
}

static cl_program make(const char *function, cl_context context, const char *source, size_t length,
                       cl_int *told)
{
    cl_int code = fault_now(function);
    cl_program program = code ? NULL : object_new(STUB_PROGRAM, sizeof *program);
    if (program) {
        program->context = context;
        object_retain(context);
        program->source = malloc(length + 1);
        program->length = length;
    }
    if (program && program->source) {
        memcpy(program->source, source, length);
        program->source[length] = '\0';
    } else if (program) {
        stub_clReleaseProgram(program);
        program = NULL;
    }
    if (!program && !code)
        code = CL_OUT_OF_HOST_MEMORY;
    tell(told, code);
    return program;
}

cl_program stub_clCreateProgramWithSource(cl_context context, cl_uint count, const char **texts,
                                          const size_t *lengths, cl_int *told)
{
    if (count != 1) {
        tell(told, CL_INVALID_VALUE);
        return NULL;
    }
    return make("clCreateProgramWithSource", context, texts[0],
                lengths && lengths[0] ? lengths[0] : strlen(texts[0]), told);
}

/* Damaged bytes would have killed the process of a real driver; here they are told. */
cl_program stub_clCreateProgramWithBinary(cl_context context, cl_uint count,
                                          const cl_device_id *devices, const size_t *lengths,
                                          const unsigned char **binaries, cl_int *status,
                                          cl_int *told)
{
    (void)count, (void)devices;
    const char *binary = (const char *)binaries[0];
    if (lengths[0] < MARKED || memcmp(binary, mark, MARKED) != 0) {
        fprintf(stderr, "stub: a damaged binary reached the driver\n");
        abort();
    }
    cl_program program =
        make("clCreateProgramWithBinary", context, binary + MARKED, lengths[0] - MARKED, told);
    tell(status, program ? CL_SUCCESS : CL_INVALID_BINARY);
    return program;
}

cl_int stub_clRetainProgram(cl_program program)
{
    const cl_int code = fault_now("clRetainProgram");
    if (!code)
        object_retain(program);
    return code;
}

cl_int stub_clReleaseProgram(cl_program program)
{
    if (object_release(program)) {
        stub_clReleaseContext(program->context);
        free(program->source);
        free(program);
    }
    return CL_SUCCESS;
}

cl_int stub_clBuildProgram(cl_program program, cl_uint count, const cl_device_id *devices,
                           const char *options, void (*notify)(cl_program, void *), void *data)
{
    (void)count, (void)devices, (void)options, (void)notify, (void)data;
    const cl_int code = fault_now("clBuildProgram");
    if (!code && device_pretended()->lacks_compiler)
        return CL_COMPILER_NOT_AVAILABLE;
    program->is_built = !code;
    return code;
}

cl_int stub_clGetProgramBuildInfo(cl_program program, cl_device_id device,
                                  cl_program_build_info what, size_t room, void *to, size_t *needed)
{
    (void)device;
    const cl_int code = fault_now("clGetProgramBuildInfo");
    if (code)
        return code;
    return what == CL_PROGRAM_BUILD_LOG
               ? give_info(program->is_built ? "" : build_log,
                           program->is_built ? 1 : sizeof build_log, room, to, needed)
               : CL_INVALID_VALUE;
}

cl_int stub_clGetProgramInfo(cl_program program, cl_program_info what, size_t room, void *to,
                             size_t *needed)
{
    const cl_int code = fault_now("clGetProgramInfo");
    const cl_device_id device = &stub_device_id;
    const size_t size = MARKED + program->length;
    if (code)
        return code;
    if (what == CL_PROGRAM_DEVICES)
        return give_info(&device, sizeof device, room, to, needed);
    if (what == CL_PROGRAM_BINARY_SIZES)
        return give_info(&size, sizeof size, room, to, needed);
    if (what != CL_PROGRAM_BINARIES || room < sizeof(unsigned char *))
        return CL_INVALID_VALUE;
    unsigned char *binary = *(unsigned char **)to;
    if (binary) {
        memcpy(binary, mark, MARKED);
        memcpy(binary + MARKED, program->source, program->length);
    }
    return CL_SUCCESS;
}

/* ---- kernels ---- */

/* The plan's key: a program begins with those of its kernels, each a comment of one line; names of
 * kernels that are not alone have their number. */
static const char *key_of(const char *source, const char *name)
{
    const size_t digits = strcspn(name, "0123456789");
    const char *at = source;
    for (int number = atoi(name + digits); at && number > 0; number--)
        at = strchr(at, '\n') ? strchr(at, '\n') + 1 : NULL;
    return at;
}

cl_kernel stub_clCreateKernel(cl_program program, const char *name, cl_int *told)
{
    cl_int code = fault_now("clCreateKernel");
    if (!code && !program->is_built)
        code = CL_INVALID_PROGRAM_EXECUTABLE;
    cl_kernel kernel = code ? NULL : object_new(STUB_KERNEL, sizeof *kernel);
    if (kernel) {
        kernel->program = program;
        kernel->key = key_of(program->source, name);
        object_retain(program);
    } else if (!code) {
        code = CL_OUT_OF_HOST_MEMORY;
    }
    tell(told, code);
    return kernel;
}

cl_int stub_clReleaseKernel(cl_kernel kernel)
{
    if (object_release(kernel)) {
        for (int i = 0; i < KERNEL_ARGUMENTS; i++)
            free(kernel->arguments[i].bytes);
        stub_clReleaseProgram(kernel->program);
        free(kernel);
    }
    return CL_SUCCESS;
}

cl_int stub_clSetKernelArg(cl_kernel kernel, cl_uint index, size_t size, const void *value)
{
    const cl_int code = fault_now("clSetKernelArg");
    if (code)
        return code;
    if (index >= KERNEL_ARGUMENTS || size > ARGUMENT_BYTES || !value)
        return CL_INVALID_ARG_INDEX;
    unsigned char *bytes = realloc(kernel->arguments[index].bytes, size);
    if (!bytes)
        return CL_OUT_OF_HOST_MEMORY;
    memcpy(bytes, value, size);
    kernel->arguments[index].bytes = bytes;
    kernel->arguments[index].size = size;
    return CL_SUCCESS;
}
