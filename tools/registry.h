/* The ops that a command may use: those of a context and of the files that --ops names. */
#ifndef CLWISE_TOOLS_REGISTRY_H
#define CLWISE_TOOLS_REGISTRY_H

#include "tools/settings.h"

/* A context with the ops of --ops in it; `device` NULL: as the settings say. */
int registry_open(const struct settings *settings, const char *device, clw_context **context,
                  clw_error *error);
/* By name or alias; NULL and a sentence with the nearest name if there is none. */
const clw_op *registry_find(clw_context *context, const char *name, clw_error *error);
/* "multiply(a, b) -> y" */
const char *op_signature(const clw_op *op, char *words, size_t room);

#endif
