#include "runtime/ops/split_part.h"

#include <stdio.h>
#include <string.h>

#include "runtime/ops/identity.h"

/* ---- references ---- */

/* The input of the part that is `from`, as in struct part.in. */
static struct node_ref input_ref(struct part_graph *part, int from)
{
    int i = 0;
    while (i < part->nin && part->in[i] != from)
        i++;
    if (i == part->nin)
        part->in[part->nin++] = from;
    return (struct node_ref){NODE_INPUT, 0, i};
}

static struct node_ref literal_ref(struct cutter *cutter, int literal)
{
    struct graph *graph = &cutter->part->graph;
    int *local = &cutter->local_literal[literal];
    if (!*local) {
        graph->literals[graph->nliterals++] = cutter->graph->literals[literal];
        *local = graph->nliterals;
    }
    return (struct node_ref){NODE_LITERAL, 0, *local - 1};
}

/* What a reference of the whole is in the part that begins at `first`. */
static struct node_ref local_ref(struct cutter *cutter, int first, struct node_ref ref)
{
    if (ref.kind == NODE_LITERAL)
        return literal_ref(cutter, ref.index);
    if (ref.kind == NODE_INPUT)
        return input_ref(cutter->part, ref.index);
    if (cutter->position[ref.index] < first)
        return input_ref(cutter->part, -1 - cutter->temporary[value_number(ref)]);
    return (struct node_ref){NODE_VALUE, ref.output, cutter->position[ref.index] - first};
}

/* ---- the graph ---- */

static void begin_graph(struct cutter *cutter)
{
    struct part_graph *part = cutter->part;
    part->nin = 0;
    part->graph =
        (struct graph){.nodes = part->nodes, .literals = part->literals, .params = part->params};
    memset(cutter->local_literal, 0, (size_t)cutter->graph->nliterals * sizeof(int));
}

/* `node` is the newest. */
static void note_reads(struct part_graph *part, const struct node *node, int nin)
{
    unsigned *reads = &part->reads[part->graph.nnodes - 1];
    *reads = 0;
    for (int i = 0; i < nin; i++)
        if (node->in[i].kind == NODE_INPUT)
            *reads |= 1U << node->in[i].index;
        else if (node->in[i].kind == NODE_VALUE)
            *reads |= part->reads[node->in[i].index];
}

static void add_node(struct cutter *cutter, int first, int position)
{
    const struct node *from = &cutter->graph->nodes[cutter->order[position]];
    struct graph *graph = &cutter->part->graph;
    struct node *node = &graph->nodes[graph->nnodes++];
    const int nin = from->op ? from->op->nin : 1;
    *node = *from;
    for (int i = 0; i < nin; i++)
        node->in[i] = local_ref(cutter, first, from->in[i]);
    note_reads(cutter->part, node, nin);
    node->first_param = graph->nparams;
    for (int i = 0; i < from->nparams; i++)
        graph->params[graph->nparams++] = cutter->graph->params[from->first_param + i];
}

/* Values that are read after the part become temporaries; returns how many there are. */
static int add_temporaries(struct cutter *cutter, struct part *part, int first, int end)
{
    struct split *split = cutter->op->split;
    struct graph *graph = &cutter->part->graph;
    int count = 0;
    for (int p = first; p < end; p++)
        for (int k = 0; k < OP_MAX_OUTPUTS; k++) {
            const struct node_ref ref = {NODE_VALUE, (uint8_t)k, cutter->order[p]};
            if (cutter->last_use[value_number(ref)] < end)
                continue;
            part->out[count] = cutter->temporary[value_number(ref)] = split->ntemporaries++;
            part->reads[count] = cutter->part->reads[p - first];
            graph->out[count++] = (struct node_ref){NODE_VALUE, (uint8_t)k, p - first};
        }
    return count;
}

/* ---- names ---- */

/* `t12`, and underscores before it as long as an array of the user's is called so. */
static void name_temporary(const struct clw_op *whole, int temporary, char name[OP_NAME_SIZE])
{
    int underscores = 0, taken = 1;
    while (taken && underscores < OP_NAME_SIZE - 16) {
        snprintf(name, OP_NAME_SIZE, "%.*st%d", underscores++,
                 "________________________________________________", temporary);
        taken = 0;
        for (int i = 0; i < whole->nin && !taken; i++)
            taken = strcmp(whole->in_name[i], name) == 0;
    }
}

static void name_operands(const struct clw_op *whole, struct part *part, int is_last)
{
    struct clw_op *op = part->op;
    for (int i = 0; i < op->nin; i++)
        if (part->in[i] >= 0)
            memcpy(op->in_name[i], whole->in_name[part->in[i]], OP_NAME_SIZE);
        else
            name_temporary(whole, -1 - part->in[i], op->in_name[i]);
    for (int i = 0; i < op->nout; i++)
        if (is_last)
            memcpy(op->out_name[i], whole->out_name[i], OP_NAME_SIZE);
        else
            name_temporary(whole, part->out[i], op->out_name[i]);
    memcpy(op->name, whole->name, OP_NAME_SIZE);
}

int fill_part(struct cutter *cutter, struct part *part, int first, int end, int is_last)
{
    const struct clw_op *whole = cutter->op;
    struct split *split = whole->split;
    struct graph *graph = &cutter->part->graph;
    begin_graph(cutter);
    for (int p = first; p < end; p++)
        add_node(cutter, first, p);
    int nout = is_last ? whole->nout : add_temporaries(cutter, part, first, end);
    for (int i = 0; is_last && i < nout; i++)
        graph->out[i] = local_ref(cutter, first, cutter->graph->out[i]);
    part->op = op_new(whole->allocator);
    if (!part->op || !(part->op->graph = graph_copy(whole->allocator, graph)))
        return 0;
    part->op->nin = cutter->part->nin;
    part->op->nout = nout;
    memcpy(part->in, cutter->part->in, sizeof part->in);
    for (int i = 0; i < part->op->nin; i++)
        if (part->in[i] < 0)
            split->last_reader[-1 - part->in[i]] = split->nparts - 1;
    name_operands(whole, part, is_last);
    part->op->identity = identity_of_graph(part->op);
    part->op->values = identity_of_values(part->op->graph);
    return 1;
}
