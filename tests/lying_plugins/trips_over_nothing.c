/* Counts batches, also empty ones. */
#include "lying.h"

static flux_status process(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  (void)err;
  memory* seen = self;
  for (uint32_t row = 0; row < in->rows; ++row) give(out, seen->sum, row);
  if (in->rows == 0) ++seen->sum;
  return FLUX_OK;
}

static const flux_agent agent = {LYING_AGENT, .process = process};
PLUGIN_OF(agent)
