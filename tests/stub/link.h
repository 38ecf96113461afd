/* Makes the stub this process's only OpenCL driver. */
#ifndef TESTS_STUB_LINK_H
#define TESTS_STUB_LINK_H

#include "tests/stub/stub.h"

/* Before the first call of OpenCL, in a process of one thread. The test fails if it cannot be
 * loaded. */
const struct stub_control *stub_load(void);

#endif
