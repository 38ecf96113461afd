#include "tools/binding.h"

#include <stdio.h>
#include <string.h>

#include "tools/report.h"
#include "tools/suggest.h"

/* "a, b and 3 more" */
static void list_names(const clw_op *op, char *words, size_t room)
{
    const int count = clw_op_input_count(op);
    size_t length = 0;
    int i = 0;
    words[0] = '\0';
    for (; i < count && length < room / 2; i++)
        length += (size_t)snprintf(words + length, room - length, "%s%s", i ? ", " : "",
                                   clw_op_input_name(op, i));
    if (i < count)
        snprintf(words + length, room - length, " and %d more", count - i);
}

static int is_name(const char *words, size_t length)
{
    const size_t letters = strspn(words, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                         "0123456789_");
    return length > 0 && letters >= length && (words[0] < '0' || words[0] > '9');
}

static int unused_name(const clw_op *op, const char *name, clw_error *error)
{
    char names[300];
    struct suggestion suggestion = suggestion_for(name);
    for (int i = 0; i < clw_op_input_count(op); i++)
        suggestion_consider(&suggestion, clw_op_input_name(op, i));
    list_names(op, names, sizeof names);
    if (clw_op_input_count(op) == 0)
        return misuse(error, "%s is given, but the expression has no names", name);
    if (suggestion.best)
        return misuse(error, "%s is given, but the expression does not use it; did you mean %s?",
                      name, suggestion.best);
    return misuse(error, "%s is given, but the expression does not use it; its names: %s", name,
                  names);
}

static int bind(const clw_op *op, const char *given, const char **words, clw_error *error)
{
    const char *const equals = strchr(given, '=');
    const size_t length = equals ? (size_t)(equals - given) : 0;
    char name[80], names[300];
    list_names(op, names, sizeof names);
    if (!is_name(given, length))
        return misuse(error, "'%s' is not NAME=VALUE; the expression's names: %s", given,
                      names[0] ? names : "none");
    snprintf(name, sizeof name, "%.*s", (int)length, given);
    for (int i = 0; i < clw_op_input_count(op); i++) {
        if (strcmp(clw_op_input_name(op, i), name) != 0)
            continue;
        if (words[i])
            return misuse(error, "%s is given twice: %s and %s", name, words[i], equals + 1);
        if (equals[1] == '\0')
            return misuse(error, "%s= has no value: a number, or an .npy or .png file", name);
        words[i] = equals + 1;
        return DONE;
    }
    return unused_name(op, name, error);
}

int bind_names(const clw_op *op, const struct settings *settings, const char **words,
               clw_error *error)
{
    int status = DONE;
    for (int i = 1; i < settings->operand_count && status == DONE; i++)
        status = bind(op, settings->operands[i], words, error);
    for (int i = 0; i < settings->call.nparams && status == DONE; i++)
        status = bind(op, settings->param_words[i], words, error);
    for (int i = 0; i < clw_op_input_count(op) && status == DONE; i++)
        if (!words[i])
            status = misuse(error, "nothing is given for %s; add %s=NUMBER or %s=FILE",
                            clw_op_input_name(op, i), clw_op_input_name(op, i),
                            clw_op_input_name(op, i));
    return status;
}
