/* Tells the truth: it counts, saves the count, and says nothing that is not so. */
#include "lying.h"

static int save(void* self, flux_writer* to, flux_error* err) {
  (void)err;
  return to->write(to, self, sizeof(memory));
}

static int restore(void* self, uint32_t version, flux_str from, flux_error* err) {
  (void)version, (void)err;
  memcpy(self, from.data, sizeof(memory));
  return 0;
}

static const flux_agent agent = {LYING_AGENT,        .flags = FLUX_MAP, .process = tally,
                                 .state_version = 1, .save = save,      .restore = restore};
PLUGIN_OF(agent)
