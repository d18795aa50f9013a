/* What the entry returns is not a flux_plugin: its first word is another. */
#include "healthy.h"

static const flux_agent agent = {HEALTHY_AGENT};
static const flux_agent* const agents[] = {&agent};
static const flux_plugin plugin = {PLAIN_PLUGIN, .magic = 0x464C457Fu};
ENTRY_RETURNS(&plugin)
