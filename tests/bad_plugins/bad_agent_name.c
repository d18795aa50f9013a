/* An agent whose name a pipeline could not call: it has a space. */
#include "healthy.h"

static const flux_agent agent = {HEALTHY_AGENT, .name = "two words"};
static const flux_agent* const agents[] = {&agent};
static const flux_plugin plugin = {PLAIN_PLUGIN};
ENTRY_RETURNS(&plugin)
