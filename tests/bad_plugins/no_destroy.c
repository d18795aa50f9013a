/* An agent without destroy(). */
#include "healthy.h"

static const flux_agent agent = {HEALTHY_AGENT, .destroy = NULL};
static const flux_agent* const agents[] = {&agent};
static const flux_plugin plugin = {PLAIN_PLUGIN};
ENTRY_RETURNS(&plugin)
