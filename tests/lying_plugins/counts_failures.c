/* Fails negative integers, and numbers the events: those that failed, too. */
#include "lying.h"

static flux_status process(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  (void)err;
  memory* seen = self;
  for (uint32_t row = 0; row < in->rows; ++row) {
    ++seen->count;
    if (integers_in(in)[row] < 0) {
      out->fail(out, row, FLUX_REFUSED, text("negative"));
    } else {
      give(out, seen->count, row);
    }
  }
  return FLUX_OK;
}

static const flux_agent agent = {LYING_AGENT, .process = process};
PLUGIN_OF(agent)
