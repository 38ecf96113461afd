/* One element: the function that computes it, and how a skeleton finds its operands. */
#include "runtime/codegen/generator.h"
#include "runtime/codegen/literal.h"
#include "runtime/codegen/types.h"

const struct dtype_info *info_of(const struct kernel_array *array)
{
    return &dtype_table[array->dtype];
}

static const char *array_name(const struct generator *g, const struct kernel_array *array)
{
    const struct clw_op *op = g->plan->resolved.op;
    if (array->input >= 0)
        return op->in_name[array->input];
    return array->output >= 0 ? op->out_name[array->output] : "";
}

/* A position is a value, made where it is needed. */
static void add_position_name(struct generator *g, int k)
{
    text_addf(g->text, "position%d", k - g->plan->nbuffers);
}

/* Names of arrays may be keywords of OpenCL C, or equal: a prefix keeps them apart. */
static const char *array_prefix(const struct kernel_array *array)
{
    return array->input >= 0 ? "in" : array->output >= 0 ? "out" : "where";
}

void add_name(struct generator *g, const struct kernel_array *array)
{
    text_addf(g->text, "%s_%s", array_prefix(array), array_name(g, array));
}

int is_held(const struct generator *g, const struct kernel_array *array)
{
    const unsigned char *const inner = array->pattern + g->plan->kernel_rank - 1;
    return array->output < 0 && inner[0] == STEP_ZERO && (!is_short(g) || inner[-1] == STEP_ZERO);
}

int is_streamed(const struct generator *g, const struct kernel_array *array)
{
    return array->pattern[g->plan->kernel_rank - 1] == STEP_STREAMED;
}

int is_turned(const struct generator *g, const struct kernel_array *array)
{
    return array->pattern[g->plan->kernel_rank - 1] == STEP_TURNED;
}

int has_batches(const struct generator *g)
{
    return batch_count(g->plan) > 0;
}

/* The skeleton passes the value, not the address. */
static int is_value(const struct generator *g, const struct kernel_array *array)
{
    return (has_batches(g) && array->output < 0) || is_held(g, array) || is_turned(g, array);
}

const char *word_type(const struct kernel_array *array)
{
    static const char *const types[] = {[1] = "uchar", [2] = "ushort", [4] = "uint", [8] = "ulong"};
    return types[dtype_table[info_of(array)->real].size];
}

const char *access_suffix(const struct kernel_array *array)
{
    return array->aligned ? "" : "_bytes";
}

static void add_geometry(struct generator *g)
{
    const struct plan *plan = g->plan;
    /* rusticl takes neither the padding at the end of a struct nor arrays of arrays as they are. */
    const int odd = !plan->wide && plan->kernel_rank * (1 + plan->narrays) % 2;
    text_addf(g->text,
              "typedef %s index_t;\n"
              "#define CLW_RANK %d\n"
              "#define CLW_ARRAYS %d\n"
              "struct geometry {\n"
              "    long base[CLW_ARRAYS];\n"
              "    index_t extent, per_item, segment, segments;\n"
              "    index_t shape[CLW_RANK], step[CLW_ARRAYS * CLW_RANK];\n"
              "%s};\n"
              "#define CLW_STEP(k, axis) g.step[(k) * CLW_RANK + (axis)]\n"
              "#define CLW_ALONG (CLW_RANK - %d)\n",
              plan->wide ? "long" : "int", plan->kernel_rank, plan->narrays,
              odd ? "    index_t padding;\n" : "", is_short(g) ? 2 : 1);
}

/* ", const float scalar0, const float param0" */
static void add_scalar_parameters(struct generator *g)
{
    const struct resolved *resolved = &g->plan->resolved;
    for (int i = 0; i < resolved->nscalars; i++)
        text_addf(g->text, ", const %s scalar%d",
                  compute_type(resolved->scalars[i].dtype, g->demoted), i);
    for (int i = 0; i < resolved->nparams; i++)
        text_addf(g->text, ", const %s param%d",
                  compute_type(resolved->params[i].dtype, g->demoted), i);
    if (g->plan->hiding)
        text_add(g->text, ", const uint " CODEGEN_ZERO);
}

void add_scalar_arguments(struct generator *g)
{
    for (int i = 0; i < g->plan->resolved.nscalars; i++)
        text_addf(g->text, ", scalar%d", i);
    for (int i = 0; i < g->plan->resolved.nparams; i++)
        text_addf(g->text, ", param%d", i);
    if (g->plan->hiding)
        text_add(g->text, ", " CODEGEN_ZERO);
}

static void add_kernel_parameters(struct generator *g)
{
    text_add(g->text, "#define CLW_PARAMETERS ");
    for (int k = 0; k < g->plan->nbuffers; k++) {
        const struct kernel_array *array = &g->plan->arrays[k];
        text_addf(g->text, "__global %suchar *", array->output < 0 ? "const " : "");
        add_name(g, array);
        text_add(g->text, ", ");
    }
    text_add(g->text, "const struct geometry g");
    add_scalar_parameters(g);
    text_add(g->text, "\n");
}

