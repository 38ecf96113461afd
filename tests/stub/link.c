#include "tests/stub/link.h"

#include <dlfcn.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

const struct stub_control *stub_load(void)
{
    const struct stub_control *(*control)(void);
    assert_int_equal(setenv("OCL_ICD_VENDORS", STUB_ICD, 1), 0);
    void *const library = dlopen(STUB_LIBRARY, RTLD_NOW | RTLD_LOCAL);
    if (!library)
        fail_msg("%s", dlerror());
    void *const symbol = dlsym(library, STUB_CONTROL_NAME);
    assert_non_null(symbol);
    memcpy(&control, &symbol, sizeof control);
    return control();
}
