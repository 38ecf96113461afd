#include "runtime/device/program.h"

#include <stdio.h>
#include <string.h>

#include "runtime/base/memory.h"

/* ---- the compiler's words ---- */

/* The line with the first error, else the first that is not empty; from the build log. */
static const char *telling_line(const char *log)
{
    const char *line = strstr(log, "error");
    if (!line)
        return log + strspn(log, " \t\r\n");
    while (line > log && line[-1] != '\n')
        line--;
    return line;
}

static void log_lines(const struct log *log, const char *words)
{
    while (*words) {
        const size_t length = strcspn(words, "\r\n");
        log_line(log, CLW_LOG_WARNING, "build log: %.*s", (int)length, words);
        words += length;
        words += strspn(words, "\r\n");
    }
}

/* Programs are built one at a time, so a driver's temporary name before ":line:" says nothing. */
static clw_status fail_build(struct device *device, cl_device_id id, cl_program program,
                             cl_int code, clw_error *error)
{
    size_t length = 0;
    char *log = NULL;
    if (!clGetProgramBuildInfo(program, id, CL_PROGRAM_BUILD_LOG, 0, NULL, &length))
        log = memory_new(device->allocator, length + 1, 1);
    if (log && clGetProgramBuildInfo(program, id, CL_PROGRAM_BUILD_LOG, length, log, NULL))
        log[0] = '\0';
    const char *line = log ? telling_line(log) : "";
    const clw_status status =
        fail(error, CLW_ERROR_BUILD, "the compiler of %s refuses the kernel (%s): %.*s",
             device->info.device_name, cl_error_name(code), (int)strcspn(line, "\r\n"),
             *line ? line : "it does not say why");
    log_lines(device->log, log ? log : "");
    memory_free(device->allocator, log);
    return status;
}

/* ---- building ---- */

clw_status program_from_source(struct device *device, cl_device_id id, const char *source,
                               size_t length, cl_program *out, clw_error *error)
{
    cl_int code;
    cl_program program = clCreateProgramWithSource(device->context, 1, &source, &length, &code);
    if (!program)
        return fail_cl(error, code, "clCreateProgramWithSource");
    code = clBuildProgram(program, 1, &id, device->options, NULL, NULL);
    if (code == CL_BUILD_PROGRAM_FAILURE) {
        const clw_status status = fail_build(device, id, program, code, error);
        clReleaseProgram(program);
        return status;
    }
    if (code) {
        clReleaseProgram(program);
        return fail_cl(error, code, "clBuildProgram");
    }
    *out = program;
    return CLW_OK;
}

cl_program program_from_binary(struct device *device, cl_device_id id, const void *binary,
                               size_t length)
{
    const unsigned char *bytes = binary;
    cl_int taken = CL_SUCCESS, code;
    cl_program program =
        clCreateProgramWithBinary(device->context, 1, &id, &length, &bytes, &taken, &code);
    if (!program)
        return NULL;
    if (taken || clBuildProgram(program, 1, &id, device->options, NULL, NULL)) {
        clReleaseProgram(program);
        return NULL;
    }
    return program;
}

enum { MOST_DEVICES = 64 };

/* Which of the program's binaries is the device's: a context may have several devices. PoCL has
 * binaries of the devices for which it was built alone. */
static int binary_index(cl_device_id id, cl_program program, size_t *sizes, size_t *count)
{
    cl_device_id devices[MOST_DEVICES];
    size_t bytes = 0, device_bytes = 0;
    if (clGetProgramInfo(program, CL_PROGRAM_BINARY_SIZES, MOST_DEVICES * sizeof *sizes, sizes,
                         &bytes) ||
        clGetProgramInfo(program, CL_PROGRAM_DEVICES, sizeof devices, devices, &device_bytes))
        return -1;
    *count = bytes / sizeof *sizes;
    if (*count == 1)
        return 0;
    for (size_t i = 0; i < *count && i < device_bytes / sizeof *devices; i++)
        if (devices[i] == id)
            return (int)i;
    return -1;
}

void *program_binary(struct device *device, cl_device_id id, cl_program program, size_t *length)
{
    size_t sizes[MOST_DEVICES] = {0}, count = 0;
    unsigned char *binaries[MOST_DEVICES] = {NULL};
    const int index = binary_index(id, program, sizes, &count);
    if (index < 0 || sizes[index] == 0)
        return NULL;
    binaries[index] = memory_new(device->allocator, sizes[index], 1);
    if (!binaries[index])
        return NULL;
    if (clGetProgramInfo(program, CL_PROGRAM_BINARIES, sizeof *binaries * count, binaries, NULL)) {
        memory_free(device->allocator, binaries[index]);
        return NULL;
    }
    *length = sizes[index];
    return binaries[index];
}
