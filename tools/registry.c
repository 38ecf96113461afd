#include "tools/registry.h"

#include <stdio.h>
#include <string.h>

#include "tools/report.h"
#include "tools/suggest.h"

/* Warnings are for everyone, the rest for --verbose. */
static void on_log(void *data, clw_log_level level, const char *line)
{
    const struct settings *const settings = data;
    if (level >= CLW_LOG_WARNING || settings->verbose)
        report(line);
}

int registry_open(const struct settings *settings, const char *device, clw_context **context,
                  clw_error *error)
{
    clw_config config = settings->config;
    config.device = device ? device : config.device;
    config.log = on_log;
    config.log_data = (void *)settings;
    if (clw_context_create(&config, context, error))
        return FAILED;
    for (int i = 0; i < settings->load_count; i++)
        if (clw_ops_load(*context, settings->loads[i], error))
            return FAILED;
    return DONE;
}

const clw_op *registry_find(clw_context *context, const char *name, clw_error *error)
{
    const clw_op *const found = clw_op_find(context, name);
    if (found)
        return found;
    char words[80];
    struct suggestion suggestion = suggestion_for(name);
    for (int i = 0; i < clw_op_count(context); i++) {
        const clw_op *const op = clw_op_at(context, i);
        suggestion_consider(&suggestion, clw_op_name(op));
        for (int alias = 0; alias < clw_op_alias_count(op); alias++)
            suggestion_consider(&suggestion, clw_op_alias(op, alias));
    }
    misuse(error, "no op is called '%s'%s", name,
           suggestion_words(&suggestion, words, sizeof words));
    return NULL;
}

static size_t add_names(char *words, size_t room, size_t length, const clw_op *op, int count,
                        const char *(*name)(const clw_op *, int))
{
    for (int i = 0; i < count && length < room; i++)
        length +=
            (size_t)snprintf(words + length, room - length, "%s%s", i ? ", " : "", name(op, i));
    return length < room ? length : room;
}

const char *op_signature(const clw_op *op, char *words, size_t room)
{
    size_t length = (size_t)snprintf(words, room, "%s(", clw_op_name(op));
    if (length < room)
        length = add_names(words, room, length, op, clw_op_input_count(op), clw_op_input_name);
    if (length < room)
        length += (size_t)snprintf(words + length, room - length, ") -> ");
    if (length < room)
        add_names(words, room, length, op, clw_op_output_count(op), clw_op_output_name);
    return words;
}
