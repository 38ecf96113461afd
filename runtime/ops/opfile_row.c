#include <string.h>

#include "runtime/base/memory.h"
#include "runtime/ops/opfile_parser.h"

/* What a row may write in a dtype's place, beside a dtype. */
enum { WRITTEN_T = CLW_DTYPE_COUNT, WRITTEN_REAL, WRITTEN_COMPLEX, WRITTEN_NOTHING };

struct row {
    int in[OP_MAX_LEAF_INPUTS], out[OP_MAX_OUTPUTS]; /* clw_dtype or WRITTEN_ */
    unsigned for_dtypes, from_dtypes;                /* bit d: dtype d */
};

#define BIT(dtype) (1u << CLW_##dtype)
#define SIGNED (BIT(I8) | BIT(I16) | BIT(I32) | BIT(I64))
#define UNSIGNED (BIT(U8) | BIT(U16) | BIT(U32) | BIT(U64))
#define INTEGER (SIGNED | UNSIGNED)

static const struct {
    const char *name;
    unsigned dtypes;
} classes[] = {
    {"int", INTEGER},
    {"signed", SIGNED},
    {"unsigned", UNSIGNED},
    {"float", BIT(F16) | BIT(BF16) | BIT(F32) | BIT(F64)},
    {"complex", BIT(C64) | BIT(C128)},
    {"any", (1u << CLW_DTYPE_COUNT) - 1},
};

/* The dtypes of a class, or a dtype by itself; 0 for another word. */
static unsigned class_dtypes(struct word word)
{
    const clw_dtype dtype = dtype_find(word.text, (size_t)word.length);
    if (dtype != CLW_DTYPE_COUNT)
        return 1u << dtype;
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (word_is(word, classes[i].name))
            return classes[i].dtypes;
    return 0;
}

static clw_status parse_class(const struct opfile *parser, struct words *words, unsigned *dtypes)
{
    const struct word word = words_next(words);
    const unsigned more = class_dtypes(word);
    *dtypes |= more;
    return more ? CLW_OK
                : opfile_expected(
                      parser, "bool, int, signed, unsigned, float, complex, any or a dtype", word);
}

static int ends_dtypes(struct word word)
{
    return word.length == 0 || word_is(word, "->") || word_is(word, "for") || word_is(word, "from");
}

static int written_dtype(struct word word)
{
    static const char *const words[] = {"T", "T.real", "T.complex"};
    for (int i = 0; i < 3; i++)
        if (word_is(word, words[i]))
            return WRITTEN_T + i;
    const clw_dtype dtype = dtype_find(word.text, (size_t)word.length);
    return dtype == CLW_DTYPE_COUNT ? WRITTEN_NOTHING : (int)dtype;
}

static clw_status parse_dtypes(const struct opfile *parser, struct words *words, int *dtypes,
                               int count, const char *what)
{
    int found = 0;
    for (; !ends_dtypes(words_peek(words)); found++) {
        const struct word word = words_next(words);
        const int dtype = written_dtype(word);
        if (dtype == WRITTEN_NOTHING)
            return opfile_expected(parser, "a dtype, T, T.real or T.complex", word);
        if (found < count)
            dtypes[found] = dtype;
    }
    if (found != count)
        return opfile_fail(parser, "expected %d dtype%s, one for each %s of %s, found %d", count,
                           count == 1 ? "" : "s", what, parser->op->name, found);
    return CLW_OK;
}

clw_status opfile_classes(const struct opfile *parser, struct words *words,
                          const char *introduction, unsigned *dtypes)
{
    if (!words_take(words, introduction))
        return CLW_OK;
    do {
        const clw_status status = parse_class(parser, words, dtypes);
        if (status)
            return status;
    } while (!ends_dtypes(words_peek(words)));
    return CLW_OK;
}

/* Whether a word from `first` to `last` stands in any of the places. */
static int has(const int *dtypes, int count, int first, int last)
{
    for (int i = 0; i < count; i++)
        if (dtypes[i] >= first && dtypes[i] <= last)
            return 1;
    return 0;
}

