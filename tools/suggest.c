#include "tools/suggest.h"

#include <stdio.h>
#include <string.h>

enum { MAX_LENGTH = 40 };

static int smallest(int a, int b, int c)
{
    const int least = a < b ? a : b;
    return least < c ? least : c;
}

/* Insertions, deletions and substitutions from one word to the other. */
static int distance(const char *a, const char *b)
{
    int row[MAX_LENGTH + 1];
    const int length = (int)strlen(b);
    for (int j = 0; j <= length; j++)
        row[j] = j;
    for (int i = 1; *a; a++, i++) {
        int diagonal = row[0];
        row[0] = i;
        for (int j = 1; j <= length; j++) {
            const int above = row[j];
            row[j] = smallest(above + 1, row[j - 1] + 1, diagonal + (*a != b[j - 1]));
            diagonal = above;
        }
    }
    return row[length];
}

void suggestion_consider(struct suggestion *suggestion, const char *name)
{
    const size_t length = strlen(suggestion->word);
    if (length > MAX_LENGTH || strlen(name) > MAX_LENGTH)
        return;
    const int found = distance(suggestion->word, name);
    if (found < suggestion->distance && found < (int)length) {
        suggestion->distance = found;
        suggestion->best = name;
    }
}

const char *suggestion_words(const struct suggestion *suggestion, char *words, int room)
{
    snprintf(words, (size_t)room, suggestion->best ? "; did you mean %s?" : "%s",
             suggestion->best ? suggestion->best : "");
    return words;
}
