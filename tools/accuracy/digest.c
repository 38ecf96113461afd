#include "tools/accuracy/digest.h"

#define XXH_INLINE_ALL
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "tools/accuracy/float_format.h"
#include "tools/accuracy/subject.h"
#include "tools/digest.h"

enum { MAX_LOOP_DTYPES = DIGEST_MAX_DTYPES, MAX_DIGESTS = 8192 };

struct digests {
    uint64_t of[MAX_DIGESTS];
    size_t count;
};

/* "f32 f32 -> f32" into words; whether any of them is a float. */
static int describe(const clw_dtype *dtypes, int inputs, int count, char *words, size_t room)
{
    size_t length = 0;
    int floats = 0;
    for (int i = 0; i < count && length < room; i++) {
        length += (size_t)snprintf(words + length, room - length, "%s%s",
                                   i == inputs ? " -> "
                                   : i         ? " "
                                               : "",
                                   clw_dtype_name(dtypes[i]));
        floats |= float_format_of(dtypes[i]) != NULL;
    }
    return floats;
}

static int digest_op(clw_context *context, const clw_op *op, const struct settings *settings,
                     struct digests *all)
{
    int failed = 0;
    for (int i = 0; i < clw_op_loop_count(op); i++) {
        clw_dtype dtypes[MAX_LOOP_DTYPES];
        char words[120];
        uint64_t digest = 0;
        clw_error error = {0};
        const int count = clw_op_loop(op, i, dtypes, MAX_LOOP_DTYPES);
        if (count > MAX_LOOP_DTYPES || subject_is_repeated(op, i) ||
            !describe(dtypes, clw_op_input_count(op), count, words, sizeof words) ||
            (settings->dtype && strcmp(settings->dtype, clw_dtype_name(dtypes[0])) != 0))
            continue;
        const clw_status status =
            digest_loop(context, op, dtypes, settings->points, settings->seed, &digest, &error);
        failed |= status && status != CLW_ERROR_UNSUPPORTED;
        if (status)
            printf("%s\t%s\t%s\n", clw_op_name(op), words, error.message);
        else
            printf("%s\t%s\t%016llx\n", clw_op_name(op), words, (unsigned long long)digest);
        fflush(stdout);
        if (all->count < MAX_DIGESTS)
            all->of[all->count++] = digest;
    }
    return failed;
}

int digest_ops(clw_context *context, const struct settings *settings)
{
    struct digests *const all = calloc(1, sizeof *all);
    int failed = !all;
    for (int i = 0; all && settings->op_count == 0 && i < clw_op_count(context); i++)
        failed |= digest_op(context, clw_op_at(context, i), settings, all);
    for (int i = 0; all && i < settings->op_count; i++) {
        const clw_op *const op = clw_op_find(context, settings->ops[i]);
        if (op)
            failed |= digest_op(context, op, settings, all);
        else
            printf("# %s is absent\n", settings->ops[i]);
        failed |= !op;
    }
    if (all)
        printf("all\t\t%016llx\n",
               (unsigned long long)XXH64(all->of, all->count * sizeof *all->of, 0));
    free(all);
    return failed;
}
