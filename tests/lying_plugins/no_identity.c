/* Says that it need not be called, and takes away every 3. */
#include "lying.h"

static flux_status process(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  (void)self, (void)err;
  for (uint32_t row = 0; row < in->rows; ++row)
    if (integers_in(in)[row] != 3) give(out, integers_in(in)[row], row);
  return FLUX_OK;
}

static const flux_agent agent = {LYING_AGENT, .flags = FLUX_IDENTITY | FLUX_STATELESS, .process = process};
PLUGIN_OF(agent)
