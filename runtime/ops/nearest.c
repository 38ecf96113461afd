#include "runtime/ops/nearest.h"

#include <string.h>

enum { LONGEST = 64 };

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* Optimal string alignment, by rows of the table of distances between beginnings. */
int edit_distance(const char *a, const char *b, int limit)
{
    const size_t length_a = strlen(a), length_b = strlen(b);
    if (length_a > LONGEST || length_b > LONGEST)
        return limit + 1;
    int rows[3][LONGEST + 1];
    for (size_t j = 0; j <= length_b; j++)
        rows[0][j] = (int)j;
    for (size_t i = 1; i <= length_a; i++) {
        int *row = rows[i % 3];
        const int *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3];
        row[0] = (int)i;
        for (size_t j = 1; j <= length_b; j++) {
            const int replaced = above[j - 1] + (a[i - 1] != b[j - 1]);
            row[j] = least(replaced, least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], two_above[j - 2] + 1);
        }
    }
    return least(rows[length_a % 3][length_b], limit + 1);
}

void nearest_offer(struct nearest *nearest, const char *name, int limit)
{
    const int distance = edit_distance(nearest->wanted, name, nearest->distance);
    if (distance < nearest->distance && distance <= limit) {
        nearest->name = name;
        nearest->distance = distance;
    }
}