/* The classes must fit what is written in the dtypes' places. */
static clw_status check_row(const struct opfile *parser, const struct row *row)
{
    const int nin = parser->op->nin, nout = parser->op->nout;
    const int uses_t = has(row->in, nin, WRITTEN_T, WRITTEN_COMPLEX) ||
                       has(row->out, nout, WRITTEN_T, WRITTEN_COMPLEX);
    const int uses_complex = has(row->in, nin, WRITTEN_COMPLEX, WRITTEN_COMPLEX) ||
                             has(row->out, nout, WRITTEN_COMPLEX, WRITTEN_COMPLEX);
    if (!uses_t && row->for_dtypes)
        return opfile_fail(parser, "'for' needs a T in the row");
    if (uses_t && !row->for_dtypes)
        return opfile_fail(parser, "a row with T says which dtypes T is: 'for CLASS...'");
    if (uses_t && !has(row->in, nin, WRITTEN_T, WRITTEN_T) &&
        row->for_dtypes & (row->for_dtypes - 1))
        return opfile_fail(parser, "a row with T has it among the inputs, or T is one dtype");
    if (uses_complex && row->for_dtypes & (INTEGER | BIT(BOOL)))
        return opfile_fail(parser, "T.complex needs a T that is float or complex");
    return CLW_OK;
}

static clw_status parse_row(const struct opfile *parser, struct words *words, struct row *row)
{
    clw_status status = parse_dtypes(parser, words, row->in, parser->op->nin, "input");
    if (!status && !words_take(words, "->"))
        status = opfile_expected(parser, "'->' after the inputs' dtypes", words_peek(words));
    if (!status)
        status = parse_dtypes(parser, words, row->out, parser->op->nout, "output");
    if (!status)
        status = opfile_classes(parser, words, "for", &row->for_dtypes);
    if (!status)
        status = opfile_classes(parser, words, "from", &row->from_dtypes);
    if (!status)
        status = opfile_end(parser, words);
    return status ? status : check_row(parser, row);
}

static uint8_t concrete(int written, clw_dtype t)
{
    return (uint8_t)(written == WRITTEN_T         ? t
                     : written == WRITTEN_REAL    ? dtype_table[t].real
                     : written == WRITTEN_COMPLEX ? dtype_complex(t)
                                                  : (clw_dtype)written);
}

static int same_loop(const struct loop *a, const struct loop *b)
{
    return a->t == b->t && a->from == b->from && a->t_inputs == b->t_inputs &&
           memcmp(a->in, b->in, sizeof a->in) == 0 && memcmp(a->out, b->out, sizeof a->out) == 0;
}

static clw_status add_loop(const struct opfile *parser, struct rows *rows, struct loop loop)
{
    for (int i = 0; i < rows->count; i++)
        if (same_loop(&rows->loop[i], &loop))
            return opfile_fail(parser, "the row is there twice for T = %s",
                               dtype_table[loop.t].name);
    if (rows->count == OPFILE_MAX_ROWS)
        return opfile_fail(parser, "%s has more than %d rows", parser->op->name, OPFILE_MAX_ROWS);
    rows->loop[rows->count++] = loop;
    return CLW_OK;
}

/* The row with this dtype for T, or as it is if it has no T. */
static clw_status expand(const struct opfile *parser, const struct row *row, clw_dtype t,
                         struct rows *rows)
{
    struct loop loop = {0};
    for (int i = 0; i < parser->op->nin; i++) {
        loop.in[i] = concrete(row->in[i], t);
        loop.t_inputs = (uint16_t)(loop.t_inputs | (row->in[i] == WRITTEN_T) << i);
    }
    for (int i = 0; i < parser->op->nout; i++)
        loop.out[i] = concrete(row->out[i], t);
    loop.t = row->for_dtypes ? (uint8_t)t : loop.in[0];
    loop.from = (uint16_t)(row->from_dtypes ? row->from_dtypes : loop.t_inputs ? 1u << t : 0);
    if (!loop.t_inputs && loop.from)
        loop.t_inputs = (uint16_t)((1u << parser->op->nin) - 1);
    return add_loop(parser, rows, loop);
}

static clw_status add_row(struct opfile *parser, struct words *words, struct rows *rows)
{
    struct row row = {0};
    clw_status status = parse_row(parser, words, &row);
    if (!status && !row.for_dtypes)
        return expand(parser, &row, CLW_BOOL, rows);
    for (int i = 0; i < CLW_DTYPE_COUNT && !status; i++)
        if (row.for_dtypes >> dtype_order[i] & 1)
            status = expand(parser, &row, dtype_order[i], rows);
    return status;
}

