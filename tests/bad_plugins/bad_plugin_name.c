/* The plugin's name is no name: upper case, and a dash. */
#include "healthy.h"

static const flux_agent agent = {HEALTHY_AGENT};
static const flux_agent* const agents[] = {&agent};
static const flux_plugin plugin = {PLAIN_PLUGIN, .name = "Bad-Plugin"};
ENTRY_RETURNS(&plugin)
