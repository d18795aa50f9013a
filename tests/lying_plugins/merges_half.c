/* Counts events at the end, and forgets what another instance counted. */
#include "lying.h"

static flux_status merge(void* self, void* other, flux_error* err) {
  (void)self, (void)other, (void)err;
  return FLUX_OK;
}

static const flux_agent agent = {LYING_AGENT, .flags = FLUX_ABSORB, .process = keep, .finish = give_count,
                                 .merge = merge};
PLUGIN_OF(agent)
