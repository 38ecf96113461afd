#include <stdio.h>
#include <string.h>

#include "runtime/base/memory.h"
#include "runtime/base/text.h"
#include "runtime/ops/builtin.h"
#include "runtime/ops/nearest.h"
#include "runtime/ops/opfile_parser.h"

static clw_status add_uses(struct opfile *parser, struct words *words, int real)
{
    struct uses *uses = &parser->draft.uses;
    const int first = uses->count;
    unsigned dtypes = 0;
    do {
        if (uses->count == OPFILE_MAX_NAMES)
            return opfile_fail(parser, "more than %d names", OPFILE_MAX_NAMES);
        struct lib_use *use = &uses->use[uses->count++];
        const clw_status status = opfile_name(parser, words, "a file of lib", use->name);
        if (status)
            return status;
        char file[OP_NAME_SIZE + sizeof ".clh"];
        snprintf(file, sizeof file, "%s.clh", use->name);
        if (!builtin_find("lib", file))
            return opfile_fail(parser, "the library has no file '%s'", use->name);
        use->real = (uint8_t)real;
    } while (words_peek(words).length && !word_is(words_peek(words), "for"));
    const clw_status status = opfile_classes(parser, words, "for", &dtypes);
    for (int i = first; i < uses->count; i++)
        uses->use[i].dtypes = (uint16_t)(dtypes ? dtypes : ~0u);
    return status ? status : opfile_end(parser, words);
}

static clw_status parse_use(struct opfile *parser, struct words *words)
{
    return add_uses(parser, words, 0);
}

static clw_status parse_use_real(struct opfile *parser, struct words *words)
{
    return add_uses(parser, words, 1);
}

static clw_status parse_doc(struct opfile *parser, struct words *words)
{
    const struct word doc = words_rest(words);
    if (doc.length == 0)
        return opfile_expected(parser, "a sentence", doc);
    memory_free(parser->allocator, parser->op->doc);
    parser->op->doc = memory_copy_text(parser->allocator, doc.text, (size_t)doc.length);
    return parser->op->doc ? CLW_OK : fail_memory(parser->error);
}

static clw_status parse_function(struct opfile *parser, struct words *words)
{
    const clw_status status = opfile_name(parser, words, "a function's name", parser->op->function);
    return status ? status : opfile_end(parser, words);
}

static clw_status parse_require(struct opfile *parser, struct words *words)
{
    if (!words_take(words, "fp64"))
        return opfile_expected(parser, "fp64", words_peek(words));
    parser->op->require_fp64 = 1;
    return opfile_end(parser, words);
}

static clw_status parse_usual(struct opfile *parser, struct words *words)
{
    unsigned dtypes = 0;
    const clw_status status = opfile_classes(parser, words, "for", &dtypes);
    parser->op->usual = (uint16_t)(dtypes ? dtypes : ~0u);
    return status ? status : opfile_end(parser, words);
}

static clw_status parse_nonnegative(struct opfile *parser, struct words *words)
{
    struct clw_op *op = parser->op;
    const struct word word = words_next(words);
    for (int i = 0; i < op->nin && op->nonnegative < 0; i++)
        if (word_is(word, op->in_name[i]))
            op->nonnegative = i;
    if (op->nonnegative < 0)
        return opfile_expected(parser, "the name of an input", word);
    return opfile_end(parser, words);
}

static clw_status parse_identity(struct opfile *parser, struct words *words)
{
    const struct word word = words_next(words);
    return word.length ? opfile_end(parser, words) : opfile_expected(parser, "a number", word);
}

/* "f32 1 f64 1" is kept as "f32 1  f64 1". */
static clw_status parse_ulp(struct opfile *parser, struct words *words)
{
    struct text bounds;
    text_init(&bounds, parser->allocator);
    clw_status status = CLW_OK;
    do {
        const struct word dtype = words_next(words), bound = words_next(words);
        if (dtype_find(dtype.text, (size_t)dtype.length) == CLW_DTYPE_COUNT)
            status = opfile_expected(parser, "a dtype", dtype);
        else if (bound.length == 0 || !(bound.text[0] >= '0' && bound.text[0] <= '9'))
            status = opfile_expected(parser, "a number of ULP after the dtype", bound);
        text_addf(&bounds, "%s%.*s %.*s", bounds.length ? "  " : "", dtype.length, dtype.text,
                  bound.length, bound.text);
    } while (!status && words_peek(words).length);
    if (!status && !(parser->op->ulp = text_take(&bounds)))
        status = fail_memory(parser->error);
    text_finish(&bounds);
    return status;
}

