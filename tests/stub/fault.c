/* Which calls fail, and how many objects are alive. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "tests/stub/object.h"

enum { FUNCTIONS = 64 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct {
    struct stub_fault fault;
    int is_set;
    unsigned matching, failed, total;
    struct {
        const char *name;
        unsigned calls;
    } functions[FUNCTIONS];
} state;
static atomic_int live[STUB_KINDS];
static struct stub_device pretended;

static void count_function(const char *name)
{
    for (int i = 0; i < FUNCTIONS; i++) {
        if (!state.functions[i].name)
            state.functions[i].name = name;
        if (strcmp(state.functions[i].name, name) == 0) {
            state.functions[i].calls++;
            return;
        }
    }
}

static int fails(const char *function, int late)
{
    const struct stub_fault *fault = &state.fault;
    if (!state.is_set || fault->late != late ||
        (fault->function && strcmp(fault->function, function) != 0))
        return 0;
    state.matching++;
    return state.matching >= fault->from &&
           (!fault->count || state.matching - fault->from < fault->count);
}

static cl_int decide(const char *function, int late)
{
    pthread_mutex_lock(&lock);
    if (!late) {
        state.total++;
        count_function(function);
    }
    const int failing = fails(function, late);
    state.failed += (unsigned)failing;
    const cl_int code = failing ? state.fault.code : CL_SUCCESS;
    pthread_mutex_unlock(&lock);
    return code;
}

cl_int fault_now(const char *function)
{
    return decide(function, 0);
}

cl_int fault_late(const char *function)
{
    return decide(function, 1);
}

/* ---- objects ---- */

void *object_new(enum stub_kind kind, size_t size)
{
    struct object *object = calloc(1, size);
    if (!object)
        return NULL;
    object->dispatch = &stub_dispatch;
    object->kind = kind;
    atomic_init(&object->references, 1);
    atomic_fetch_add(&live[kind], 1);
    return object;
}

void object_retain(void *opaque)
{
    struct object *object = opaque;
    atomic_fetch_add(&object->references, 1);
}

int object_release(void *opaque)
{
    struct object *object = opaque;
    if (atomic_fetch_sub(&object->references, 1) > 1)
        return 0;
    atomic_fetch_sub(&live[object->kind], 1);
    return 1;
}

/* ---- the test's side ---- */

static void control_set_fault(const struct stub_fault *fault)
{
    pthread_mutex_lock(&lock);
    memset(&state, 0, sizeof state);
    if (fault) {
        state.fault = *fault;
        state.is_set = 1;
    }
    pthread_mutex_unlock(&lock);
}

static unsigned control_failed(void)
{
    pthread_mutex_lock(&lock);
    const unsigned failed = state.failed;
    pthread_mutex_unlock(&lock);
    return failed;
}

static unsigned control_calls(const char *function)
{
    unsigned calls = 0;
    pthread_mutex_lock(&lock);
    if (!function)
        calls = state.total;
    for (int i = 0; function && i < FUNCTIONS && state.functions[i].name; i++)
        if (strcmp(state.functions[i].name, function) == 0)
            calls = state.functions[i].calls;
    pthread_mutex_unlock(&lock);
    return calls;
}

static int control_live(enum stub_kind kind)
{
    return atomic_load(&live[kind]);
}

static void control_pretend(const struct stub_device *device)
{
    pretended = device ? *device : (struct stub_device){0};
}

const struct stub_device *device_pretended(void)
{
    return &pretended;
}

STUB_API const struct stub_control *stub_control(void);
STUB_API const struct stub_control *stub_control(void)
{
    static const struct stub_control control = {control_set_fault, control_failed,
                                                control_calls,     control_live,
                                                control_pretend,   compute_strangers};
    return &control;
}
