/* Writes clwise_ops.h: an inline function for each built-in op.
 *
 *     gen_ops_header OUT CLWISE_H FILE.cl...
 *
 * CLWISE_H is read for the names that it declares already: an op must not be called like one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/base/text.h"
#include "runtime/ops/registry.h"

static const char opening[] =
    "/* One function for each built-in op, in the order of their names. They are clw_call on "
    "arrays\n"
    " * with default options, parameters at their defaults: *y NULL is a new array, the caller's;\n"
    " * given, it is written in place. Generated from cl/ops. */\n"
    "#ifndef CLWISE_CLWISE_OPS_H\n"
    "#define CLWISE_CLWISE_OPS_H\n\n"
    "#include <clwise/clwise.h>\n";

static void stop(const char *problem, const char *what)
{
    fprintf(stderr, "gen_ops_header: %s%s\n", problem, what);
    exit(1);
}

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        stop("cannot read ", path);
    struct text text;
    text_init(&text, NULL);
    char bytes[4096];
    for (size_t count; (count = fread(bytes, 1, sizeof bytes, file)) > 0;)
        text_add_bytes(&text, bytes, count);
    fclose(file);
    char *words = text_take(&text);
    if (!words)
        stop("out of memory for ", path);
    return words;
}

static void blank_comments(char *text)
{
    for (char *start = strstr(text, "/*"); start; start = strstr(start, "/*"))
        for (const char *end = strstr(start, "*/"); start != end + 2 && *start; start++)
            *start = ' ';
}

static int continues_name(char c)
{
    return strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789", c) && c;
}

/* Whether clw_NAME is a word of the header. */
static int is_declared(const char *header, const char *name)
{
    char word[OP_NAME_SIZE + 8];
    const int length = snprintf(word, sizeof word, "clw_%s", name);
    for (const char *at = strstr(header, word); at; at = strstr(at + 1, word))
        if (!continues_name(at[length]) && (at == header || !continues_name(at[-1])))
            return 1;
    return 0;
}

/* Names of operands become names of arguments, in C and C++. */
static const char *argument_suffix(const char *name)
{
    static const char taken[] =
        " alignas alignof and and_eq asm auto bitand bitor bool break case catch char "
        "class compl complex concept const constexpr const_cast context continue decltype "
        "default delete do double dynamic_cast else enum error explicit export extern "
        "false float for friend goto has_all if imaginary in inline int long mutable "
        "namespace new noexcept not not_eq nullptr op operator or or_eq out private "
        "protected public register reinterpret_cast requires restrict return short signed "
        "sizeof static static_assert static_cast status struct switch template this "
        "thread_local throw true try typedef typeid typename typeof union unsigned using "
        "virtual void volatile wchar_t while xor xor_eq ";
    char word[OP_NAME_SIZE + 8];
    snprintf(word, sizeof word, " %s ", name);
    return strstr(taken, word) ? "_" : "";
}

static void add_doc(struct text *text, const struct clw_op *op)
{
    text_add(text, "\n/* ");
    for (const char *c = op->doc; *c; c++)
        text_addf(text, "%c%s", *c, c[0] == '*' && c[1] == '/' ? " " : "");
    text_add(text, *op->doc ? " */\n" : "an op without a description */\n");
}

static void add_signature(struct text *text, const struct clw_op *op)
{
    text_addf(text, "static inline CLW_MUST_CHECK clw_status clw_%s(clw_context *context",
              op->name);
    for (int i = 0; i < op->nin; i++)
        text_addf(text, ", const clw_array *%s%s", op->in_name[i], argument_suffix(op->in_name[i]));
    for (int i = 0; i < op->nout; i++)
        text_addf(text, ", clw_array **%s%s", op->out_name[i], argument_suffix(op->out_name[i]));
    text_add(text, ", clw_error *error)\n{\n");
}

static void add_inputs(struct text *text, const struct clw_op *op)
{
    text_addf(text, "    const clw_op *op = clw_op_find(context, \"%s\");\n", op->name);
    text_add(text, "    const clw_operand in[] = {");
    for (int i = 0; i < op->nin; i++)
        text_addf(text, "%sCLW_ARRAY(%s%s)", i ? ", " : "", op->in_name[i],
                  argument_suffix(op->in_name[i]));
    text_add(text, "};\n");
}

static void add_call_of_one(struct text *text, const struct clw_op *op)
{
    text_addf(text, "    return clw_call(context, op, in, %d, %s%s, 1, NULL, error);\n}\n", op->nin,
              op->out_name[0], argument_suffix(op->out_name[0]));
}

/* clw_call takes an array of outputs: they go in and come out through one of the function's own. A
 * NULL among the arguments is clw_call's to refuse. */
static void add_call_of_many(struct text *text, const struct clw_op *op)
{
    const char *suffix[OP_MAX_OUTPUTS];
    for (int i = 0; i < op->nout; i++)
        suffix[i] = argument_suffix(op->out_name[i]);
    text_add(text, "    clw_array *out[] = {");
    for (int i = 0; i < op->nout; i++)
        text_addf(text, "%s%s%s ? *%s%s : NULL", i ? ", " : "", op->out_name[i], suffix[i],
                  op->out_name[i], suffix[i]);
    text_add(text, "};\n    const int has_all = ");
    for (int i = 0; i < op->nout; i++)
        text_addf(text, "%s%s%s", i ? " && " : "", op->out_name[i], suffix[i]);
    text_addf(
        text,
        ";\n    const clw_status status = clw_call(context, op, in, %d, has_all ? out : NULL, "
        "%d, NULL, error);\n    if (status)\n        return status;\n",
        op->nin, op->nout);
    for (int i = 0; i < op->nout; i++)
        text_addf(text, "    *%s%s = out[%d];\n", op->out_name[i], suffix[i], i);
    text_add(text, "    return status;\n}\n");
}

static void add_function(struct text *text, const struct clw_op *op)
{
    add_doc(text, op);
    add_signature(text, op);
    add_inputs(text, op);
    if (op->nout == 1)
        add_call_of_one(text, op);
    else
        add_call_of_many(text, op);
}

static void write_file(const char *path, struct text *text)
{
    FILE *file = fopen(path, "wb");
    if (!file || text->failed || fputs(text_words(text), file) < 0 || fclose(file) != 0)
        stop("cannot write ", path);
}

int main(int count, char **arguments)
{
    if (count < 4 || !strstr(arguments[2], ".h"))
        stop("usage: ", "gen_ops_header OUT CLWISE_H FILE.cl...");
    char *header = read_file(arguments[2]);
    blank_comments(header);
    struct registry registry;
    registry_init(&registry, NULL);
    clw_error error;
    for (int i = 3; i < count; i++)
        if (registry_load(&registry, arguments[i], &error))
            stop("", error.message);
    struct text text;
    text_init(&text, NULL);
    text_add(&text, opening);
    for (int i = 0; i < registry.count; i++) {
        if (is_declared(header, registry.ops[i]->name))
            stop("clwise.h has a name for something else that an op would take: clw_",
                 registry.ops[i]->name);
        add_function(&text, registry.ops[i]);
    }
    text_add(&text, "\n#endif\n");
    write_file(arguments[1], &text);
    text_finish(&text);
    registry_finish(&registry);
    free(header);
    return 0;
}
