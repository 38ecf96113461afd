/* Time that passes. */
#ifndef CLWISE_BASE_CLOCK_H
#define CLWISE_BASE_CLOCK_H

double clock_seconds(void); /* since some moment; never goes back */

#endif
