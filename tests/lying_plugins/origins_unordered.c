/* Gives the last event's result first. */
#include "lying.h"

static flux_status process(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  (void)self, (void)err;
  for (uint32_t row = (uint32_t)in->rows; row-- > 0;) give(out, integers_in(in)[row], row);
  return FLUX_OK;
}

static const flux_agent agent = {LYING_AGENT, .process = process};
PLUGIN_OF(agent)
