/* A file to which a context writes what it plans, for `clwise warm`. */
#ifndef CLWISE_API_RECORD_H
#define CLWISE_API_RECORD_H

#include "runtime/base/log.h"
#include "runtime/plan/plan.h"

struct record;

/* `path` as in clw_config.record. NULL if there is none or, with one line to the log, if it cannot
 * be written. Log and allocator are borrowed. */
struct record *record_open(const char *path, const struct log *log, const clw_allocator *allocator);
void record_close(struct record *record);
/* Appends the request, which gave the plan, unless a plan of the same key is there already. For
 * several threads at once; processes may share a file. What cannot be written costs one line in
 * the log. */
void record_add(struct record *record, const struct request *request, const struct plan *plan);

#endif
