/* What is read out of bodies: names to rename, calls, positions, and errors of the line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "runtime/ops/opfile.h"
#include "runtime/ops/registry.h"

#include <cmocka.h>

#define COUNT(table) (sizeof table / sizeof *(table))
#define OP "//! op f(x) -> y\n//! loop T -> T for any\n"

static struct clw_op *ops[OPFILE_MAX_OPS];
static int count;

static void parse(const char *text)
{
    clw_error error = {CLW_OK, ""};
    if (opfile_parse(NULL, "m.cl", text, strlen(text), ops, &count, &error))
        fail_msg("%s\n%s", text, error.message);
}

static void finish(void)
{
    while (count > 0)
        op_destroy(ops[--count]);
}

/* ---- names ---- */

static void test_helpers(void **state)
{
    (void)state;
    static const struct {
        const char *body, *helpers; /* fn: is written FN(name), #: a macro */
    } cases[] = {
        {"", ""},
        {"static inline R f(T x) { return x; }", ""},
        {"static inline R f(T x) { return g(x) + h[2]; }", ""},
        {"static T g(T x) { return x; } static R f_usual(T x) { return g(x); }", "g f_usual "},
        {"//! usual\nstatic R f_usual(T x) { return f(x); }", ""},
        {"static T *g(T x);\nT g(T x)\n{\n}", "g "},
        {"static inline T FN(g)(T x) { return FN(h)(x); }", "fn:g "},
        {"static inline T RFN(g)(T x);", "rfn:g "},
        {"static inline FN(type) g(FN(type) x);", "g "},
        {"__constant float table[3] = {1}, FN(more)[2] = {2};", "table "},
        {"__constant T FN(more)[2] = {2};", "fn:more "},
        {"typedef struct { float low; } pair; struct point { T x; };", "pair point "},
        {"typedef float number;", "number "},
        {"enum { FIRST, SECOND = 2 };\nint f(T x) { return SECOND; }", "FIRST SECOND "},
        {"#define LEVELS 4\n# define HALF(x) \\\n  ((x) / 2)\n#undef OTHER\n", "#LEVELS #HALF "},
        {"// static int a();\n/* int b(); */ char c = '\"'; int d = \"int e()\"[0];", "c d "},
        {"static T __attribute__((noinline)) g(T x) { return x; }", "g "},
        {"CLW_ONE_COPY static T g(T x) { if (x) { return h(x); } return x; }", "g "},
    };
    static const char *const marks[] = {"", "fn:", "rfn:", "#"};
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[400], found[200];
        size_t used = 0;
        snprintf(text, sizeof text, OP "%s", cases[i].body);
        parse(text);
        for (int k = 0; k < ops[0]->nhelpers; k++)
            used += (size_t)snprintf(found + used, sizeof found - used, "%s%s ",
                                     marks[ops[0]->helpers[k].kind], ops[0]->helpers[k].name);
        found[used] = '\0';
        assert_string_equal(found, cases[i].helpers);
        finish();
    }
}

/* The shared part of a file belongs to each of its ops. */
static void test_shared(void **state)
{
    (void)state;
    parse("// two -- two of them\n#if T_IS_INT\nint g(T x);\n#endif\n" OP
          "R f(T x) { return g(x); }\n//! op h(x) -> y\n//! loop T -> T for any\nint k(T x);\n");
    assert_int_equal(count, 2);
    assert_int_equal(ops[0]->nhelpers, 1);
    assert_int_equal(ops[1]->nhelpers, 2);
    assert_string_equal(ops[1]->helpers[1].name, "k");
    assert_true(ops[0]->has_function && !ops[1]->has_function);
    assert_int_equal(ops[1]->line, 8);
    finish();
}

/* ---- calls and positions ---- */

