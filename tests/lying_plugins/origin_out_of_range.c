/* Says that results come from a row that is not there. */
#include "lying.h"

static flux_status process(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  (void)self, (void)err;
  for (uint32_t row = 0; row < in->rows; ++row) give(out, integers_in(in)[row], row + 1);
  return FLUX_OK;
}

static const flux_agent agent = {LYING_AGENT, .process = process};
PLUGIN_OF(agent)
