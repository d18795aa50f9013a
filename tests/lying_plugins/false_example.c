/* Shows an example that is not so. */
#include "lying.h"

static const flux_example example = {
    .struct_size = sizeof(flux_example), .pipeline = FLUX_PLUGIN_NAME, .input = "1\n2\n", .output = "1\n3\n"};
static const flux_example* const examples[] = {&example};
static const flux_agent agent = {LYING_AGENT, .flags = FLUX_MAP | FLUX_STATELESS | FLUX_PURE,
                                 .examples = examples, .example_count = 1};
PLUGIN_OF(agent)
