/* Says that it maps, and leaves out negative integers. */
#include "lying.h"

static flux_status process(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  (void)self, (void)err;
  for (uint32_t row = 0; row < in->rows; ++row)
    if (integers_in(in)[row] >= 0) give(out, integers_in(in)[row], row);
  return FLUX_OK;
}

static const flux_agent agent = {LYING_AGENT, .flags = FLUX_MAP | FLUX_STATELESS | FLUX_PURE,
                                 .process = process};
PLUGIN_OF(agent)
