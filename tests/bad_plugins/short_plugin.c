/* The plugin's struct ends before the members that every flux reads. */
#include "healthy.h"

static const flux_agent agent = {HEALTHY_AGENT};
static const flux_agent* const agents[] = {&agent};
static const flux_plugin plugin = {PLAIN_PLUGIN, .struct_size = 16};
ENTRY_RETURNS(&plugin)
