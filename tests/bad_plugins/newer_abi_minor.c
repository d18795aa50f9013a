/* Asks for more than this flux has: a newer minor version of the boundary. */
#include "healthy.h"

static const flux_agent agent = {HEALTHY_AGENT};
static const flux_agent* const agents[] = {&agent};
static const flux_plugin plugin = {PLAIN_PLUGIN, .abi_minor = 99};
ENTRY_RETURNS(&plugin)
