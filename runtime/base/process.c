#include "runtime/base/process.h"

#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#ifdef MADV_WIPEONFORK
/* A page that the kernel clears in children. */
static const volatile unsigned char *new_mark(size_t bytes)
{
    unsigned char *page =
        mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED)
        return NULL;
    if (madvise(page, bytes, MADV_WIPEONFORK)) {
        munmap(page, bytes);
        return NULL;
    }
    page[0] = 1;
    return page;
}
#else
static const volatile unsigned char *new_mark(size_t bytes)
{
    (void)bytes;
    return NULL;
}
#endif

static size_t page_size(void)
{
    return (size_t)sysconf(_SC_PAGESIZE);
}

void process_remember(struct process *process)
{
    *process = (struct process){getpid(), new_mark(page_size())};
}

void process_forget(struct process *process)
{
    if (process->mark)
        munmap((void *)(uintptr_t)process->mark, page_size());
    process->mark = NULL;
}

int process_is_same(const struct process *process)
{
    return process->mark ? process->mark[0] != 0 : process->id == getpid();
}
