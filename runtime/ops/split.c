/* The nodes are put in the order of a walk from the outputs, which keeps values close to their
 * readers, and that order is cut into runs. A run ends where few values are live. */
#include "runtime/ops/split.h"

#include "runtime/base/memory.h"
#include "runtime/ops/split_part.h"

const struct kernel_limits largest_kernel = {OP_MAX_INPUTS, OP_MAX_NODES, OP_MAX_KERNEL_PARAMS,
                                             OP_MAX_KERNEL_POSITIONS, KERNEL_BYTES};

static int fits(const struct kernel_limits *size, const struct kernel_limits *limits)
{
    const int arrays = size->inputs + size->positions + KERNEL_OTHER_ARRAYS;
    const int bytes =
        KERNEL_FIXED_BYTES + KERNEL_ARRAY_BYTES * arrays + KERNEL_PARAM_BYTES * size->params;
    return size->inputs <= limits->inputs && size->nodes <= limits->nodes &&
           size->params <= limits->params && size->positions <= limits->positions &&
           bytes <= limits->bytes;
}

/* ---- order ---- */

static int node_inputs(const struct node *node)
{
    return node->op ? node->op->nin : 1;
}

static int node_outputs(const struct node *node)
{
    return node->op ? node->op->nout : 1;
}

/* A node follows all that it reads. `stack` holds the nodes from an output down, `next` the input
 * that each of them looks at. */
static void visit(struct cutter *cutter, int root)
{
    int depth = 0, n = cutter->nordered;
    cutter->stack[depth] = root;
    cutter->next[depth++] = 0;
    while (depth > 0) {
        const int index = cutter->stack[depth - 1], i = cutter->next[depth - 1]++;
        const struct node *node = &cutter->graph->nodes[index];
        if (i < node_inputs(node)) {
            const struct node_ref ref = node->in[i];
            if (ref.kind == NODE_VALUE && cutter->position[ref.index] < 0) {
                cutter->stack[depth] = ref.index;
                cutter->next[depth++] = 0;
            }
        } else {
            depth--;
            cutter->position[index] = n;
            cutter->order[n++] = index;
        }
    }
    cutter->nordered = n;
}

static void note_use(struct cutter *cutter, struct node_ref ref, int position)
{
    if (ref.kind == NODE_VALUE && cutter->last_use[value_number(ref)] < position)
        cutter->last_use[value_number(ref)] = position;
}

static void put_in_order(struct cutter *cutter)
{
    const struct graph *graph = cutter->graph;
    for (int i = 0; i < graph->nnodes; i++)
        cutter->position[i] = -1;
    for (int i = 0; i < OP_MAX_OUTPUTS * graph->nnodes; i++)
        cutter->last_use[i] = cutter->temporary[i] = -1;
    for (int i = 0; i < cutter->op->nout; i++)
        if (graph->out[i].kind == NODE_VALUE && cutter->position[graph->out[i].index] < 0)
            visit(cutter, graph->out[i].index);
    for (int p = 0; p < cutter->nordered; p++) {
        const struct node *node = &graph->nodes[cutter->order[p]];
        for (int i = 0; i < node_inputs(node); i++)
            note_use(cutter, node->in[i], p);
    }
    for (int i = 0; i < cutter->op->nout; i++)
        note_use(cutter, graph->out[i], cutter->nordered);
}

/* ---- where to cut ---- */

/* A run of nodes from `first` on, as it grows. */
struct run {
    int first, end, nlive;
    struct kernel_limits size; /* what it takes; bytes follow from the others */
};

/* 1 if the run does not hold the value yet: it is read from memory once. */
static int is_new_input(struct cutter *cutter, const struct run *run, struct node_ref ref)
{
    if (ref.kind == NODE_LITERAL)
        return 0;
    if (ref.kind == NODE_VALUE && cutter->position[ref.index] >= run->first)
        return 0;
    int *seen = ref.kind == NODE_INPUT ? &cutter->input_seen[ref.index]
                                       : &cutter->value_seen[value_number(ref)];
    if (*seen == cutter->stamp)
        return 0;
    *seen = cutter->stamp;
    return 1;
}

/* A value of the run whose last reader is the node at its end is not live any more. */
static int dies(struct cutter *cutter, const struct run *run, struct node_ref ref)
{
    if (ref.kind != NODE_VALUE || cutter->position[ref.index] < run->first ||
        cutter->last_use[value_number(ref)] != run->end)
        return 0;
    int *seen = &cutter->value_seen[value_number(ref)];
    if (*seen == cutter->stamp)
        return 0;
    *seen = cutter->stamp;
    return 1;
}

/* 0 if the next node does not fit. */
static int extend(struct cutter *cutter, struct run *run)
{
    const int index = cutter->order[run->end];
    const struct node *node = &cutter->graph->nodes[index];
    run->size.params += node->op ? node->op->nparams : 0;
    run->size.positions += node->op ? node->op->npositions : 0;
    run->size.nodes++;
    for (int i = 0; i < node_inputs(node); i++) {
        run->size.inputs += is_new_input(cutter, run, node->in[i]);
        run->nlive -= dies(cutter, run, node->in[i]);
    }
    for (int k = 0; k < node_outputs(node); k++)
        run->nlive += cutter->last_use[OP_MAX_OUTPUTS * index + k] > run->end;
    run->end++;
    return fits(&run->size, cutter->limits);
}

