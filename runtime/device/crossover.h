/* From which time on work is better spread over threads than done in the one that calls. */
#ifndef CLWISE_DEVICE_CROSSOVER_H
#define CLWISE_DEVICE_CROSSOVER_H

#include "runtime/device/device.h"

/* Seconds of work on the small tier of a device that has both tiers: measured, in about a
 * millisecond. */
double crossover_measure(struct device *device);

#endif
