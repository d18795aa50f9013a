/* Wants finish() to be called again and again, and gives nothing. */
#include "lying.h"

static flux_status finish(void* self, flux_out* out, flux_error* err) {
  (void)self, (void)out, (void)err;
  return FLUX_MORE;
}

static const flux_agent agent = {LYING_AGENT, .flags = FLUX_ABSORB, .process = keep, .finish = finish};
PLUGIN_OF(agent)
