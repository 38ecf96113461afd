/* PNG images as arrays: (height, width) or (height, width, channels) of u8 or u16. */
#ifndef CLWISE_TOOLS_IMAGE_H
#define CLWISE_TOOLS_IMAGE_H

#include "tools/elements.h"
#include "tools/host_array.h"
#include "tools/input.h"

extern const unsigned char image_magic[8];
enum { IMAGE_MAX_SIDE = 1000000, IMAGE_MAX_BYTES = 1 << 30 };

/* At most `memory` bytes are taken. Gray, gray with alpha, RGB or RGBA of 8 or 16 bits; palettes
 * and fewer bits are expanded. Colour profiles and gamma are ignored. */
int image_read(struct input *input, uint64_t memory, struct host_array *array, clw_error *error);

/* u8 and u16 as they are; bool as 0 and 255; floats in [0, 1] as 0 to 255, clipped and rounded,
 * NaN as 0. Shape (h, w) or (h, w, 1 to 4). */
int image_check(const struct elements *elements, clw_error *error);
int image_write(struct output *output, const struct elements *elements, clw_error *error);

#endif
