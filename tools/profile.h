/* What is measured of a device, for people and programs. */
#ifndef CLWISE_TOOLS_PROFILE_H
#define CLWISE_TOOLS_PROFILE_H

#include <jansson.h>

#include <clwise/clwise.h>

void profile_print(const clw_device_profile *profile);
json_t *profile_json(const clw_device_profile *profile);

#endif
