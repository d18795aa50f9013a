/* A parameter of a kind that does not exist. */
#include "healthy.h"

static const flux_param odd = {
    .struct_size = sizeof(flux_param), .kind = 42, .name = "odd", .summary = "Of no kind"};
static const flux_param* const params[] = {&odd};
static const flux_agent agent = {HEALTHY_AGENT, .params = params, .param_count = 1};
static const flux_agent* const agents[] = {&agent};
static const flux_plugin plugin = {PLAIN_PLUGIN};
ENTRY_RETURNS(&plugin)