static void test_directives(void **state)
{
    (void)state;
    parse(OP "//! call sin multiply for float\n//! call exp of T.real\n//! call fmod of f64\n"
             "//! index i : 0\n//! index far : -3\n//! index place : flat\n");
    const struct clw_op *op = ops[0];
    assert_int_equal(op->ncalls, 4);
    assert_true(op->calls[1].is_t && !(op->calls[1].dtypes >> CLW_I32 & 1));
    assert_true(op->calls[2].is_t_real && op->calls[2].dtypes >> CLW_I32 & 1);
    assert_true(!op->calls[3].is_t && op->calls[3].dtype == CLW_F64);
    assert_int_equal(op->calls[3].line, 5);
    assert_int_equal(op->npositions, 3);
    assert_int_equal(op->positions[1].axis, -3);
    assert_true(op->positions[2].is_flat && !op->positions[1].is_flat);
    finish();
}

/* ---- errors ---- */

static const struct error_case {
    const char *body, *message;
} error_cases[] = {
    {"R f(T x)\n{\n", "4: '{' without its '}'"},
    {"R f(T x) { } }", "3: '}' without what it closes"},
    {"R f(T x) { return (x; }", "3: a bracket without its other half"},
    {"R f(T x) { return x); }", "3: ')' without what it closes"},
    {"#if A\nR f(T x) {\n#else\nR f(T x, T y) {\n#endif\n}\n\n#ifdef B\n",
     "10: '#if' without '#endif'"},
    {"#endif", "3: '#endif' without '#if'"},
    {"\n#elif 1", "4: '#else' without '#if'"},
    {"\n/* text", "4: a comment begins here and does not end"},
    {"#define A /* text\n", "3: a comment begins here and does not end"},
    {"\nchar *a = \"text;\n", "4: a quotation mark without a second one in its line"},
    {"R f(T x) { return x; } \\", "3: a backslash at the end of the file joins nothing"},
    {"R f(T x)\n{\n    return f(x);\n}", "5: f calls itself. If OpenCL C's own f is meant, a "
                                         "line '//! function my_f' gives the op's "
                                         "function another name"},
    {"#include <stdio.h>",
     "3: '#include' has no place in an op file; a line '//! use NAME' takes a file of the "
     "library"},
    {"#inc\\\nlude_next \"x\"",
     "3: '#include_next' has no place in an op file; a line '//! use NAME' takes a file of the "
     "library"},
    {" %: /**/ import \"x\"",
     "3: '#import' has no place in an op file; a line '//! use NAME' takes a file of the "
     "library"},
    {"//! op f32(x) -> y\n", "3: 'f32' cannot be an op's name: it is a dtype"},
    {"//! use no_such", "3: the library has no file 'no_such'"},
    {"//! function half",
     "1: 'half' is a word of OpenCL C or of op files; a line '//! function my_half' gives the "
     "op's function another name"},
    {"//! param float4 : T = 1",
     "3: 'float4' cannot be a parameter's name: it is a word of OpenCL C or of op files"},
    {"//! param R : T = 1",
     "3: 'R' cannot be a parameter's name: it is a word of OpenCL C or of op files"},
    {"//! param x : T = 1", "3: f has two arguments called 'x'"},
    {"//! param a : T = 0,5", "3: expected a number, inf, nan, true or false, found '0,5'"},
    {"//! param a : float = 0.5", "3: expected a dtype, T or T.real, found 'float'"},
    {"//! index T0 : 1",
     "3: 'T0' cannot be an index's name: it is a word of OpenCL C or of op files"},
    {"//! index x : 1", "3: f has two arguments called 'x'"},
    {"//! index i 0", "3: expected ':' and an axis or flat, found '0'"},
    {"//! index i : 32",
     "3: expected an axis, such as 0 for the first or -1 for the last, or flat, found '32'"},
    {"//! index i : -0",
     "3: expected an axis, such as 0 for the first or -1 for the last, or flat, found '-0'"},
    {"//! index i : flat 2", "3: expected the end of the line, found '2'"},
    {"//! index a : 0\n//! index b : 0\n//! index c : 0\n//! index d : 0\n//! index e : 0",
     "7: f has more than 4 lines 'index'"},
    {"//! call", "3: expected the name of an op, found the end of the line"},
    {"//! call sin sin", "3: 'sin' is called twice"},
    {"//! call sin of R", "3: expected a dtype, T or T.real, found 'R'"},
    {"//! call sin of T T", "3: expected the end of the line, found 'T'"},
    {"//! call a b c d e f g h i j k l m n o p q", "3: f calls more than 16 ops"},
    {"//! \033lop", "3: unknown directive '?lop'; did you mean 'op'?"},
};

