/* Which devices there are, and which one is meant. OpenCL's loader looks for platforms once in a
 * process, so each case is a child, with a folder of its own for $OCL_ICD_VENDORS. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/device/fixture.h"

static clw_error error;

/* ---- the child ---- */

enum { MOST = 8 };

static int print_devices(const char *selection)
{
    clw_device_info infos[MOST];
    int count = -1, chosen = 0;
    for (int i = 0; i < MOST; i++)
        infos[i].struct_size = sizeof infos[i];
    if (clw_devices(selection, infos, MOST, &count, &error)) {
        printf("clw_devices: %s\n", error.message);
        return 1;
    }
    printf("%d devices\n", count);
    for (int i = 0; i < count; i++) {
        printf("%d:%d %s, %s, %s %s: %s\n", infos[i].platform, infos[i].device,
               infos[i].platform_name, infos[i].device_name, infos[i].is_cpu ? "cpu" : "other",
               infos[i].chosen ? "chosen" : "not chosen", infos[i].reason);
        chosen += infos[i].chosen;
        if (infos[i].struct_size != sizeof infos[i] || !infos[i].reason[0] ||
            !infos[i].global_memory || !infos[i].largest_buffer || infos[i].compute_units < 1 ||
            infos[i].address_bits < 32 || !infos[i].driver[0] || !infos[i].opencl_c[0])
            return 2;
    }
    return chosen > 1 ? 3 : 0;
}

/* The context's device is the one that clw_devices says. */
static int print_context(const char *selection)
{
    clw_config config;
    clw_context *context = NULL;
    clw_device_info info = {.struct_size = sizeof info};
    clw_config_init(&config);
    config.device = selection;
    const clw_status status = clw_context_create(&config, &context, &error);
    if (status) {
        printf("%s: %s\n", clw_status_name(status), error.message);
        return context != NULL;
    }
    if (clw_context_device(context, &info, &error))
        printf("context without a device: %s\n", error.message);
    else
        printf("context on %d:%d %s\n", info.platform, info.device, info.platform_name);
    clw_context_release(context);
    return 0;
}

/* Room for fewer devices than there are, and an older, shorter struct. */
static int print_partly(void)
{
    clw_device_info info, untouched;
    int count = -1;
    memset(&info, 0x55, sizeof info);
    memset(&untouched, 0x55, sizeof untouched);
    info.struct_size = offsetof(clw_device_info, platform_version);
    if (clw_devices(NULL, &info, 1, &count, &error))
        return 1;
    printf("%d devices, first %s\n", count, info.platform_name);
    return memcmp((char *)&info + offsetof(clw_device_info, platform_version),
                  (char *)&untouched + offsetof(clw_device_info, platform_version),
                  sizeof info - offsetof(clw_device_info, platform_version)) != 0;
}

static int child_main(const char *argument)
{
    if (strcmp(argument, "partly") == 0)
        return print_partly();
    const char *selection = strcmp(argument, "default") == 0 ? NULL : argument;
    const int wrong = print_devices(selection);
    return wrong ? wrong : print_context(selection);
}

/* ---- the cases ---- */

static char folders[4][FIXTURE_PATH];
enum vendors { NONE, POCL, CLOVER, ALL };

static const struct device_case {
    enum vendors vendors;
    const char *variable;  /* "CLWISE_DEVICE=...", or NULL */
    const char *selection; /* "default": NULL */
    const char *says[3];
} cases[] = {
    {NONE,
     NULL,
     "default",
     {"0 devices\n",
      "CLW_ERROR_NO_DEVICE: no OpenCL device: no platform is installed (on Debian "}},
    {NONE, NULL, "0:0", {"0 devices\n", "CLW_ERROR_NO_DEVICE: no OpenCL device"}},
    {NONE,
     "CLWISE_DEVICE=none",
     "default",
     {"0 devices\n", "context without a device: the context has device \"none\""}},
    {CLOVER,
     NULL,
     "default",
     {"0 devices\n",
      "CLW_ERROR_NO_DEVICE: no OpenCL device: there are platforms (Clover), and none has one"}},
    {POCL,
     NULL,
     "default",
     {"1 devices\n", "cpu chosen: no GPU is there, has double precision",
      "context on 0:0 Portable"}},
    {POCL, NULL, "cpu", {"chosen: the best that matches \"cpu\"", "context on 0:0"}},
    {POCL, NULL, "CPU", {"context on 0:0"}},
    {POCL,
     NULL,
     "gpu",
     {"not chosen: does not match \"gpu\"",
      "CLW_ERROR_NOT_FOUND: no OpenCL device matches \"gpu\"; "
      "there are: 0:0 "}},
    {POCL, NULL, "pORTABLE comp", {"context on 0:0"}},
    {POCL, NULL, "PTHREAD", {"context on 0:0"}},
    {POCL, NULL, "0:1", {"CLW_ERROR_NOT_FOUND: no OpenCL device matches \"0:1\""}},
    {POCL, NULL, "0:0x", {"CLW_ERROR_NOT_FOUND: no OpenCL device matches \"0:0x\""}},
    {POCL, NULL, "99999999999:0", {"CLW_ERROR_NOT_FOUND: no OpenCL device matches"}},
    {POCL,
     NULL,
     "nonsense",
     {"CLW_ERROR_NOT_FOUND: no OpenCL device matches \"nonsense\"; there are: 0:0 ",
      "(Portable Computing Language)"}},
    {POCL, NULL, "none", {"context without a device: the context has device \"none\""}},
    {POCL, "CLWISE_DEVICE=nonsense", "default", {"matches \"nonsense\"; there are: 0:0 "}},
    {POCL, "CLWISE_DEVICE=nonsense", "cpu", {"context on 0:0"}},
    {POCL, "CLWISE_DEVICE=none", "default", {"context without a device"}},
    {POCL, "CLWISE_DEVICE=none", "cpu", {"context on 0:0"}},
    {POCL, "POCL_DEVICES=basic", "default", {"1 devices\n", "context on 0:0"}},
    {POCL,
     "POCL_DEVICES=basic pthread",
     "default",
     {"2 devices\n", "basic-", "not chosen: 0:1 ranks higher"}},
    {POCL, "CLWISE_DEVICE=", "default", {"context on 0:0"}},
    {POCL, "CLWISE_DEVICE=0:0", "default", {"context on 0:0"}},
    {ALL, NULL, "default", {"2 devices\n", "Portable Computing Language", "ranks higher"}},
    {ALL, NULL, "default", {"cpu chosen: no GPU is there, has double precision"}},
    {ALL,
     NULL,
     "RUSTICL",
     {"not chosen: does not match \"RUSTICL\"", "chosen: the best that matches \"RUSTICL\"",
      "rusticl\n"}},
    {ALL, NULL, "LLVMpipe", {"rusticl\n"}},
    {ALL, NULL, "clover", {"CLW_ERROR_NOT_FOUND: no OpenCL device matches \"clover\""}},
    {ALL, "CLWISE_DEVICE=llvmpipe", "default", {"rusticl\n"}},
    {ALL, "CLWISE_DEVICE=llvmpipe", "portable", {"context on", "Portable Computing Language\n"}},
};

