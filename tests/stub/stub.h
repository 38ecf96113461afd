/* An OpenCL driver of the tests' own, which the ICD loader loads: one platform with one device,
 * work done on the host when it is queued, and calls that fail when a test wants it. Found by
 * stub_control() of stub_link.h in the process that has it loaded. */
#ifndef TESTS_STUB_STUB_H
#define TESTS_STUB_STUB_H

#include <CL/cl.h>

enum stub_kind {
    STUB_CONTEXT,
    STUB_QUEUE,
    STUB_BUFFER,
    STUB_PROGRAM,
    STUB_KERNEL,
    STUB_EVENT,
    STUB_KINDS
};

/* The calls that come from now on and fail. */
struct stub_fault {
    const char *function; /* NULL: any */
    unsigned from;        /* the first of them: 1 is the next call */
    unsigned count;       /* how many; 0: all from then on */
    cl_int code;
    int late; /* queued work only: clFinish, clWaitForEvents and the event tell it */
};

/* What the device says of itself; NULL and 0: the usual. */
struct stub_device {
    const char *name, *version, *c_version, *extensions;
    cl_device_type type;
    cl_ulong largest_buffer;
    int lacks_fp64, lacks_compiler;
};

struct stub_control {
    /* Counts calls anew. NULL: none fails. */
    void (*set_fault)(const struct stub_fault *fault);
    unsigned (*failed)(void);                /* calls that failed since, or late ones */
    unsigned (*calls)(const char *function); /* since; NULL: all that can fail */
    int (*live)(enum stub_kind kind);        /* objects that were not released */
    void (*pretend)(const struct stub_device *device);
    /* Kernels that were launched and that the stub cannot compute, since the process began. */
    unsigned (*strangers)(void);
};

#define STUB_CONTROL_NAME "stub_control"

#endif
