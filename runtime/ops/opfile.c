#include "runtime/ops/opfile.h"

#include <string.h>

#include "runtime/ops/opfile_parser.h"

static clw_status check_bytes(struct opfile *parser)
{
    const char *nul = memchr(parser->text, '\0', parser->length);
    if (!nul && parser->length <= OPFILE_MAX_BYTES)
        return CLW_OK;
    for (const char *at = parser->text; nul && at < nul; at++)
        parser->line += *at == '\n';
    return nul ? opfile_fail(parser, "a NUL byte; op files are text")
               : opfile_fail(parser, "the file is longer than %d bytes", OPFILE_MAX_BYTES);
}

/* The directive on the line from `start` to `end`, if there is one. */
static clw_status parse_line(struct opfile *parser, const char *end)
{
    static const char mark[] = "//!";
    const char *at = parser->start;
    while (at < end && (*at == ' ' || *at == '\t'))
        at++;
    const size_t length = sizeof mark - 1;
    if ((size_t)(end - at) < length || memcmp(at, mark, length) != 0)
        return CLW_OK;
    return opfile_directive(parser, (struct words){at + length, end});
}

static clw_status parse_lines(struct opfile *parser)
{
    const char *const end = parser->text + parser->length;
    clw_status status = CLW_OK;
    for (parser->start = parser->text; parser->start < end && !status; parser->line++) {
        const char *newline = memchr(parser->start, '\n', (size_t)(end - parser->start));
        parser->next = newline ? newline + 1 : end;
        status = parse_line(parser, newline ? newline : end);
        parser->start = parser->next;
    }
    if (!status)
        status = opfile_end_op(parser, end);
    if (!status && !parser->op) {
        parser->line = 1;
        status = opfile_fail(parser, "no op; a line '//! op NAME(a, b) -> y' begins one");
    }
    return status;
}

clw_status opfile_parse(const clw_allocator *allocator, const char *file, const char *text,
                        size_t length, struct clw_op *ops[OPFILE_MAX_OPS], int *count,
                        clw_error *error)
{
    struct opfile parser = {
        .allocator = allocator,
        .file = file,
        .text = text,
        .length = length,
        .line = 1,
        .ops = ops,
        .error = error,
    };
    clw_status status = check_bytes(&parser);
    if (!status)
        status = parse_lines(&parser);
    while (status && parser.count > 0)
        op_destroy(ops[--parser.count]);
    *count = parser.count;
    return status;
}
