/* Says that it is pure, and gives the first event another result than the rest. */
#include "lying.h"

static flux_status process(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  (void)err;
  memory* seen = self;
  for (uint32_t row = 0; row < in->rows; ++row) {
    give(out, seen->sum, row);
    seen->sum = 1;
  }
  return FLUX_OK;
}

static const flux_agent agent = {LYING_AGENT, .flags = FLUX_MAP | FLUX_PURE, .process = process};
PLUGIN_OF(agent)
