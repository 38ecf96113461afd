#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "tools/command.h"
#include "tools/print.h"
#include "tools/report.h"
#include "tools/suggest.h"

enum { PATH_BYTES = 4096 };

struct visit {
    json_t *array; /* NULL: print lines */
    int only_bad;  /* list nothing else */
    int good, bad;
    uint64_t bytes;
};

static json_t *entry_json(const clw_cache_entry *entry)
{
    return json_pack("{s:o, s:o, s:o, s:I, s:I}", "file", json_words(entry->file), "key",
                     json_words(entry->key), "problem",
                     entry->problem ? json_words(entry->problem) : json_null(), "bytes",
                     (json_int_t)entry->bytes, "used", (json_int_t)entry->used);
}

static void print_entry(const clw_cache_entry *entry)
{
    char when[32] = "";
    const time_t used = (time_t)entry->used;
    struct tm local;
    if (localtime_r(&used, &local))
        strftime(when, sizeof when, "%Y-%m-%d %H:%M", &local);
    printf("%s  %8" PRIu64 "  %s  ", when, entry->bytes, entry->file);
    print_words(entry->problem ? "bad: " : entry->key);
    print_words(entry->problem ? entry->problem : "");
    printf("\n");
}

static void on_entry(void *data, const clw_cache_entry *entry)
{
    struct visit *const visit = data;
    visit->bytes += entry->bytes;
    *(entry->problem ? &visit->bad : &visit->good) += 1;
    if (visit->only_bad && !entry->problem)
        return;
    if (visit->array)
        json_array_append_new(visit->array, entry_json(entry));
    else
        print_entry(entry);
}

static int folder(const struct settings *settings, char *path, clw_error *error)
{
    if (clw_cache_path(settings->config.cache_dir, path, PATH_BYTES, error))
        return FAILED;
    if (path[0] == '\0')
        return fail(error, "there is no cache folder: CLWISE_CACHE_DIR, XDG_CACHE_HOME and HOME "
                           "name none");
    return DONE;
}

static int cache_path(const struct settings *settings, clw_error *error)
{
    char path[PATH_BYTES];
    const int status = folder(settings, path, error);
    if (status == DONE && settings->json)
        return print_json(json_pack("{s:o}", "path", json_words(path)), error);
    if (status == DONE)
        printf("%s\n", path);
    return status;
}

static int visit_entries(const struct settings *settings, struct visit *visit, clw_error *error)
{
    char path[PATH_BYTES];
    int status = folder(settings, path, error);
    visit->array = settings->json ? json_array() : NULL;
    if (status == DONE && clw_cache_visit(settings->config.cache_dir, on_entry, visit, error))
        status = FAILED;
    if (status == DONE && visit->array)
        return print_json(visit->array, error);
    json_decref(visit->array);
    return status;
}

static int cache_list(const struct settings *settings, clw_error *error)
{
    struct visit visit = {.only_bad = settings->only_bad};
    const int status = visit_entries(settings, &visit, error);
    if (status == DONE && !settings->json) {
        printf("%d entr%s, ", visit.good + visit.bad, visit.good + visit.bad == 1 ? "y" : "ies");
        print_size(visit.bytes);
        printf("\n");
    }
    return status;
}

static int cache_verify(const struct settings *settings, clw_error *error)
{
    struct visit visit = {.only_bad = 1};
    const int status = visit_entries(settings, &visit, error);
    if (status == DONE && !settings->json)
        printf("%d good, %d bad\n", visit.good, visit.bad);
    if (status == DONE && visit.bad > 0)
        return fail(error, "%d of %d cache entries are bad; clwise cache purge --bad removes them",
                    visit.bad, visit.good + visit.bad);
    return status;
}

static int cache_purge(const struct settings *settings, clw_error *error)
{
    char path[PATH_BYTES];
    int removed = 0;
    const int status = folder(settings, path, error);
    if (status != DONE)
        return status;
    if (clw_cache_purge(settings->config.cache_dir, settings->only_bad, &removed, error))
        return FAILED;
    if (settings->json)
        return print_json(json_pack("{s:i}", "removed", removed), error);
    printf("%d removed\n", removed);
    return DONE;
}

static const struct {
    const char *name;
    int (*run)(const struct settings *settings, clw_error *error);
} actions[] = {
    {"path", cache_path}, {"list", cache_list}, {"verify", cache_verify}, {"purge", cache_purge}};

static int run(struct settings *settings, clw_error *error)
{
    const char *const name = settings->operands[0];
    char words[80];
    struct suggestion suggestion = suggestion_for(name);
    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++) {
        if (strcmp(actions[i].name, name) == 0)
            return actions[i].run(settings, error);
        suggestion_consider(&suggestion, actions[i].name);
    }
    return misuse(error, "cache: unknown action '%s'%s", name,
                  suggestion_words(&suggestion, words, sizeof words));
}

static const struct option_row options[] = {
    TEXT(0, "cache-dir", "DIR", config.cache_dir, "the folder, instead of the default"),
    FLAG(0, "bad", only_bad, "list, purge: only damaged entries"), JSON_ROW, HELP_ROW, LAST_ROW};

const struct command command_cache = {
    "cache",
    "path|list|verify|purge",
    "Look after the kernels that are kept on disk",
    "path prints the folder; list tells time of last use, bytes, file and key of each entry;\n"
    "verify reads every entry and fails if one is damaged; purge removes them.\n",
    options,
    1,
    1,
    run};
