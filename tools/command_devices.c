#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/command.h"
#include "tools/print.h"
#include "tools/profile.h"
#include "tools/report.h"

enum field_kind { WORDS, NUMBER, YES_NO, BYTES };

static const struct field {
    const char *label, *key;
    enum field_kind kind;
    size_t offset;
} fields[] = {
#define FIELD(label, member, kind)                                                                 \
    {                                                                                              \
        label, #member, kind, offsetof(clw_device_info, member)                                    \
    }
    FIELD("platform", platform_name, WORDS),
    FIELD("platform version", platform_version, WORDS),
    FIELD("vendor", vendor, WORDS),
    FIELD("driver", driver, WORDS),
    FIELD("OpenCL C", opencl_c, WORDS),
    FIELD("CPU", is_cpu, YES_NO),
    FIELD("GPU", is_gpu, YES_NO),
    FIELD("f64", fp64, YES_NO),
    FIELD("f16", fp16, YES_NO),
    FIELD("f32 subnormals kept", subnormals, YES_NO),
    FIELD("f32 division rounded", rounded_divide, YES_NO),
    FIELD("compute units", compute_units, NUMBER),
    FIELD("tiers", tiers, NUMBER),
    FIELD("address bits", address_bits, NUMBER),
    FIELD("memory", global_memory, BYTES),
    FIELD("largest buffer", largest_buffer, BYTES),
    FIELD("chosen", chosen, YES_NO),
    FIELD("reason", reason, WORDS),
#undef FIELD
};
enum { FIELDS = sizeof fields / sizeof fields[0] };

enum { ID_BYTES = 32 };

static const char *id_of(const clw_device_info *info, char id[ID_BYTES])
{
    snprintf(id, ID_BYTES, "%d:%d", info->platform, info->device);
    return id;
}

static int read_int(const clw_device_info *info, const struct field *field)
{
    int value;
    memcpy(&value, (const char *)info + field->offset, sizeof value);
    return value;
}

static uint64_t read_bytes(const clw_device_info *info, const struct field *field)
{
    uint64_t value;
    memcpy(&value, (const char *)info + field->offset, sizeof value);
    return value;
}

static void print_field(const clw_device_info *info, const struct field *field)
{
    printf("    %-21s ", field->label);
    switch (field->kind) {
    case WORDS:
        print_words((const char *)info + field->offset);
        break;
    case NUMBER:
        printf("%d", read_int(info, field));
        break;
    case YES_NO:
        printf("%s", read_int(info, field) ? "yes" : "no");
        break;
    case BYTES:
        print_size(read_bytes(info, field));
        break;
    }
    printf("\n");
}

static json_t *field_json(const clw_device_info *info, const struct field *field)
{
    switch (field->kind) {
    case WORDS:
        return json_words((const char *)info + field->offset);
    case NUMBER:
        return json_integer(read_int(info, field));
    case YES_NO:
        return json_boolean(read_int(info, field));
    case BYTES:
        return json_integer((json_int_t)read_bytes(info, field));
    }
    return NULL;
}

/* What is kept of it by now; 0: nothing can be. */
static int read_profile(const struct settings *settings, const clw_device_info *info,
                        clw_device_profile *profile)
{
    clw_config config = settings->config;
    clw_context *context;
    char id[ID_BYTES];
    config.device = id_of(info, id);
    *profile = (clw_device_profile){.struct_size = sizeof *profile};
    if (clw_context_create(&config, &context, NULL))
        return 0;
    const int is_read = clw_context_profile(context, profile, NULL) == CLW_OK;
    clw_context_release(context);
    return is_read;
}

static json_t *device_json(const struct settings *settings, const clw_device_info *info)
{
    char id[ID_BYTES];
    clw_device_profile profile;
    json_t *const object = json_pack("{s:s}", "id", id_of(info, id));
    if (settings->verbose && read_profile(settings, info, &profile))
        json_object_set_new(object, "profile", profile_json(&profile));
    json_object_set_new(object, "device_name", json_words(info->device_name));
    for (int i = 0; i < FIELDS; i++)
        json_object_set_new(object, fields[i].key, field_json(info, &fields[i]));
    return object;
}

static void print_devices(const struct settings *settings, const clw_device_info *infos, int count)
{
    clw_device_profile profile;
    for (int i = 0; i < count; i++) {
        printf("%s%d:%d  ", i ? "\n" : "", infos[i].platform, infos[i].device);
        print_words(infos[i].device_name);
        printf("%s\n", infos[i].chosen ? "  (chosen)" : "");
        for (int field = 0; field < FIELDS; field++)
            print_field(&infos[i], &fields[field]);
        if (settings->verbose && read_profile(settings, &infos[i], &profile))
            profile_print(&profile);
    }
}

/* All devices into new memory; *infos is NULL if there are none. */
static int list_devices(const char *device, clw_device_info **infos, int *count, clw_error *error)
{
    int capacity = 0;
    *infos = NULL;
    do {
        free(*infos);
        *infos = calloc((size_t)capacity + 1, sizeof **infos);
        if (!*infos)
            return fail(error, "out of memory");
        for (int i = 0; i < capacity; i++)
            (*infos)[i].struct_size = sizeof **infos;
        if (clw_devices(device, *infos, capacity, count, error))
            return FAILED;
        const int seen = capacity;
        capacity = *count;
        if (seen >= *count)
            return DONE;
    } while (1);
}

static int run(struct settings *settings, clw_error *error)
{
    clw_device_info *infos = NULL;
    int count = 0, chosen = 0;
    int status = list_devices(settings->config.device, &infos, &count, error);
    for (int i = 0; status == DONE && i < count; i++)
        chosen += infos[i].chosen;
    if (status == DONE && settings->json) {
        json_t *const array = json_array();
        for (int i = 0; i < count; i++)
            json_array_append_new(array, device_json(settings, &infos[i]));
        status = print_json(array, error);
    } else if (status == DONE) {
        print_devices(settings, infos, count);
    }
    free(infos);
    if (status == DONE && count == 0)
        return fail(error, "no OpenCL platform has a device");
    if (status == DONE && chosen == 0) {
        const char *const given = settings->config.device;
        const char *const asked = given ? given : getenv("CLWISE_DEVICE");
        return asked ? fail(error, "no device matches '%s'", asked)
                     : fail(error, "none of the %d devices can be used", count);
    }
    return status;
}

static const struct option_row options[] = {
    DEVICE_ROW, CACHE_ROW, FLAG('v', "verbose", verbose, "and what has been measured of each"),
    JSON_ROW,   HELP_ROW,  LAST_ROW};

const struct command command_devices = {
    "devices",
    "",
    "List the OpenCL devices and which one would be used",
    "With --device, the choice is the one that clwise run --device D would make.\n"
    "Exit status is 1 if none would be chosen.\n",
    options,
    0,
    0,
    run};
