/* Everything that a plan depends on, as words to compare: requests of equal keys have equal plans
 * within a context. */
#ifndef CLWISE_PLAN_REQUEST_KEY_H
#define CLWISE_PLAN_REQUEST_KEY_H

#include "runtime/plan/plan.h"

enum { REQUEST_KEY_WORDS = 128 };

struct request_key {
    int count;
    uint64_t hash; /* of the words; never 0 */
    uint64_t words[REQUEST_KEY_WORDS];
};

/* 0 if the request has more than there is room for, or is one that no plan is made for. What is the
 * same for all of a context is left out: rule of promotion, fp64 policy, target. */
int request_key(const struct request *request, struct request_key *key);
/* Scalars of one kind and class have the same plan. Of an integer promotion asks for its sign, and
 * which dtypes hold it: for how many bits it needs. It asks for no other number's value, and
 * kernels get all of them as arguments. */
uint64_t scalar_class(clw_scalar scalar);
int request_keys_equal(const struct request_key *a, const struct request_key *b);

#endif
