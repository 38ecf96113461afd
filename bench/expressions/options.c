#include "bench/expressions/options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: clwise-expressions [OPTION...] [NAME]...\n"
    "Times expressions as one kernel, beside the same ops one by one and other libraries, in "
    "turns.\n"
    "  NAME           expressions with this in their names only\n"
    "  --rounds N     default: 15\n"
    "  --quick        65536 elements, 3 rounds\n"
    "  --device NAME  as clwise takes it: gpu, cpu, P:D, or part of a name\n"
    "  --python FILE  with NumPy, numexpr, PyTorch and JAX; bench/python-peers.sh installs and\n"
    "                 prints one. Default: $CLWISE_BENCH_PYTHON\n"
    "  --json FILE    also write every figure to FILE\n";

static bool parse_rounds(const char *text, size_t *rounds)
{
    char *end;
    const unsigned long value = strtoul(text, &end, 10);
    if (*end || value < 1 || value > MAX_ROUNDS) {
        fprintf(stderr, "clwise-expressions: --rounds takes a number from 1 to %d, not %s\n",
                MAX_ROUNDS, text);
        return false;
    }
    *rounds = value;
    return true;
}

bool parse_options(int argc, char **argv, struct options *options)
{
    static const struct option table[] = {
        {"device", required_argument, NULL, 'd'},
        {"python", required_argument, NULL, 'p'},
        {"json", required_argument, NULL, 'j'},
        {"rounds", required_argument, NULL, 'r'},
        {"quick", no_argument, NULL, 'q'},
        {"help", no_argument, NULL, 'h'},
        {0},
    };
    *options = (struct options){.python = getenv("CLWISE_BENCH_PYTHON")};
    for (int option; (option = getopt_long(argc, argv, "", table, NULL)) != -1;) {
        const char **const text = option == 'd'   ? &options->device
                                  : option == 'p' ? &options->python
                                  : option == 'j' ? &options->json
                                                  : NULL;
        if (text)
            *text = optarg;
        else if (option == 'q')
            options->quick = true;
        else if (option != 'r') {
            fputs(usage, option == 'h' ? stdout : stderr);
            if (option == 'h')
                exit(0);
            return false;
        } else if (!parse_rounds(optarg, &options->rounds))
            return false;
    }
    if (!options->rounds)
        options->rounds = options->quick ? 3 : 15;
    options->names = argv + optind;
    return true;
}

bool is_chosen(const struct options *options, const char *name)
{
    if (!options->names[0])
        return true;
    for (int i = 0; options->names[i]; ++i)
        if (strstr(name, options->names[i]))
            return true;
    return false;
}
