/* Does not survive a negative integer. */
#include "lying.h"

static flux_status process(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  for (uint32_t row = 0; row < in->rows; ++row)
    if (integers_in(in)[row] < 0) abort();
  return copy(self, in, out, err);
}

static const flux_agent agent = {LYING_AGENT, .flags = FLUX_MAP | FLUX_STATELESS | FLUX_PURE,
                                 .process = process};
PLUGIN_OF(agent)
