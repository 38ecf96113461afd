#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/base/file.h"
#include "runtime/base/memory.h"
#include "runtime/base/text.h"
#include "runtime/ops/opfile.h"
#include "runtime/ops/registry.h"

/* What is gathered before registry_add takes all of it or nothing. */
struct load {
    const clw_allocator *allocator;
    struct clw_op **ops;
    int count, capacity;
    char **names; /* of the folder's files */
    int name_count, name_capacity;
    char folder[PATH_MAX]; /* of the files, without links; "": it has no such name */
    int is_folder;
    int failed; /* memory ran out while names were gathered */
    clw_error *error;
};

/* The list of pointers with room for `more`; NULL, and the list as it was, if memory ran out. */
static void *with_room(const struct load *load, void *list, int count, int more, int *capacity)
{
    if (count + more <= *capacity)
        return list;
    const size_t size = sizeof(void *);
    const int larger = 2 * (count + more);
    void *grown = memory_grow(load->allocator, list, (size_t)count * size, (size_t)larger * size);
    if (grown)
        *capacity = larger;
    return grown;
}

static clw_status fail_read(const struct load *load, const char *path)
{
    return fail(load->error, CLW_ERROR_IO, "cannot read '%.700s': %s", path, file_problem(errno));
}

static const char *name_in(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* What the last `count` ops are known by when their file is loaded again. */
static clw_status set_paths(struct load *load, int count, const char *path)
{
    clw_status status = CLW_OK;
    for (int i = load->count - count; i < load->count && !status; i++) {
        struct text whole;
        text_init(&whole, load->allocator);
        text_addf(&whole, "%s/%s", load->folder, name_in(path));
        load->ops[i]->path = text_take(&whole);
        if (!load->ops[i]->path)
            status = fail_memory(load->error);
        text_finish(&whole);
    }
    return status;
}

static clw_status add_text(struct load *load, const char *path, const char *text, size_t length)
{
    struct clw_op **ops = with_room(load, load->ops, load->count, OPFILE_MAX_OPS, &load->capacity);
    if (!ops)
        return fail_memory(load->error);
    load->ops = ops;
    int count;
    const clw_status status =
        opfile_parse(load->allocator, path, text, length, ops + load->count, &count, load->error);
    load->count += count;
    return status ? status : set_paths(load, count, path);
}

/* One byte more than the parser takes, so that it refuses a file that is too long. */
static clw_status load_open_file(struct load *load, const char *path, int file)
{
    const size_t most = OPFILE_MAX_BYTES + 1;
    char *text = memory_new(load->allocator, most, 1);
    if (!text)
        return fail_memory(load->error);
    size_t length;
    const clw_status status = file_read(file, text, most, &length)
                                  ? fail_read(load, path)
                                  : add_text(load, path, text, length);
    memory_free(load->allocator, text);
    return status;
}

static int is_op_file(const char *name)
{
    const size_t length = strlen(name);
    return name[0] != '.' && length > 3 && strcmp(name + length - 3, ".cl") == 0;
}

static void gather_name(void *data, const char *name)
{
    struct load *load = data;
    if (load->failed || !is_op_file(name))
        return;
    char **names = with_room(load, load->names, load->name_count, 1, &load->name_capacity);
    char *copy = memory_copy_text(load->allocator, name, strlen(name));
    if (names)
        load->names = names;
    if (names && copy)
        names[load->name_count++] = copy;
    else
        memory_free(load->allocator, copy);
    load->failed = !names || !copy;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static clw_status load_file(struct load *load, const char *path);

static clw_status load_folder(struct load *load, const char *path, int folder)
{
    if (file_each(folder, gather_name, load))
        return fail_read(load, path);
    if (load->failed)
        return fail_memory(load->error);
    if (load->name_count == 0)
        return fail(load->error, CLW_ERROR_IO, "no file *.cl in folder '%.700s'", path);
    load->is_folder = realpath(path, load->folder) != NULL;
    qsort(load->names, (size_t)load->name_count, sizeof *load->names, by_name);
    clw_status status = CLW_OK;
    for (int i = 0; i < load->name_count && !status; i++) {
        struct text file;
        text_init(&file, load->allocator);
        text_addf(&file, "%s%s%s", path, path[strlen(path) - 1] == '/' ? "" : "/", load->names[i]);
        status = file.failed ? fail_memory(load->error) : load_file(load, text_words(&file));
        text_finish(&file);
    }
    return status;
}

/* Links are followed: what the user names, the user reads. A pipe must not block. */
static int open_path(const char *path)
{
    int file;
    do
        file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    while (file < 0 && errno == EINTR);
    return file;
}

static clw_status load_any(struct load *load, const char *path, int takes_folder)
{
    const int file = open_path(path);
    if (file < 0)
        return fail_read(load, path);
    struct stat facts;
    clw_status status;
    if (file_stat(file, &facts))
        status = fail_read(load, path);
    else if (S_ISREG(facts.st_mode))
        status = load_open_file(load, path, file);
    else if (S_ISDIR(facts.st_mode) && takes_folder)
        status = load_folder(load, path, file);
    else
        status = fail(load->error, CLW_ERROR_IO, "'%.700s' is no file", path);
    file_close(file);
    return status;
}

static clw_status load_file(struct load *load, const char *path)
{
    return load_any(load, path, 0);
}

static void load_finish(struct load *load, int keep_ops)
{
    for (int i = 0; i < load->count && !keep_ops; i++)
        op_destroy(load->ops[i]);
    for (int i = 0; i < load->name_count; i++)
        memory_free(load->allocator, load->names[i]);
    memory_free(load->allocator, load->ops);
    memory_free(load->allocator, load->names);
}

/* The folder that holds the file; a folder's own is known once it is one. */
static void find_folder(struct load *load, const char *path)
{
    char parent[PATH_MAX];
    const size_t length = (size_t)(name_in(path) - path);
    if (length >= sizeof parent)
        return;
    memcpy(parent, path, length);
    parent[length] = '\0';
    if (!realpath(length ? parent : ".", load->folder))
        load->folder[0] = '\0';
}

clw_status registry_load(struct registry *registry, const char *path, clw_error *error)
{
    struct load load = {.allocator = registry->allocator, .error = error};
    find_folder(&load, path);
    clw_status status = load_any(&load, path, 1);
    const struct registry_update update = {load.ops, load.count,
                                           load.is_folder ? load.folder : NULL};
    if (!status)
        status = registry_change(registry, &update, error);
    load_finish(&load, !status);
    return status;
}