/* Mesa leaks, and is gone when a sanitizer looks for whose the memory is. */
static const char leaks_of_mesa[] = "ASAN_OPTIONS=detect_leaks=0";

static void run_case(const struct device_case *row)
{
    char vendors[FIXTURE_PATH + 32], text[4096];
    snprintf(vendors, sizeof vendors, "OCL_ICD_VENDORS=%s/", folders[row->vendors]);
    const char *const environment[] = {vendors, "RUSTICL_ENABLE=llvmpipe",
                                       row->variable ? row->variable : "CLWISE_DEVICE",
                                       leaks_of_mesa, NULL};
    const int status = fixture_child(row->selection, environment, 60, text, sizeof text);
    int right = status == 0;
    for (int i = 0; i < 3 && row->says[i]; i++)
        right = right && strstr(text, row->says[i]);
    if (!right)
        fail_msg("row %td, %s, \"%s\": status %d, said:\n%s", row - cases,
                 row->variable ? row->variable : "", row->selection, status, text);
}

static void run_cases(enum vendors vendors)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (cases[i].vendors == vendors)
            run_case(&cases[i]);
}

static void test_no_platform(void **state)
{
    (void)state;
    run_cases(NONE);
}

static void test_platform_without_device(void **state)
{
    (void)state;
    run_cases(CLOVER);
}

static void test_one_platform(void **state)
{
    (void)state;
    run_cases(POCL);
}

static void test_three_platforms(void **state)
{
    (void)state;
    run_cases(ALL);
    char vendors[FIXTURE_PATH + 32], text[1024];
    snprintf(vendors, sizeof vendors, "OCL_ICD_VENDORS=%s/", folders[ALL]);
    const char *const environment[] = {vendors, "RUSTICL_ENABLE=llvmpipe", "CLWISE_DEVICE",
                                       leaks_of_mesa, NULL};
    assert_int_equal(fixture_child("partly", environment, 60, text, sizeof text), 0);
    assert_non_null(strstr(text, "2 devices, first "));
    /* Without its variable rusticl is a second platform without a device. */
    const char *const without[] = {vendors, "RUSTICL_ENABLE", "CLWISE_DEVICE", leaks_of_mesa, NULL};
    assert_int_equal(fixture_child("default", without, 60, text, sizeof text), 0);
    assert_non_null(strstr(text, "1 devices\n"));
}

/* ---- folders of platforms ---- */

static int copy_platform(const char *name, enum vendors vendors)
{
    char path[FIXTURE_PATH], library[FIXTURE_PATH] = "";
    snprintf(path, sizeof path, "/etc/OpenCL/vendors/%s", name);
    FILE *file = fopen(path, "r");
    if (!file)
        return 0;
    const int is_read = fgets(library, sizeof library, file) != NULL;
    fclose(file);
    fixture_write(folders[vendors], name, library);
    return is_read;
}

static int start(void **state)
{
    (void)state;
    for (int i = 0; i < 4; i++)
        fixture_folder(folders[i]);
    if (!copy_platform("pocl.icd", POCL) || !copy_platform("pocl.icd", ALL) ||
        !copy_platform("mesa.icd", CLOVER) || !copy_platform("mesa.icd", ALL) ||
        !copy_platform("rusticl.icd", ALL)) {
        print_error("/etc/OpenCL/vendors must have pocl.icd, mesa.icd and rusticl.icd: Debian's "
                    "pocl-opencl-icd and mesa-opencl-icd\n");
        return 1;
    }
    return 0;
}

static int stop(void **state)
{
    (void)state;
    for (int i = 0; i < 4; i++)
        fixture_remove(folders[i]);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc > 1)
        return child_main(argv[1]);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_platform),
        cmocka_unit_test(test_platform_without_device),
        cmocka_unit_test(test_one_platform),
        cmocka_unit_test(test_three_platforms),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
