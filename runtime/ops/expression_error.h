/* Messages that show the place in the text. */
#ifndef CLWISE_OPS_EXPRESSION_ERROR_H
#define CLWISE_OPS_EXPRESSION_ERROR_H

#include "runtime/base/error.h"

/* `expression:1:7: ` and the sentence, the line of `text` around `place`, and a caret under it.
 * Returns status. */
clw_status fail_at(clw_error *error, clw_status status, const char *text, const char *place,
                   const char *format, ...) PRINTF_LIKE(5, 6);

#endif
