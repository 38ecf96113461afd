/* What the parts of the driver share. */
#ifndef TESTS_STUB_OBJECT_H
#define TESTS_STUB_OBJECT_H

#include <stdatomic.h>
#include <stddef.h>

#include <CL/cl_icd.h>

#include "tests/stub/stub.h"

#define STUB_API __attribute__((visibility("default")))

/* The loader wants the table first in each object. */
struct object {
    const cl_icd_dispatch *dispatch;
    enum stub_kind kind;
    atomic_int references;
};

struct _cl_platform_id {
    const cl_icd_dispatch *dispatch;
};

struct _cl_device_id {
    const cl_icd_dispatch *dispatch;
};

struct _cl_context {
    struct object object;
};

struct _cl_command_queue {
    struct object object;
    cl_context context;
    atomic_int late; /* code of work that failed after it was queued */
};

struct _cl_mem {
    struct object object;
    cl_context context;
    cl_mem_flags flags;
    size_t size;
    unsigned char *bytes;
};

struct _cl_program {
    struct object object;
    cl_context context;
    char *source;
    size_t length;
    int is_built;
};

enum { KERNEL_ARGUMENTS = 64, ARGUMENT_BYTES = 4096 };

struct _cl_kernel {
    struct object object;
    cl_program program;
    const char *key; /* of its plan, in the program's source */
    struct {
        size_t size;
        unsigned char *bytes;
    } arguments[KERNEL_ARGUMENTS];
};

struct _cl_event {
    struct object object;
    cl_int code; /* CL_COMPLETE, or negative */
};

extern struct _cl_platform_id stub_platform;
extern struct _cl_device_id stub_device_id;
extern const cl_icd_dispatch stub_dispatch;

/* A new object with one reference, or NULL. */
void *object_new(enum stub_kind kind, size_t size);
void object_retain(void *object);
int object_release(void *object); /* 1: it was the last reference; the caller frees the rest */

/* CL_SUCCESS, or the code with which this call is to fail. */
cl_int fault_now(const char *function);
/* The same of the work that the call queues. */
cl_int fault_late(const char *function);

const struct stub_device *device_pretended(void);
/* Answers clGet...Info: copies `size` bytes. */
cl_int give_info(const void *from, size_t size, size_t room, void *to, size_t *needed);

/* Does what the kernel would; counts it as a stranger if it is none of those known here. */
void compute(cl_kernel kernel);
unsigned compute_strangers(void);

#endif
