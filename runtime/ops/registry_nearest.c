#include <string.h>

#include "runtime/ops/nearest.h"
#include "runtime/ops/registry.h"

enum { MOST_NAMES = 8 };

struct near {
    const char *name[MOST_NAMES];
    int distance[MOST_NAMES];
    int count, most;
};

/* Keeps the list in order of distance; names of one distance in the order in which they come. */
static void offer(struct near *near, const char *name, int distance)
{
    int at = near->count;
    while (at > 0 && near->distance[at - 1] > distance)
        at--;
    if (at == near->most)
        return;
    near->count += near->count < near->most;
    for (int i = near->count - 1; i > at; i--) {
        near->name[i] = near->name[i - 1];
        near->distance[i] = near->distance[i - 1];
    }
    near->name[at] = name;
    near->distance[at] = distance;
}

static void offer_if_near(struct near *near, const char *wanted, const char *name, int limit)
{
    const int distance = edit_distance(wanted, name, limit);
    if (distance <= limit)
        offer(near, name, distance);
}

void registry_nearest(const struct registry *registry, const char *name, int most, char *words,
                      size_t bytes)
{
    const size_t length = strlen(name);
    const int limit = length < 4 ? 1 : length < 8 ? 2 : 3;
    struct near near = {.most = most < MOST_NAMES ? most : MOST_NAMES};
    for (int i = 0; i < registry->count; i++) {
        const struct clw_op *op = registry->ops[i];
        offer_if_near(&near, name, op->name, limit);
        for (int j = 0; j < op->naliases; j++)
            offer_if_near(&near, name, op->aliases[j], limit);
    }
    size_t used = 0;
    for (int i = 0; i < near.count; i++) {
        const char *parts[] = {i ? ", " : "", near.name[i]};
        if (used + strlen(parts[0]) + strlen(parts[1]) >= bytes)
            break;
        for (int j = 0; j < 2; j++) {
            memcpy(words + used, parts[j], strlen(parts[j]));
            used += strlen(parts[j]);
        }
    }
    if (bytes)
        words[used] = '\0';
}
