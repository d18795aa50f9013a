/* An honest one, too, but nobody knows how to call it: an argument that it cannot do
 * without, and no example. */
#include "lying.h"

static const flux_param least = {.struct_size = sizeof(flux_param),
                                 .kind = FLUX_INT64,
                                 .flags = FLUX_PARAM_REQUIRED,
                                 .name = "least",
                                 .summary = "Means nothing"};
static const flux_param* const params[] = {&least};
static const flux_agent agent = {LYING_AGENT, .flags = FLUX_MAP, .params = params, .param_count = 1};
PLUGIN_OF(agent)
