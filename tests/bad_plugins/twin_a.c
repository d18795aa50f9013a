/* One of two plugins that offer an agent 'twin': healthy, until the bare name is used. */
#include "healthy.h"

static const flux_agent agent = {HEALTHY_AGENT, .name = "twin"};
static const flux_agent* const agents[] = {&agent};
static const flux_plugin plugin = {PLAIN_PLUGIN};
ENTRY_RETURNS(&plugin)
