/* Names that mean something else in a body. */
#include <stdlib.h>
#include <string.h>

#include "runtime/ops/opfile_parser.h"

/* Sorted. */
static const char *const keywords[] = {
    "AS_INT",    "AS_T",      "FN",         "R",          "RFN",      "T",         "_Bool",
    "_Complex",  "_Generic",  "_Imaginary", "_Noreturn",  "_Pragma",  "auto",      "bool",
    "break",     "case",      "char",       "const",      "constant", "continue",  "default",
    "defined",   "do",        "double",     "else",       "enum",     "event_t",   "extern",
    "float",     "for",       "generic",    "global",     "goto",     "half",      "if",
    "inline",    "int",       "intptr_t",   "kernel",     "local",    "long",      "pipe",
    "private",   "ptrdiff_t", "read_only",  "read_write", "register", "restrict",  "return",
    "sampler_t", "short",     "signed",     "size_t",     "sizeof",   "static",    "struct",
    "switch",    "typedef",   "typeof",     "uchar",      "uint",     "uintptr_t", "ulong",
    "union",     "unsigned",  "ushort",     "void",       "volatile", "while",     "write_only",
};

static int compare(const void *name, const void *entry)
{
    return strcmp(name, *(const char *const *)entry);
}

static int is_keyword(const char *name)
{
    return bsearch(name, keywords, sizeof keywords / sizeof *keywords, sizeof *keywords, compare) !=
           NULL;
}

/* float4, uchar16. */
static int is_vector(const char *name)
{
    static const char *const types[] = {"char", "uchar", "short", "ushort", "int",  "uint",
                                        "long", "ulong", "float", "double", "half", "bool"};
    static const char *const widths[] = {"2", "3", "4", "8", "16"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        for (size_t j = 0; j < sizeof widths / sizeof *widths; j++)
            if (strncmp(name, types[i], strlen(types[i])) == 0 &&
                strcmp(name + strlen(types[i]), widths[j]) == 0)
                return 1;
    return 0;
}

/* T0, R1, T_IS_INT and the like. */
static int is_macro(const char *name)
{
    const int is_type = name[0] == 'T' || name[0] == 'R';
    return strncmp(name, "__", 2) == 0 || strncmp(name, "CLW_", 4) == 0 ||
           (is_type && (name[1] == '_' ||
                        (name[1] != '\0' && strspn(name + 1, "0123456789") == strlen(name + 1))));
}

int opfile_is_reserved(const char *name)
{
    return is_keyword(name) || is_vector(name) || is_macro(name);
}

clw_status opfile_argument_name(const struct opfile *parser, struct words *words, const char *what,
                                char name[OP_NAME_SIZE])
{
    const clw_status status = opfile_name(parser, words, what, name);
    if (!status && opfile_is_reserved(name))
        return opfile_fail(parser, "'%s' cannot be %s: it is a word of OpenCL C or of op files",
                           name, what);
    return status;
}