static void add_kernel_arguments(struct generator *g)
{
    text_add(g->text, "#define CLW_ARGUMENTS ");
    for (int k = 0; k < g->plan->nbuffers; k++) {
        add_name(g, &g->plan->arrays[k]);
        text_add(g->text, ", ");
    }
    text_add(g->text, "g");
    add_scalar_arguments(g);
    text_add(g->text, "\n");
}

const char *const form_name[FORM_COUNT] = {
    [FORM_FULL] = "element", [FORM_USUAL] = "element_usual", [FORM_JUDGE] = "element_is_usual"};
const char *const form_macro[FORM_COUNT] = {
    [FORM_FULL] = "CLW_ELEMENT", [FORM_USUAL] = "CLW_ELEMENT_USUAL", [FORM_JUDGE] = "CLW_IS_USUAL"};

int is_masked(const struct generator *g)
{
    int masked = 0;
    for (int k = 0; k < g->plan->nbuffers; k++)
        masked |= g->plan->arrays[k].input < 0 && g->plan->arrays[k].output < 0;
    return masked;
}

/* Of an array that is no position. */
static void add_parameter(struct generator *g, const struct kernel_array *array)
{
    const char *const type = compute_type(array->dtype, g->demoted);
    if (is_value(g, array))
        text_addf(g->text, "const %s held_", type);
    else if (has_batches(g))
        text_addf(g->text, "%s *", type);
    else
        text_addf(g->text, "__global %suchar *", array->output < 0 ? "const " : "");
    add_name(g, array);
}

static void add_signature(struct generator *g, enum form form)
{
    text_addf(g->text, "static inline %s %s(",
              form == FORM_JUDGE || has_batches(g) ? "int" : "void", form_name[form]);
    for (int k = 0; k < g->plan->narrays; k++) {
        const struct kernel_array *array = &g->plan->arrays[k];
        text_add(g->text, k ? ", " : "");
        if (array->is_position) {
            text_add(g->text, "const long ");
            add_position_name(g, k);
        } else {
            add_parameter(g, array);
        }
    }
    add_scalar_parameters(g);
    text_add(g->text, ")\n{\n");
}

static void add_load(struct generator *g, const struct kernel_array *array)
{
    text_addf(g->text, "    const %s value_%s = ", compute_type(array->dtype, g->demoted),
              array->input >= 0 ? array_name(g, array) : "");
    if (is_value(g, array))
        text_add(g->text, "held_");
    else
        text_addf(g->text, "load%s_%s(", access_suffix(array), info_of(array)->name);
    add_name(g, array);
    text_add(g->text, is_value(g, array) ? ";\n" : ");\n");
}

static void add_store(struct generator *g, const struct kernel_array *array)
{
    text_addf(g->text, "    store%s_%s(", access_suffix(array), info_of(array)->name);
    add_name(g, array);
    text_add(g->text, ", ");
    add_output_value(g, array->output);
    text_add(g->text, ");\n");
}

/* Through the pointers; what the function says is whether the values count. */
static void add_results(struct generator *g)
{
    for (int k = 0; k < g->plan->nbuffers; k++) {
        const struct kernel_array *array = &g->plan->arrays[k];
        if (array->output < 0)
            continue;
        text_add(g->text, "    *");
        add_name(g, array);
        text_add(g->text, " = ");
        add_output_value(g, array->output);
        text_add(g->text, ";\n");
    }
    text_addf(g->text, "    return %s;\n", is_masked(g) ? "value_" : "1");
}

static void add_stores(struct generator *g)
{
    const struct plan *plan = g->plan;
    const int masked = is_masked(g);
    if (masked)
        text_add(g->text, "    if (value_) {\n");
    for (int k = 0; k < plan->nbuffers; k++)
        if (plan->arrays[k].output >= 0)
            add_store(g, &plan->arrays[k]);
    if (masked)
        text_add(g->text, "    }\n");
}

static void add_function(struct generator *g, enum form form)
{
    const struct plan *plan = g->plan;
    add_signature(g, form);
    for (int k = 0; k < plan->nbuffers; k++)
        if (plan->arrays[k].output < 0)
            add_load(g, &plan->arrays[k]);
    if (form == FORM_JUDGE)
        text_add(g->text, "    int usual = 1;\n");
    add_statements(g, form);
    if (form == FORM_JUDGE)
        text_add(g->text, "    return usual;\n");
    else if (has_batches(g))
        add_results(g);
    else
        add_stores(g);
    text_add(g->text, "}\n");
}

void add_inner_step(struct generator *g, int k)
{
    const int64_t known = plan_known_step(g->plan, k);
    if (known)
        text_addf(g->text, "%d", (int)known);
    else
        text_addf(g->text, "CLW_STEP(%d, CLW_RANK - 1)", k);
}

static void add_row_of_position(struct generator *g, int k)
{
    const int held = is_held(g, &g->plan->arrays[k]);
    text_addf(g->text, " \\\n    const long %s%d = g.base[%d] + at[%d]", held ? "held" : "row", k,
              k, k);
    if (!held) {
        text_add(g->text, " + (long)(begin) * ");
        add_inner_step(g, k);
    }
    text_add(g->text, ";");
}

