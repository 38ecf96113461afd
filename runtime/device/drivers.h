/* PoCL's two drivers of the CPU: "pthread" wakes threads, "basic" runs in the thread that calls. */
#ifndef CLWISE_DEVICE_DRIVERS_H
#define CLWISE_DEVICE_DRIVERS_H

/* Asks PoCL for both, unless $POCL_DEVICES says what the user wants: it looks there once in a
 * process, when devices are first asked for. Only while the process has one thread, for the
 * environment is everybody's. Returns 1 if drivers_restore is to be called afterwards. */
int drivers_ask_for_both(void);
void drivers_restore(int asked);

/* 1 if the user did not name PoCL's devices: then two drivers are shown as one device. */
int drivers_are_hidden(void);
/* 1 if these are device names of the two drivers of one device. */
int drivers_are_twins(const char *large, const char *small);

#endif
