#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/command.h"
#include "tools/report.h"
#include "tools/suggest.h"

static const struct command *const commands[] = {
    &command_devices, &command_ops,      &command_run,  &command_eval, &command_explain,
    &command_cache,   &command_selftest, &command_tune, &command_warm};
enum { COMMANDS = sizeof commands / sizeof commands[0] };

static void print_help(void)
{
    printf("Usage: clwise COMMAND [OPTION]... [OPERAND]...\n\n"
           "Element-wise array operations on any OpenCL device.\n\nCommands:\n");
    for (int i = 0; i < COMMANDS; i++)
        printf("  %-8s  %s\n", commands[i]->name, commands[i]->summary);
    printf("\nclwise COMMAND --help tells more about one; clwise --version tells the version.\n"
           "Exit status: 0 done, 1 the work failed, 2 the command line is wrong.\n");
}

static void print_version(void)
{
    const uint32_t library = clw_version();
    printf("clwise %d.%d.%d", CLW_VERSION_MAJOR, CLW_VERSION_MINOR, CLW_VERSION_PATCH);
    if (library != (CLW_VERSION_MAJOR << 16 | CLW_VERSION_MINOR << 8 | CLW_VERSION_PATCH))
        printf(" (library %u.%u.%u)", library >> 16, library >> 8 & 255, library & 255);
    printf("\n");
}

static const struct command *find_command(const char *name, clw_error *error)
{
    char words[80];
    struct suggestion suggestion = suggestion_for(name);
    for (int i = 0; i < COMMANDS; i++) {
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
        suggestion_consider(&suggestion, commands[i]->name);
    }
    misuse(error, "unknown command '%s'%s", name,
           suggestion_words(&suggestion, words, sizeof words));
    return NULL;
}

static int run_command(const struct command *command, int argc, char **argv, clw_error *error)
{
    struct settings settings;
    settings_init(&settings);
    int status = command_parse(command, argc, argv, &settings, error);
    if (status == MISUSED)
        status = fail_in(error, command->name, status);
    if (status == DONE && settings.help)
        command_help(command);
    else if (status == DONE)
        status = command->run(&settings, error);
    free(settings.operands);
    return status;
}

/* "clwise help run" is "clwise run --help". */
static int help_on(int argc, char **argv, clw_error *error)
{
    const struct command *const command = argc > 2 ? find_command(argv[2], error) : NULL;
    if (argc > 2 && !command)
        return MISUSED;
    if (command)
        command_help(command);
    else
        print_help();
    return DONE;
}

static int is_one_of(const char *word, const char *a, const char *b)
{
    return strcmp(word, a) == 0 || strcmp(word, b) == 0;
}

static int dispatch(int argc, char **argv, clw_error *error)
{
    if (argc < 2)
        return misuse(error, "no command is given; clwise --help lists them");
    if (is_one_of(argv[1], "--version", "-V")) {
        print_version();
        return DONE;
    }
    if (is_one_of(argv[1], "--help", "-h") || strcmp(argv[1], "help") == 0)
        return help_on(argc, argv, error);
    const struct command *const command = find_command(argv[1], error);
    return command ? run_command(command, argc - 1, argv + 1, error) : MISUSED;
}

int main(int argc, char **argv)
{
    clw_error error = {CLW_OK, ""};
    int status = dispatch(argc, argv, &error);
    const int unwritten = ferror(stdout);
    if ((fflush(stdout) || unwritten) && status == DONE)
        status = fail(&error, "standard output: cannot be written: %s", strerror(errno));
    if (status != DONE)
        report(error.message);
    return status;
}