/* 1 if a run that reaches the last node can be the last part: it also reads outputs that it does
 * not compute. */
static int can_be_last(struct cutter *cutter, const struct run *run)
{
    const struct graph *graph = cutter->graph;
    struct kernel_limits size = run->size;
    for (int i = 0; i < cutter->op->nout; i++) {
        const struct node_ref ref = graph->out[i];
        size.inputs += is_new_input(cutter, run, ref);
        size.nodes += ref.kind != NODE_VALUE || cutter->position[ref.index] < run->first;
    }
    return fits(&size, cutter->limits);
}

/* The end of the run that begins at `first`; *is_last tells whether outputs are made in it. Of the
 * ends in the second half of what fits, the one with fewest live values. */
static int choose_end(struct cutter *cutter, int first, int *is_last)
{
    int live[OP_MAX_NODES + 1], longest = 0;
    struct run run = {.first = first, .end = first};
    cutter->stamp++;
    while (run.end < cutter->nordered && extend(cutter, &run)) {
        live[run.end - first] = run.nlive;
        if (run.nlive <= OP_MAX_OUTPUTS)
            longest = run.end - first;
    }
    *is_last =
        run.end == cutter->nordered && fits(&run.size, cutter->limits) && can_be_last(cutter, &run);
    if (*is_last)
        return cutter->nordered;
    int best = longest;
    for (int length = longest; 2 * length >= longest && length > 0; length--)
        if (live[length] < live[best])
            best = length;
    return first + best;
}

/* ---- the parts ---- */

static struct part *add_part(struct cutter *cutter)
{
    struct split *split = cutter->op->split;
    struct part *parts = memory_reserve(cutter->op->allocator, split->parts, &cutter->parts_room,
                                        split->nparts + 1, sizeof *parts);
    if (!parts)
        return NULL;
    split->parts = parts;
    parts[split->nparts] = (struct part){.op = NULL};
    return &parts[split->nparts++];
}

static int cut(struct cutter *cutter)
{
    int first = 0, is_last = 0;
    while (!is_last) {
        const int end = choose_end(cutter, first, &is_last);
        struct part *part = add_part(cutter);
        if (!part || !fill_part(cutter, part, first, end, is_last))
            return 0;
        first = end;
    }
    return 1;
}

static int start(struct cutter *cutter)
{
    const clw_allocator *allocator = cutter->op->allocator;
    const size_t nnodes = (size_t)cutter->graph->nnodes + 1, nvalues = OP_MAX_OUTPUTS * nnodes;
    const size_t nin = (size_t)cutter->op->nin + 1;
    const size_t nliterals = (size_t)cutter->graph->nliterals + 1;
    struct split *split = cutter->op->split = memory_new(allocator, 1, sizeof *split);
    int *numbers =
        memory_new(allocator, 4 * nnodes + 3 * nvalues + nin + nliterals, sizeof *numbers);
    cutter->order = numbers;
    cutter->part = memory_new(allocator, 1, sizeof *cutter->part);
    if (split)
        split->last_reader = memory_new(allocator, nvalues, sizeof *split->last_reader);
    if (!numbers || !split || !split->last_reader || !cutter->part)
        return 0;
    cutter->position = numbers + nnodes;
    cutter->stack = numbers + 2 * nnodes;
    cutter->next = numbers + 3 * nnodes;
    cutter->last_use = numbers + 4 * nnodes;
    cutter->temporary = cutter->last_use + nvalues;
    cutter->value_seen = cutter->temporary + nvalues;
    cutter->input_seen = cutter->value_seen + nvalues;
    cutter->local_literal = cutter->input_seen + nin;
    return 1;
}

static int is_large(const struct clw_op *op, const struct kernel_limits *limits)
{
    const struct graph *graph = op->graph;
    struct kernel_limits size = {.inputs = op->nin, .nodes = graph->nnodes};
    for (int i = 0; i < op->nout; i++)
        size.nodes += graph->out[i].kind != NODE_VALUE;
    for (int i = 0; i < graph->nnodes; i++) {
        const struct clw_op *leaf = graph->nodes[i].op;
        size.params += leaf ? leaf->nparams : 0;
        size.positions += leaf ? leaf->npositions : 0;
    }
    return !fits(&size, limits);
}

int split_if_large(struct clw_op *op, const struct kernel_limits *limits)
{
    struct cutter cutter = {.op = op, .graph = op->graph, .limits = limits};
    if (!is_large(op, limits))
        return 1;
    int done = start(&cutter);
    if (done) {
        put_in_order(&cutter);
        done = cut(&cutter);
    }
    memory_free(op->allocator, cutter.order);
    memory_free(op->allocator, cutter.part);
    return done;
}
