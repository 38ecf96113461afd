/* Temporary files that are removed if a signal, or exit, ends the program. */
#ifndef CLWISE_TOOLS_CLEANUP_H
#define CLWISE_TOOLS_CLEANUP_H

/* Registers a path, borrowed until it is removed; returns its slot, or -1 if all are taken. */
int cleanup_add(const char *path);
void cleanup_remove(int slot);

/* Between the two, a signal that would end the program waits. */
void cleanup_hold(void);
void cleanup_release(void);

#endif