static void test_errors(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(error_cases); i++) {
        char text[400], message[300];
        clw_error error = {CLW_OK, ""};
        snprintf(text, sizeof text, OP "%s", error_cases[i].body);
        snprintf(message, sizeof message, "m.cl:%s", error_cases[i].message);
        if (opfile_parse(NULL, "m.cl", text, strlen(text), ops, &count, &error) != CLW_ERROR_SYNTAX)
            fail_msg("no error: %s", text);
        assert_string_equal(error.message, message);
        assert_int_equal(count, 0);
    }
}

/* ---- ops that call each other ---- */

static clw_status add(struct registry *registry, const char *text, clw_error *error)
{
    parse(text);
    const clw_status status = registry_add(registry, ops, count, error);
    if (status)
        finish();
    count = 0;
    return status;
}

#define CALLS(name, other)                                                                         \
    "//! op " name "(x) -> y\n//! loop T -> T for float\n//! call " other "\n"

static void test_calls(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        clw_status status;
        const char *message;
    } cases[] = {
        {CALLS("a", "b") CALLS("b", "c") CALLS("c", "b"), CLW_ERROR_ARGUMENT,
         "m.cl:9: b calls c calls b: a circle without end"},
        {CALLS("a", "a"), CLW_ERROR_ARGUMENT, "m.cl:3: a calls a: a circle without end"},
        {CALLS("a", "sinn"), CLW_ERROR_NOT_FOUND,
         "m.cl:3: there is no op 'sinn' to call; near are: sin"},
        {CALLS("a", "quaternion"), CLW_ERROR_NOT_FOUND,
         "m.cl:3: there is no op 'quaternion' to call"},
        {CALLS("a", "e") CALLS("b", "a\n//! call a2\n//! call a3") CALLS("a2", "a\n//! call e")
             CALLS("a3", "a\n//! call a2") CALLS("c", "b\n//! call a3") CALLS("d", "c\n//! call b")
                 CALLS("e", "sin") CALLS("g", "d\n//! call c b") CALLS("h", "g\n//! call d c"),
         CLW_ERROR_ARGUMENT, "m.cl:28: g calls more than 64 ops, with those that they call"},
    };
    struct registry registry;
    registry_init(&registry, NULL);
    clw_error error = {CLW_OK, ""};
    assert_int_equal(add(&registry, "//! op sin(x) -> y\n//! loop T -> T for float\n", &error), 0);
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(add(&registry, cases[i].text, &error), cases[i].status);
        assert_string_equal(error.message, cases[i].message);
        assert_int_equal(registry.count, 1);
    }
    assert_int_equal(add(&registry, CALLS("b", "a sin") CALLS("a", "sin"), &error), CLW_OK);
    const struct clw_op *b = registry_find(&registry, "b");
    assert_ptr_equal(b->calls[0].op, registry_find(&registry, "a"));
    assert_ptr_equal(b->calls[1].op, registry_find(&registry, "sin"));
    registry_finish(&registry);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_helpers),    cmocka_unit_test(test_shared),
        cmocka_unit_test(test_directives), cmocka_unit_test(test_errors),
        cmocka_unit_test(test_calls),
    };
    return cmocka_run_group_tests_name("opfile_body", tests, NULL, NULL);
}
