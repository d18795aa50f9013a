/* Prints every 3 to stdout, where only results belong. */
#include <stdio.h>

#include "lying.h"

static flux_status process(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  for (uint32_t row = 0; row < in->rows; ++row)
    if (integers_in(in)[row] == 3) printf("a three!\n");
  return copy(self, in, out, err);
}

static const flux_agent agent = {LYING_AGENT, .flags = FLUX_MAP | FLUX_STATELESS | FLUX_PURE,
                                 .process = process};
PLUGIN_OF(agent)
