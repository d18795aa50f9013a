/* Counts events, and does not save the count. */
#include "lying.h"

static int save(void* self, flux_writer* to, flux_error* err) {
  (void)err;
  return to->write(to, &((memory*)self)->sum, sizeof(int64_t));
}

static int restore(void* self, uint32_t version, flux_str from, flux_error* err) {
  (void)version, (void)err;
  memcpy(&((memory*)self)->sum, from.data, sizeof(int64_t));
  return 0;
}

static const flux_agent agent = {LYING_AGENT,        .flags = FLUX_MAP, .process = tally,
                                 .state_version = 1, .save = save,      .restore = restore};
PLUGIN_OF(agent)
