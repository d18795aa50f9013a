/* Says that several threads may call it, and keeps notes in the instance meanwhile. */
#include <threads.h>

#include "lying.h"

static flux_status process(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  (void)err;
  volatile memory* notes = self;
  for (uint32_t row = 0; row < in->rows; ++row) {
    notes->sum = integers_in(in)[row];
    thrd_yield();
    give(out, notes->sum, row);
  }
  return FLUX_OK;
}

static const flux_agent agent = {
    LYING_AGENT, .flags = FLUX_MAP | FLUX_STATELESS | FLUX_PURE | FLUX_CONCURRENT, .process = process};
PLUGIN_OF(agent)
