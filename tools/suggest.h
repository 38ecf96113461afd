/* "did you mean": the nearest of some names to a word that is none of them. */
#ifndef CLWISE_TOOLS_SUGGEST_H
#define CLWISE_TOOLS_SUGGEST_H

struct suggestion {
    const char *word;
    const char *best; /* NULL: none is near */
    int distance;
};

static inline struct suggestion suggestion_for(const char *word)
{
    const struct suggestion suggestion = {word, 0, 3};
    return suggestion;
}

void suggestion_consider(struct suggestion *suggestion, const char *name);
/* "; did you mean NAME?", or "". Returns `words`. */
const char *suggestion_words(const struct suggestion *suggestion, char *words, int room);

#endif
