/* Making kernels: from the disk cache or from source. No lock is held. */
#ifndef CLWISE_DEVICE_KERNEL_MAKE_H
#define CLWISE_DEVICE_KERNEL_MAKE_H

#include "runtime/device/kernels.h"

/* Sets the program of a new entry, and gives it a kernel object. *origin NONE: it would have to be
 * compiled, and may not. */
clw_status kernel_make(struct kernels *kernels, const struct plan *plan, int may_compile,
                       struct kernel_entry *entry, clw_kernel_origin *origin, clw_error *error);
clw_status kernel_new_object(struct kernels *kernels, const struct kernel_entry *entry,
                             struct kernel_object **out, clw_error *error);
/* The text under which the entry's binary is stored: first the plan key, for people. */
clw_status kernel_set_disk_key(struct kernels *kernels, const struct plan *plan,
                               struct kernel_entry *entry, clw_error *error);
void kernel_forget_disk_key(struct kernels *kernels, struct kernel_entry *entry);

/* ---- kernels.c ---- */

/* A new entry, ready; NULL if the table has one or there is no memory. Retains the program. */
struct kernel_entry *kernels_add(struct kernels *kernels, const struct plan *plan,
                                 enum tier_name tier, cl_program program, int number);

/* ---- shared_program.c ---- */

/* The disk cache has, under a kernel's key, its binary or these words: which kernel it is of the
 * program that is stored under another key. */
void shared_program_words(struct text *words, int number, const struct text *key);
/* 1 if the bytes are such words: then the entry has the program and its number, or no program, and
 * *why tells. */
int shared_program_load(struct kernels *kernels, struct kernel_entry *entry, const char *bytes,
                        size_t length, const char **why);
void shared_programs_finish(struct kernels *kernels, int release_programs);

#endif
