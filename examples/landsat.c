/* A decision map of a satellite image: vegetation, water, and what is too bright to be either, from
 * six bands of Landsat 7. Haze adds a level to each band, which its darkest pixels tell; it is
 * taken off first. The map then has the colour of each pixel's class, vegetation the deeper the
 * denser. */
#include <stdio.h>
#include <stdlib.h>
#include <tiffio.h>

#include "examples/example.h"

/* Bands 1 to 5 and 7: blue, green, red, near infrared, two of short-wave infrared. */
enum { WATER, CLOUD, PLANTS, OTHER, CLASSES, BANDS = 6 };

struct scene {
    int64_t height, width;
    unsigned char *pixels; /* (height, width, BANDS) */
};

static int read_scene(const char *name, struct scene *scene)
{
    TIFFSetWarningHandler(NULL); /* there are tags for maps */
    TIFF *const file = TIFFOpen(name, "r");
    uint32_t height = 0, width = 0;
    uint16_t bands = 0, bits = 0, planes = 0;
    int good = file && TIFFGetField(file, TIFFTAG_IMAGELENGTH, &height) &&
               TIFFGetField(file, TIFFTAG_IMAGEWIDTH, &width) &&
               TIFFGetFieldDefaulted(file, TIFFTAG_SAMPLESPERPIXEL, &bands) &&
               TIFFGetFieldDefaulted(file, TIFFTAG_BITSPERSAMPLE, &bits) &&
               TIFFGetFieldDefaulted(file, TIFFTAG_PLANARCONFIG, &planes);
    good = good && bands == BANDS && bits == 8 && planes == PLANARCONFIG_CONTIG;
    scene->height = height;
    scene->width = width;
    scene->pixels = good ? malloc((size_t)height * width * BANDS) : NULL;
    for (uint32_t y = 0; scene->pixels && good && y < height; y++)
        good = TIFFReadScanline(file, scene->pixels + (size_t)y * width * BANDS, y, 0) == 1;
    if (file)
        TIFFClose(file);
    if (!good || !scene->pixels)
        fprintf(stderr, "%s: not a TIFF of 6 interleaved bands of 8 bits, or no memory\n", name);
    return good && scene->pixels;
}

/* The level that one in a thousand pixels of each band is below. */
static void measure_haze(const struct scene *scene, float *haze)
{
    const int64_t count = scene->height * scene->width;
    for (int band = 0; band < BANDS; band++) {
        int64_t below = 0, histogram[256] = {0};
        for (int64_t i = 0; i < count; i++)
            histogram[scene->pixels[i * BANDS + band]]++;
        for (haze[band] = 0; (below += histogram[(int)haze[band]]) * 1000 < count; haze[band]++)
            ;
    }
}

struct work {
    clw_array *image, *haze;        /* (height, width, BANDS) u8; (BANDS) f32 */
    clw_array *clear, *band[BANDS]; /* without haze; views of it, (height, width, 1) */
    clw_array *colour[CLASSES];     /* (3) */
    clw_array *kind, *map;          /* class, (height, width, 1); (height, width, 3) u8 */
};

static clw_status upload(clw_context *ctx, const struct scene *scene, struct work *w,
                         clw_error *err)
{
    static const float colours[CLASSES][3] = {
        {40, 90, 170}, {255, 255, 255}, {40, 190, 60}, {190, 170, 140}};
    float haze[BANDS];
    measure_haze(scene, haze);
    clw_status status =
        clw_array_from_host(ctx, CLW_U8, CLW_SHAPE(scene->height, scene->width, BANDS), NULL,
                            scene->pixels, &w->image, err);
    if (!status)
        status = clw_array_from_host(ctx, CLW_F32, CLW_SHAPE(BANDS), NULL, haze, &w->haze, err);
    for (int i = 0; !status && i < CLASSES; i++)
        status =
            clw_array_from_host(ctx, CLW_F32, CLW_SHAPE(3), NULL, colours[i], &w->colour[i], err);
    if (!status)
        status = clw_array_empty(ctx, CLW_F32, CLW_SHAPE(scene->height, scene->width, BANDS),
                                 &w->clear, err);
    /* A band is every sixth number: a view with those strides, nothing is copied. */
    for (int i = 0; !status && i < BANDS; i++)
        status = clw_array_view(w->clear, CLW_SHAPE(scene->height, scene->width, 1),
                                clw_array_strides(w->clear), 4 * i, &w->band[i], err);
    return status;
}

static clw_status decide(clw_context *ctx, struct work *w, clw_error *err)
{
    clw_status status = clw_eval(ctx, "maximum(image - haze, 0)", &w->clear, err, "image", w->image,
                                 "haze", w->haze, NULL);
    /* Water is greener than near infrared and black beyond; a cloud is bright in blue and red. */
    if (!status)
        status = clw_eval(ctx,
                          "ndwi = (green - nir) / maximum(green + nir, 1);"
                          "ndvi = (nir - red) / maximum(nir + red, 1);"
                          "u8(where((ndwi > 0.1) & (swir < 20), 0,"
                          " where((blue > 70) & (red > 60), 1, where(ndvi > 0.3, 2, 3))))",
                          &w->kind, err, "blue", w->band[0], "green", w->band[1], "red", w->band[2],
                          "nir", w->band[3], "swir", w->band[4], NULL);
    if (!status)
        status = clw_eval(ctx,
                          "ndvi = (nir - red) / maximum(nir + red, 1);"
                          "u8(where(kind == 0, water, where(kind == 1, cloud,"
                          " where(kind == 2, plants * (1.25 - ndvi), other))))",
                          &w->map, err, "kind", w->kind, "nir", w->band[3], "red", w->band[2],
                          "water", w->colour[WATER], "cloud", w->colour[CLOUD], "plants",
                          w->colour[PLANTS], "other", w->colour[OTHER], NULL);
    return status ? status : clw_finish(ctx, err);
}

static int run(clw_context *ctx, char **names)
{
    static const char *const classes[] = {"water", "cloud", "plants", "other"};
    struct scene scene = {0};
    struct work w = {0};
    clw_error err = {0};
    if (!read_scene(names[0], &scene))
        return free(scene.pixels), EXIT_FAILURE;
    const size_t count = (size_t)(scene.height * scene.width);
    clw_status status = upload(ctx, &scene, &w, &err);
    const double start = seconds_now();
    status = status ? status : decide(ctx, &w, &err);
    const double middle = seconds_now();
    status = status ? status : decide(ctx, &w, &err);
    print_seconds(middle - start, seconds_now() - middle);
    /* The scene's memory, six numbers for a pixel, has room for the classes and the map. */
    status = status ? status : clw_array_read(w.kind, scene.pixels, count, &err);
    int found[CLASSES] = {0};
    for (size_t i = 0; !status && i < count; i++)
        found[scene.pixels[i]]++;
    for (int i = 0; !status && i < CLASSES; i++)
        printf("%s %d\n", classes[i], found[i]);
    status = status ? status : clw_array_read(w.map, scene.pixels, count * 3, &err);
    int result = finish(status, &err);
    if (!status && !picture_write(names[1], (int)scene.height, (int)scene.width, 3, scene.pixels))
        result = EXIT_FAILURE;
    release_arrays(w.band, BANDS);
    release_arrays(w.colour, CLASSES);
    release_arrays((clw_array *[]){w.image, w.haze, w.clear, w.kind, w.map}, 5);
    free(scene.pixels);
    return result;
}

int main(int argc, char **argv)
{
    return example_main(argc, argv, "L7_ETMs.tif OUT.png", 2, run);
}
