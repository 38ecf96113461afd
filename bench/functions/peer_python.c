/* NumPy and PyTorch. */
#include "bench/functions/functions.h"

#include <stdio.h>

static void *open_absent(const struct job *job, char reason[REASON_BYTES])
{
    (void)job;
    snprintf(reason, REASON_BYTES, "absent");
    return NULL;
}

const struct peer peer_numpy = {"NumPy", open_absent, NULL, NULL, NULL};
const struct peer peer_torch = {"PyTorch", open_absent, NULL, NULL, NULL};
