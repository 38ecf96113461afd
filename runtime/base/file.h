/* Files and folders. What fails returns -1 and sets errno, as the calls of the system do.
 *
 * The disk cache touches files through these functions only, so that a test can let every call of
 * the system fail in turn. They retry what a signal interrupts, leave no descriptor to an exec'd
 * program, and know nothing of umask or working folder. */
#ifndef CLWISE_BASE_FILE_H
#define CLWISE_BASE_FILE_H

#include <stddef.h>
#include <sys/stat.h>

/* A descriptor of the folder; a link is not followed. */
int file_open_folder(const char *path);
/* Makes the folder and its parents where they are missing, for this user only. */
int file_make_folder(const char *path);
/* Calls visit with each name in the folder but "." and "..", in no order. */
int file_each(int folder, void (*visit)(void *data, const char *name), void *data);

/* For reading. A link is not followed; a pipe or device does not block. */
int file_open(int folder, const char *name);
/* A new file for writing, for this user only; EEXIST if the name is taken. */
int file_create(int folder, const char *name);
/* For appending, made where it is missing; a link is followed. */
int file_append(const char *path);
int file_stat(int file, struct stat *facts);
int file_stat_at(int folder, const char *name, struct stat *facts); /* of a link, not its target */
/* Reads until `count` bytes or the end are reached; *got says how many there were. */
int file_read(int file, void *bytes, size_t count, size_t *got);
/* Writes all, to a file that is empty. */
int file_write(int file, const void *bytes, size_t count);
/* The same behind what is there. */
int file_add(int file, const void *bytes, size_t count);
int file_sync(int file);
/* The descriptor is gone in any case. */
int file_close(int file);

int file_rename(int folder, const char *from, const char *to);
int file_remove(int folder, const char *name);
/* Sets the times of last change and last access to now. */
int file_touch(int folder, const char *name);

/* A few English words for an errno, whatever the locale. Static. */
const char *file_problem(int error);

#endif
