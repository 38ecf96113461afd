#include "tools/command.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/number.h"
#include "tools/report.h"
#include "tools/suggest.h"

enum { MAX_OPTIONS = 24 };

/* The forms of the table that getopt_long wants. A long option's code is its row + 256. */
struct forms {
    char letters[2 + 2 * MAX_OPTIONS + 1];
    struct option names[MAX_OPTIONS + 1];
};

static void make_forms(const struct option_row *rows, struct forms *forms)
{
    char *letter = forms->letters;
    memset(forms, 0, sizeof *forms);
    *letter++ = '+';
    *letter++ = ':';
    for (int i = 0; rows[i].name && i < MAX_OPTIONS; i++) {
        const int has_value = rows[i].value ? required_argument : no_argument;
        forms->names[i] = (struct option){rows[i].name, has_value, NULL, i + 256};
        if (rows[i].letter == 0)
            continue;
        *letter++ = rows[i].letter;
        if (rows[i].value)
            *letter++ = ':';
    }
}

static const struct option_row *row_of(const struct option_row *rows, int code)
{
    if (code >= 256)
        return &rows[code - 256];
    for (; rows->name; rows++)
        if (code != 0 && rows->letter == code)
            return rows;
    return NULL;
}

static int unknown_option(const struct option_row *rows, const char *argument, clw_error *error)
{
    const struct option_row *const row = row_of(rows, optopt);
    if (row && !row->value)
        return misuse(error, "--%s takes no value", row->name);
    if (strncmp(argument, "--", 2) != 0)
        return misuse(error, "unknown option -%c", optopt);
    char name[80];
    snprintf(name, sizeof name, "%.*s", (int)strcspn(argument + 2, "="), argument + 2);
    struct suggestion suggestion = suggestion_for(name);
    for (; rows->name; rows++)
        suggestion_consider(&suggestion, rows->name);
    if (suggestion.best)
        return misuse(error, "unknown option --%s; did you mean --%s?", name, suggestion.best);
    return misuse(error, "unknown option --%s", name);
}

static int apply(const struct option_row *row, const char *value, struct settings *settings,
                 clw_error *error)
{
    if (row->set)
        return row->set(settings, value, error);
    char *const field = (char *)settings + row->offset;
    if (row->value)
        memcpy(field, &value, sizeof value);
    else
        memcpy(field, &(int){1}, sizeof(int));
    return DONE;
}

static int parse_option(const struct option_row *rows, const struct forms *forms, int argc,
                        char **argv, struct settings *settings, clw_error *error)
{
    const char *const argument = argv[optind];
    const int code = getopt_long(argc, argv, forms->letters, forms->names, NULL);
    if (code == ':')
        return misuse(error, "option %s needs a value", argument);
    const struct option_row *const row = code == '?' ? NULL : row_of(rows, code);
    if (!row)
        return unknown_option(rows, argument, error);
    return apply(row, optarg, settings, error);
}

/* "-", "-1" and "-inf" are operands. */
static int is_operand(const char *argument)
{
    clw_scalar unused;
    return argument[0] != '-' || argument[1] == '\0' ||
           number_parse(argument, &unused) != NUMBER_NONE;
}

static int count_operands(const struct command *command, const struct settings *settings,
                          clw_error *error)
{
    if (settings->help)
        return DONE;
    if (settings->operand_count < command->least)
        return misuse(error, "too few operands: %s %s", command->name, command->operands);
    if (settings->operand_count > command->most)
        return misuse(error, "too many operands: '%s' is left over",
                      settings->operands[command->most]);
    return DONE;
}

int command_parse(const struct command *command, int argc, char **argv, struct settings *settings,
                  clw_error *error)
{
    struct forms forms;
    make_forms(command->options, &forms);
    settings->operands = malloc((size_t)argc * sizeof *settings->operands);
    if (!settings->operands)
        return fail(error, "out of memory");
    int only_operands = 0;
    opterr = 0;
    optind = 1;
    while (optind < argc) {
        if (!only_operands && strcmp(argv[optind], "--") == 0) {
            only_operands = 1;
            optind++;
        } else if (only_operands || is_operand(argv[optind])) {
            settings->operands[settings->operand_count++] = argv[optind++];
        } else {
            const int status = parse_option(command->options, &forms, argc, argv, settings, error);
            if (status != DONE)
                return status;
        }
    }
    return count_operands(command, settings, error);
}

void command_help(const struct command *command)
{
    printf("Usage: clwise %s [OPTION]... %s\n\n%s.\n", command->name, command->operands,
           command->summary);
    if (command->details)
        printf("\n%s", command->details);
    printf("\nOptions:\n");
    for (const struct option_row *row = command->options; row->name; row++) {
        char names[60];
        snprintf(names, sizeof names, "%c%c%s --%s%s%s", row->letter ? '-' : ' ',
                 row->letter ? row->letter : ' ', row->letter ? "," : " ", row->name,
                 row->value ? " " : "", row->value ? row->value : "");
        printf("  %-26s  %s\n", names, row->help);
    }
}
