/* Says that it is stateless, and counts. */
#include "lying.h"

static const flux_agent agent = {LYING_AGENT, .flags = FLUX_MAP | FLUX_STATELESS, .process = tally};
PLUGIN_OF(agent)
