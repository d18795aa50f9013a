/* An agent without process(). */
#include "healthy.h"

static const flux_agent agent = {HEALTHY_AGENT, .process = NULL};
static const flux_agent* const agents[] = {&agent};
static const flux_plugin plugin = {PLAIN_PLUGIN};
ENTRY_RETURNS(&plugin)
