/* A kind of result that does not exist. */
#include "healthy.h"

static const flux_agent agent = {HEALTHY_AGENT, .result = 9};
static const flux_agent* const agents[] = {&agent};
static const flux_plugin plugin = {PLAIN_PLUGIN};
ENTRY_RETURNS(&plugin)
