/* Counts events in a global variable. */
#include "lying.h"

static int64_t count;

static flux_status process(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  (void)self, (void)err;
  for (uint32_t row = 0; row < in->rows; ++row) give(out, ++count, row);
  return FLUX_OK;
}

static const flux_agent agent = {LYING_AGENT, .flags = FLUX_MAP, .process = process};
PLUGIN_OF(agent)
