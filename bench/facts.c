#include "bench/facts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* What stands in a file of one line; "" if it is not there. */
static void read_line(const char *path, char *line, size_t bytes)
{
    FILE *file = fopen(path, "r");
    line[0] = '\0';
    if (file && fgets(line, (int)bytes, file))
        line[strcspn(line, "\n")] = '\0';
    if (file)
        fclose(file);
}

static json_t *processor_name(void)
{
    char line[512];
    json_t *name = NULL;
    FILE *file = fopen("/proc/cpuinfo", "r");
    while (file && !name && fgets(line, sizeof line, file)) {
        const char *colon = strchr(line, ':');
        if (strncmp(line, "model name", 10) == 0 && colon) {
            line[strcspn(line, "\n")] = '\0';
            name = json_string(colon + 2);
        }
    }
    if (file)
        fclose(file);
    return name ? name : json_string("unknown");
}

/* "L1 Data 48K": those of the first core. */
static json_t *caches(void)
{
    static const char *const files[] = {"level", "type", "size"};
    json_t *list = json_array();
    for (int index = 0; index < 8; ++index) {
        char path[96], parts[3][32];
        for (int i = 0; i < 3; ++i) {
            snprintf(path, sizeof path, "/sys/devices/system/cpu/cpu0/cache/index%d/%s", index,
                     files[i]);
            read_line(path, parts[i], sizeof parts[i]);
        }
        if (parts[0][0])
            json_array_append_new(list, json_sprintf("L%s %s %s", parts[0], parts[1], parts[2]));
    }
    return list;
}

static json_t *machine(void)
{
    const json_int_t bytes = (json_int_t)sysconf(_SC_PHYS_PAGES) * sysconf(_SC_PAGESIZE);
    return json_pack("{s:o, s:I, s:o, s:I}", "processor", processor_name(), "cores",
                     (json_int_t)sysconf(_SC_NPROCESSORS_ONLN), "caches", caches(), "memory",
                     bytes);
}

/* Arguments as they were given, with a space between. */
static json_t *command_line(void)
{
    char text[4096];
    FILE *file = fopen("/proc/self/cmdline", "r");
    size_t bytes = file ? fread(text, 1, sizeof text - 1, file) : 0;
    if (file)
        fclose(file);
    for (size_t i = 0; i + 1 < bytes; ++i)
        if (text[i] == '\0')
            text[i] = ' ';
    text[bytes] = '\0';
    return json_string(text);
}

static json_t *date(void)
{
    char text[32];
    const time_t seconds = time(NULL);
    struct tm utc;
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&seconds, &utc));
    return json_string(text);
}

json_t *facts_json(const char *program, const clw_device_info *device,
                   const struct library *libraries, size_t count)
{
    const uint32_t version = clw_version();
    json_t *versions = json_object();
    json_object_set_new(versions, "clwise",
                        json_sprintf("%u.%u.%u", version >> 16, version >> 8 & 255, version & 255));
    for (size_t i = 0; i < count; ++i)
        json_object_set_new(versions, libraries[i].name, json_string(libraries[i].version));
    return json_pack("{s:s, s:o, s:o, s:o, s:s, s:s, s:s, s:s, s:i, s:o}", "program", program,
                     "command", command_line(), "date", date(), "machine", machine(), "platform",
                     device->platform_name, "platform_version", device->platform_version, "device",
                     device->device_name, "driver", device->driver, "compute_units",
                     device->compute_units, "versions", versions);
}

json_t *figure_json(const struct figure *figure)
{
    if (!isfinite(figure->median))
        return json_null();
    return json_pack("{s:f, s:[f, f], s:f, s:f, s:I}", "median", figure->median, "quartiles",
                     figure->lower, figure->upper, "least", figure->least, "greatest",
                     figure->greatest, "rounds", (json_int_t)figure->rounds);
}
