/* An input column of a kind that does not exist. */
#include "healthy.h"

static const flux_field odd = {.struct_size = sizeof(flux_field), .kind = 42};
static const flux_field* const fields[] = {&odd};
static const flux_type odd_type = {.struct_size = sizeof(flux_type), .field_count = 1, .fields = fields};
static const flux_agent agent = {HEALTHY_AGENT, .input = &odd_type};
static const flux_agent* const agents[] = {&agent};
static const flux_plugin plugin = {PLAIN_PLUGIN};
ENTRY_RETURNS(&plugin)
