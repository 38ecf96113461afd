#include <jansson.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "tools/command.h"
#include "tools/print.h"
#include "tools/registry.h"
#include "tools/report.h"

enum { MAX_LOOP_DTYPES = 32, MAX_SIGNATURE = 400 };

/* tools/measured.tsv; every line ends in a newline. */
extern const char table_measured[];

typedef const char *name_at(const clw_op *op, int index);

static json_t *names_json(const clw_op *op, int count, name_at *name)
{
    json_t *const array = json_array();
    for (int i = 0; i < count; i++)
        json_array_append_new(array, json_words(name(op, i)));
    return array;
}

static json_t *dtypes_json(const clw_dtype *dtypes, int count)
{
    json_t *const array = json_array();
    for (int i = 0; i < count; i++)
        json_array_append_new(array, json_string(clw_dtype_name(dtypes[i])));
    return array;
}

static json_t *loops_json(const clw_op *op)
{
    json_t *const array = json_array();
    const int inputs = clw_op_input_count(op);
    for (int loop = 0; loop < clw_op_loop_count(op); loop++) {
        clw_dtype dtypes[MAX_LOOP_DTYPES];
        const int count = clw_op_loop(op, loop, dtypes, MAX_LOOP_DTYPES);
        json_array_append_new(array,
                              json_pack("{s:o, s:o}", "inputs", dtypes_json(dtypes, inputs),
                                        "outputs", dtypes_json(dtypes + inputs, count - inputs)));
    }
    return array;
}

static json_t *params_json(const clw_op *op)
{
    json_t *const array = json_array();
    for (int i = 0; i < clw_op_param_count(op); i++)
        json_array_append_new(array,
                              json_pack("{s:o, s:o}", "name", json_words(clw_op_param_name(op, i)),
                                        "default", json_words(clw_op_param_default(op, i))));
    return array;
}

static json_t *positions_json(const clw_op *op)
{
    json_t *const array = json_array();
    for (int i = 0; i < clw_op_position_count(op); i++) {
        const int axis = clw_op_position_axis(op, i);
        json_array_append_new(
            array, json_pack("{s:o, s:o}", "name", json_words(clw_op_position_name(op, i)), "axis",
                             axis == INT_MAX ? json_string("flat") : json_integer(axis)));
    }
    return array;
}

static json_t *op_json(const clw_op *op)
{
    json_t *const object = json_object();
    json_t *const aliases = names_json(op, clw_op_alias_count(op), clw_op_alias);
    json_t *const inputs = names_json(op, clw_op_input_count(op), clw_op_input_name);
    json_t *const outputs = names_json(op, clw_op_output_count(op), clw_op_output_name);
    json_t *const calls = names_json(op, clw_op_callee_count(op), clw_op_callee_name);
    json_object_set_new(object, "name", json_words(clw_op_name(op)));
    json_object_set_new(object, "aliases", aliases);
    json_object_set_new(object, "inputs", inputs);
    json_object_set_new(object, "outputs", outputs);
    json_object_set_new(object, "loops", loops_json(op));
    json_object_set_new(object, "parameters", params_json(op));
    json_object_set_new(object, "positions", positions_json(op));
    json_object_set_new(object, "calls", calls);
    json_object_set_new(object, "doc", json_words(clw_op_doc(op)));
    json_object_set_new(object, "ulp", json_words(clw_op_ulp(op)));
    return object;
}

static void print_loop(const clw_op *op, int loop)
{
    clw_dtype dtypes[MAX_LOOP_DTYPES];
    const int count = clw_op_loop(op, loop, dtypes, MAX_LOOP_DTYPES);
    for (int i = 0; i < count; i++)
        printf("%s%s",
               i == clw_op_input_count(op) ? " -> "
               : i                         ? " "
                                           : "",
               clw_dtype_name(dtypes[i]));
    printf("\n");
}

/* "f32 0.7  f64 0.7" from the lines "op, dtype, stated, measured, the device's own" of the table.
 */
static void print_measured(const char *op)
{
    const char *between = "measured    ";
    for (const char *at = table_measured; *at; at = strchr(at, '\n') + 1) {
        char name[80], dtype[16], measured[32];
        if (sscanf(at, "%79[^\t]\t%15[^\t]\t%*[^\t]\t%31[^\t\n]", name, dtype, measured) == 3 &&
            strcmp(name, op) == 0) {
            printf("%s%s %s", between, dtype, measured);
            between = "  ";
        }
    }
    if (between[0] == ' ')
        printf("\n");
}

static void print_positions(const clw_op *op)
{
    for (int i = 0; i < clw_op_position_count(op); i++) {
        const int axis = clw_op_position_axis(op, i);
        printf("%s%s: ", i ? "            " : "positions   ", clw_op_position_name(op, i));
        if (axis == INT_MAX)
            printf("the place in C order\n");
        else
            printf("along axis %d\n", axis);
    }
}

static void print_calls(const clw_op *op)
{
    const int count = clw_op_callee_count(op);
    for (int i = 0; i < count; i++)
        printf("%s%s%s", i ? ", " : "calls       ", clw_op_callee_name(op, i),
               i + 1 == count ? "\n" : "");
}

static void print_op(const clw_op *op)
{
    char signature[MAX_SIGNATURE];
    printf("%s\n    %s\n", op_signature(op, signature, sizeof signature), clw_op_doc(op));
    for (int i = 0; i < clw_op_alias_count(op); i++)
        printf("%s%s%s", i ? ", " : "aliases     ", clw_op_alias(op, i),
               i + 1 == clw_op_alias_count(op) ? "\n" : "");
    for (int i = 0; i < clw_op_param_count(op); i++)
        printf("%s%s = %s\n", i ? "            " : "parameters  ", clw_op_param_name(op, i),
               clw_op_param_default(op, i));
    print_positions(op);
    print_calls(op);
    for (int i = 0; i < clw_op_loop_count(op); i++) {
        printf("%s", i ? "            " : "loops       ");
        print_loop(op, i);
    }
    if (clw_op_ulp(op)[0])
        printf("ulp         %s\n", clw_op_ulp(op));
    print_measured(clw_op_name(op));
}

static int list_ops(clw_context *context, int as_json, clw_error *error)
{
    json_t *const array = as_json ? json_array() : NULL;
    for (int i = 0; i < clw_op_count(context); i++) {
        const clw_op *const op = clw_op_at(context, i);
        if (as_json)
            json_array_append_new(array, op_json(op));
        else
            printf("%-20s  %s\n", clw_op_name(op), clw_op_doc(op));
    }
    return as_json ? print_json(array, error) : DONE;
}

static int tell_op(clw_context *context, const char *name, int as_json, clw_error *error)
{
    const clw_op *const op = registry_find(context, name, error);
    if (!op)
        return MISUSED;
    if (as_json)
        return print_json(op_json(op), error);
    print_op(op);
    return DONE;
}

static int run(struct settings *settings, clw_error *error)
{
    clw_context *context = NULL;
    int status = registry_open(settings, "none", &context, error);
    if (status == DONE)
        status = settings->operand_count > 0
                     ? tell_op(context, settings->operands[0], settings->json, error)
                     : list_ops(context, settings->json, error);
    clw_context_release(context);
    return status;
}

static const struct option_row options[] = {LOAD_ROW, JSON_ROW, HELP_ROW, LAST_ROW};

const struct command command_ops = {
    "ops",
    "[NAME]",
    "List the operations, or tell all about one",
    "One line an op: its name and what it does. With NAME, also aliases, inputs, outputs, loops,\n"
    "parameters, positions, ops that it calls, and error bounds.\n",
    options,
    0,
    1,
    run};
