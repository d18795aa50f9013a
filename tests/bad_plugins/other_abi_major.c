/* Built for a boundary that this flux does not speak. */
#include "healthy.h"

static const flux_agent agent = {HEALTHY_AGENT};
static const flux_agent* const agents[] = {&agent};
static const flux_plugin plugin = {PLAIN_PLUGIN, .abi_major = FLUX_ABI_MAJOR + 1};
ENTRY_RETURNS(&plugin)