clw_status opfile_loop(struct opfile *parser, struct words *words)
{
    return add_row(parser, words, &parser->draft.loops);
}

clw_status opfile_torch(struct opfile *parser, struct words *words)
{
    return add_row(parser, words, &parser->draft.torch);
}

static clw_status add_refusal(struct opfile *parser, struct words *words, clw_promotion rule)
{
    struct clw_op *op = parser->op;
    if (op->nrefusals == OPFILE_MAX_REFUSALS)
        return opfile_fail(parser, "%s has more than %d rows of errors", op->name,
                           OPFILE_MAX_REFUSALS);
    struct refusal *refusal = &parser->draft.refusals[op->nrefusals++];
    *refusal = (struct refusal){.rule = rule};
    for (int i = 0; i < op->nin; i++) {
        unsigned dtypes = 0;
        do {
            const clw_status status = parse_class(parser, words, &dtypes);
            if (status)
                return status;
        } while (words_take(words, ","));
        refusal->in[i] = (uint16_t)dtypes;
    }
    return opfile_end(parser, words);
}

clw_status opfile_numpy_error(struct opfile *parser, struct words *words)
{
    return add_refusal(parser, words, CLW_PROMOTION_NUMPY);
}

clw_status opfile_torch_error(struct opfile *parser, struct words *words)
{
    return add_refusal(parser, words, CLW_PROMOTION_TORCH);
}

/* A row without T counts by the highest of its inputs' dtypes. */
static clw_dtype place_of(const struct clw_op *op, const struct loop *loop)
{
    clw_dtype place = (clw_dtype)(loop->t_inputs ? loop->t : loop->in[0]);
    for (int i = 0; i < op->nin && !loop->t_inputs; i++)
        if (dtype_table[loop->in[i]].order > dtype_table[place].order)
            place = (clw_dtype)loop->in[i];
    return place;
}

/* Copies rows in the order of dtypes, within one dtype in the order of the file; where[i] is where
 * row i went. */
static struct loop *sorted_rows(const struct clw_op *op, const struct rows *rows,
                                uint16_t where[OPFILE_MAX_ROWS])
{
    struct loop *sorted = memory_new(op->allocator, (size_t)rows->count, sizeof *sorted);
    uint16_t count = 0;
    for (int d = 0; d < CLW_DTYPE_COUNT && sorted; d++)
        for (int i = 0; i < rows->count; i++)
            if (place_of(op, &rows->loop[i]) == dtype_order[d]) {
                where[i] = count;
                sorted[count++] = rows->loop[i];
            }
    return sorted;
}

static int is_tried_at(const struct clw_op *op, const struct loop *loop, clw_dtype place)
{
    return loop->from ? loop->from >> place & 1 : place_of(op, loop) == place;
}

/* Writes the picks, or only counts them for NULL. */
static int fill_picks(const struct clw_op *op, const struct rows *rows, const uint16_t *where,
                      struct pick *picks)
{
    int count = 0;
    for (int d = 0; d < CLW_DTYPE_COUNT; d++)
        for (int i = 0; i < rows->count; i++)
            if (is_tried_at(op, &rows->loop[i], dtype_order[d])) {
                if (picks)
                    picks[count] = (struct pick){(uint8_t)dtype_order[d], where[i]};
                count++;
            }
    return count;
}

clw_status opfile_end_rows(struct opfile *parser)
{
    struct clw_op *op = parser->op;
    const struct rows *loops = &parser->draft.loops, *torch = &parser->draft.torch;
    uint16_t where[OPFILE_MAX_ROWS], unused[OPFILE_MAX_ROWS];
    op->nloops = loops->count;
    op->ntorch = torch->count;
    op->npicks = fill_picks(op, loops, NULL, NULL);
    op->loops = sorted_rows(op, loops, where);
    op->torch = sorted_rows(op, torch, unused);
    op->picks = memory_new(op->allocator, (size_t)op->npicks, sizeof *op->picks);
    if (!op->loops || !op->torch || !op->picks)
        return fail_memory(parser->error);
    fill_picks(op, loops, where, op->picks);
    for (int i = 0; i < op->nloops; i++)
        op->t_inputs |= op->loops[i].t_inputs;
    return CLW_OK;
}
