/* Loads and works, until the third event it ever sees breaks the instance. */
#include <stdlib.h>

#include "healthy.h"

static void* create_counter(const flux_agent* agent, const flux_host* host, const flux_value* values,
                            flux_error* err) {
  (void)agent, (void)host, (void)values;
  void* seen = calloc(1, sizeof(size_t));
  if (seen == NULL) err->set(err, text("out of memory"));
  return seen;
}

static flux_status process(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  size_t* seen = self;
  *seen += in->rows;
  if (*seen < 3) return copy_integers(self, in, out, err);
  err->set(err, text("the third event broke it"));
  return FLUX_FAILED;
}

static const flux_agent agent = {HEALTHY_AGENT, .name = "fails_instance", .create = create_counter,
                                 .destroy = free, .process = process};
static const flux_agent* const agents[] = {&agent};
static const flux_plugin plugin = {PLAIN_PLUGIN};
ENTRY_RETURNS(&plugin)
