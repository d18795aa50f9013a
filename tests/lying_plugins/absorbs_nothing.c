/* Says that it keeps events for finish(), and has none. */
#include "lying.h"

static const flux_agent agent = {LYING_AGENT, .flags = FLUX_ABSORB, .process = keep};
PLUGIN_OF(agent)
