#ifndef CLWISE_BASE_CACHE_LINE_H
#define CLWISE_BASE_CACHE_LINE_H

enum { CACHE_LINE = 64 }; /* bytes that processors move together */

#endif
