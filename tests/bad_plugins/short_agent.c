/* The agent's struct ends before the functions that every flux calls. */
#include "healthy.h"

static const flux_agent agent = {HEALTHY_AGENT, .struct_size = 24};
static const flux_agent* const agents[] = {&agent};
static const flux_plugin plugin = {PLAIN_PLUGIN};
ENTRY_RETURNS(&plugin)
