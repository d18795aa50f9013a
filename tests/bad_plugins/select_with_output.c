/* A select gives the event itself, so it can have no type of results; this one has. */
#include "healthy.h"

static const flux_agent agent = {HEALTHY_AGENT, .result = FLUX_SELECT};
static const flux_agent* const agents[] = {&agent};
static const flux_plugin plugin = {PLAIN_PLUGIN};
ENTRY_RETURNS(&plugin)
