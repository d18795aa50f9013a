/* Loads and works, but says no to every odd integer. */
#include "healthy.h"

static flux_status process(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  const flux_status status = copy_integers(self, in, out, err);
  const int64_t* values = in->columns[0].data;
  for (size_t row = 0; row < in->rows; ++row) {
    if (values[row] % 2 != 0) out->fail(out, row, FLUX_REFUSED, text("the integer is odd"));
  }
  return status;
}

static const flux_agent agent = {HEALTHY_AGENT, .name = "fails_events", .process = process};
static const flux_agent* const agents[] = {&agent};
static const flux_plugin plugin = {PLAIN_PLUGIN};
ENTRY_RETURNS(&plugin)