static clw_status parse_flags(struct opfile *parser, struct words *words)
{
    static const struct {
        const char *name;
        enum op_flag flag;
    } flags[] = {
        {"commutative", OP_COMMUTATIVE},
        {"exact_compare", OP_EXACT_COMPARE},
        {"torch_same", OP_TORCH_SAME},
        {"torch_no_bool", OP_TORCH_NO_BOOL},
    };
    do {
        const struct word word = words_next(words);
        size_t i = 0;
        while (i < sizeof flags / sizeof *flags && !word_is(word, flags[i].name))
            i++;
        if (i == sizeof flags / sizeof *flags)
            return opfile_expected(parser,
                                   "commutative, exact_compare, torch_same or torch_no_bool", word);
        parser->op->flags |= (unsigned)flags[i].flag;
    } while (words_peek(words).length);
    return CLW_OK;
}

static const struct directive {
    const char *name;
    clw_status (*parse)(struct opfile *parser, struct words *words);
    int is_repeatable;
} directives[] = {
    {"op", opfile_begin_op, 1},
    {"loop", opfile_loop, 1},
    {"torch", opfile_torch, 1},
    {"numpy_error", opfile_numpy_error, 1},
    {"torch_error", opfile_torch_error, 1},
    {"alias", opfile_aliases, 1},
    {"doc", parse_doc, 0},
    {"param", opfile_param, 1},
    {"index", opfile_index, 1},
    {"use", parse_use, 1},
    {"call", opfile_call, 1},
    {"use_real", parse_use_real, 1},
    {"function", parse_function, 0},
    {"require", parse_require, 0},
    {"usual", parse_usual, 0},
    {"nonnegative", parse_nonnegative, 0},
    {"identity", parse_identity, 0},
    {"ulp", parse_ulp, 0},
    {"flags", parse_flags, 1},
};
enum { DIRECTIVE_COUNT = sizeof directives / sizeof *directives, MAX_EDITS = 2 };
_Static_assert(DIRECTIVE_COUNT <= 32, "draft.seen has a bit for each directive");

static clw_status unknown_directive(const struct opfile *parser, struct word word)
{
    char name[16] = "";
    if (word.length < (int)sizeof name)
        memcpy(name, word.text, (size_t)word.length);
    struct nearest nearest = {name, NULL, MAX_EDITS + 1};
    for (int i = 0; i < DIRECTIVE_COUNT && name[0]; i++)
        nearest_offer(&nearest, directives[i].name, MAX_EDITS);
    return opfile_fail(parser, "unknown directive '%.*s'%s%s%s",
                       word.length < 40 ? word.length : 40, word.text,
                       nearest.name ? "; did you mean '" : "", nearest.name ? nearest.name : "",
                       nearest.name ? "'?" : "; cl/README.md lists them");
}

clw_status opfile_directive(struct opfile *parser, struct words words)
{
    const struct word word = words_next(&words);
    if (word.length == 0)
        return CLW_OK;
    int i = 0;
    while (i < DIRECTIVE_COUNT && !word_is(word, directives[i].name))
        i++;
    if (i == DIRECTIVE_COUNT)
        return unknown_directive(parser, word);
    if (i > 0 && !parser->op)
        return opfile_fail(parser, "'%s' stands before the first 'op'", directives[i].name);
    if (!directives[i].is_repeatable && parser->draft.seen >> i & 1)
        return opfile_fail(parser, "%s has two lines '%s'", parser->op->name, directives[i].name);
    parser->draft.seen |= 1u << i;
    return directives[i].parse(parser, &words);
}
