/* A decision map of a satellite image: vegetation, water, and what is too bright to be either, from
 * six bands of Landsat 7. Haze adds a level to each band, which its darkest pixels tell; it is taken
 * off first. The map then has the colour of each pixel's class, vegetation the deeper the denser. */
#include <stdio.h>
#include <stdlib.h>
#include <tiffio.h>

#include "examples/example.h"

/* Bands 1 to 5 and 7: blue, green, red, near infrared, two of short-wave infrared. */
enum { BANDS = 6 };
enum { WATER, CLOUD, PLANTS, OTHER, CLASSES };

struct scene {
    int64_t height, width;
    unsigned char *pixels; /* (height, width, BANDS) */
};

static int read_scene(const char *name, struct scene *scene)
{
    TIFF *const file = TIFFOpen(name, "r");
    uint32_t height = 0, width = 0;
    uint16_t bands = 0, bits = 0, planes = 0;
    int good = file && TIFFGetField(file, TIFFTAG_IMAGELENGTH, &height) &&
               TIFFGetField(file, TIFFTAG_IMAGEWIDTH, &width) &&
               TIFFGetField(file, TIFFTAG_SAMPLESPERPIXEL, &bands) &&
               TIFFGetField(file, TIFFTAG_BITSPERSAMPLE, &bits) &&
               TIFFGetField(file, TIFFTAG_PLANARCONFIG, &planes);
    if (good && (bands != BANDS || bits != 8 || planes != PLANARCONFIG_CONTIG)) {
        fprintf(stderr, "%s: %d bands of %d bits; should be 6 of 8, interleaved\n", name, bands,
                bits);
        good = 0;
    }
    scene->height = height;
    scene->width = width;
    scene->pixels = good ? malloc((size_t)height * width * BANDS) : NULL;
    good = scene->pixels != NULL;
    for (uint32_t y = 0; good && y < height; y++)
        good = TIFFReadScanline(file, scene->pixels + (size_t)y * width * BANDS, y, 0) == 1;
    if (file)
        TIFFClose(file);
    return good;
}

/* The level that one in a thousand pixels of each band is below. */
static void measure_haze(const struct scene *scene, float *haze)
{
    const int64_t count = scene->height * scene->width;
    for (int band = 0; band < BANDS; band++) {
        int64_t below = 0, histogram[256] = {0};
        for (int64_t i = 0; i < count; i++)
            histogram[scene->pixels[i * BANDS + band]]++;
        int level = 0;
        while (level < 255 && (below += histogram[level]) * 1000 < count)
            level++;
        haze[band] = (float)level;
    }
}

struct work {
    clw_array *image, *haze, *colours;               /* (h, w, 6) u8; (6); (4, 3) */
    clw_array *clear, *band[4], *colour[CLASSES];    /* (h, w, 6); views (h, w, 1); (3) */
    clw_array *ndvi, *kind, *map;                    /* (h, w, 1), (h, w, 1), (h, w, 3) */
};

/* Arrays that are NULL are made, in place of the others' elements results are written. */
static clw_status classify(clw_context *ctx, struct work *w, clw_error *err)
{
    clw_status status = clw_eval(ctx, "maximum(image - haze, 0)", &w->clear, err, "image",
                                 w->image, "haze", w->haze, NULL);
    const int64_t *const shape = clw_array_shape(w->image);
    for (int band = 0; !status && band < 4; band++)
        if (!w->band[band])
            status = clw_array_view(w->clear, CLW_SHAPE(shape[0], shape[1], 1),
                                    clw_array_strides(w->clear), band * 4, &w->band[band], err);
    return status;
}
