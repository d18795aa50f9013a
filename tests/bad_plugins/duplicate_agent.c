/* Two agents of one name. */
#include "healthy.h"

static const flux_agent first = {HEALTHY_AGENT};
static const flux_agent second = {HEALTHY_AGENT, .summary = "Gives back each integer, again"};
static const flux_agent* const agents[] = {&first, &second};
static const flux_plugin plugin = {PLAIN_PLUGIN};
ENTRY_RETURNS(&plugin)
