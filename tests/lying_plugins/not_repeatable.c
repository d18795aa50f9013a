/* Says that it is pure, and looks at the clock. */
#include <time.h>

#include "lying.h"

static flux_status process(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  (void)self, (void)err;
  for (uint32_t row = 0; row < in->rows; ++row) {
    struct timespec now;
    timespec_get(&now, TIME_UTC);
    give(out, now.tv_sec * 1000000000 + now.tv_nsec, row);
  }
  return FLUX_OK;
}

static const flux_agent agent = {LYING_AGENT, .flags = FLUX_MAP | FLUX_PURE, .process = process};
PLUGIN_OF(agent)
