/* Elements as the bytes of pixels. */
#ifndef CLWISE_TOOLS_IMAGE_PIXELS_H
#define CLWISE_TOOLS_IMAGE_PIXELS_H

#include <clwise/clwise.h>

/* Bits of a PNG sample for a dtype: 8 or 16; 0 if it has none. */
int image_sample_bits(clw_dtype dtype);
/* `count` elements at `elements` to samples; the two may be the same memory. */
void image_samples(clw_dtype dtype, const void *elements, size_t count, void *samples);

#endif