/* Loops find the element in private memory: `line` is its place in the array, `row` that. */
static void add_own_row(struct generator *g, int k)
{
    const int is_read = g->plan->arrays[k].output < 0;
    text_addf(g->text, " \\\n    __global %suchar *const row%d = ", is_read ? "const " : "", k);
    if (is_spread(g, k))
        text_addf(g->text, "(__global uchar *)(size_t)spread%d;", k);
    else
        text_addf(g->text, "CLW_STAGED(staged%d, line%d);", k, k);
}

static void add_row_of_array(struct generator *g, int k)
{
    const struct kernel_array *array = &g->plan->arrays[k];
    const int is_apart = is_streamed(g, array) || is_spread(g, k);
    text_addf(g->text,
              " \\\n    __global %suchar *const %s%d = ", array->output < 0 ? "const " : "",
              is_apart ? "line" : "row", k);
    add_name(g, array);
    text_addf(g->text, " + g.base[%d] + at[%d]", k, k);
    if (is_held(g, array)) {
        text_addf(g->text, "; \\\n    const %s held%d = load%s_%s(row%d);",
                  compute_type(array->dtype, g->demoted), k, access_suffix(array),
                  info_of(array)->name, k);
        return;
    }
    text_add(g->text, " + (begin) * ");
    add_step_along(g, k);
    text_add(g->text, ";");
    if (is_apart)
        add_own_row(g, k);
}

static void add_row_of_tile(struct generator *g, int k)
{
    const struct kernel_array *array = &g->plan->arrays[k];
    text_addf(g->text, " \\\n    const %s *const row%d = tile%d + tile_row * CLW_PITCH(%d);",
              word_type(array), k, k, 1 + (info_of(array)->kind == KIND_COMPLEX));
}

/* CLW_ROW(at, begin): pointers to element `begin` of the row at offsets at[], and held values. */
static void add_row(struct generator *g)
{
    text_add(g->text, "#define CLW_ROW(at, begin)");
    for (int k = 0; k < g->plan->narrays; k++) {
        if (g->plan->arrays[k].is_position)
            add_row_of_position(g, k);
        else if (is_turned(g, &g->plan->arrays[k]))
            add_row_of_tile(g, k);
        else
            add_row_of_array(g, k);
    }
    text_add(g->text, "\n");
}

/* Element i of the row of a tile. */
static void add_turned_value(struct generator *g, int k)
{
    const struct kernel_array *array = &g->plan->arrays[k];
    const char *const name = info_of(array)->name;
    if (info_of(array)->kind == KIND_COMPLEX)
        text_addf(g->text, "(%s)(decode_%s(row%d[2 * (i)]), decode_%s(row%d[2 * (i) + 1]))",
                  compute_type(array->dtype, g->demoted), name, k, name, k);
    else
        text_addf(g->text, "decode_%s(row%d[i])", name, k);
}

/* CLW_ELEMENT(i) and its like: element i of that row. */
static void add_call(struct generator *g, enum form form)
{
    text_addf(g->text, "#define %s(i) %s(", form_macro[form], form_name[form]);
    for (int k = 0; k < g->plan->narrays; k++) {
        text_add(g->text, k ? ", " : "");
        const struct kernel_array *array = &g->plan->arrays[k];
        if (is_held(g, array)) {
            text_addf(g->text, "held%d", k);
        } else if (is_turned(g, array)) {
            add_turned_value(g, k);
        } else {
            text_addf(g->text, "row%d + (i) * ", k);
            add_inner_step(g, k);
        }
    }
    add_scalar_arguments(g);
    text_add(g->text, ")\n");
}

/* How many elements fill 64 bytes, by the widest type that is computed in; 0, the compiler's
 * choice, where elements do not lie side by side or are narrower than floats. */
static int count_lanes(const struct generator *g)
{
    int widest = 0;
    for (int k = 0; k < g->plan->nbuffers; k++) {
        const struct kernel_array *array = &g->plan->arrays[k];
        const int size = dtype_table[info_of(array)->real].size;
        const int computed = dtype_is_half(array->dtype) ? 2 * size : size;
        if (!is_value(g, array) && !plan_known_step(g->plan, k))
            return 0;
        widest = computed > widest ? computed : widest;
    }
    return widest < 4 ? 0 : 64 / widest;
}

void add_element(struct generator *g)
{
    const int forms = has_usual_form(g) ? FORM_JUDGE + 1 : 1;
    add_geometry(g);
    text_addf(g->text, "#define CLW_HAS_USUAL %d\n#define CLW_LANES %d\n", forms > 1,
              count_lanes(g));
    for (int form = 0; form < forms; form++)
        add_function(g, (enum form)form);
    add_kernel_parameters(g);
    if (has_batches(g)) {
        add_batch(g);
        return;
    }
    add_kernel_arguments(g);
    add_row(g);
    for (int form = 0; form < forms; form++)
        add_call(g, (enum form)form);
}
