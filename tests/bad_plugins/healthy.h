/* A plugin in perfect health, to be spoiled in one place by each file beside this.
 *
 * HEALTHY_AGENT and PLAIN_PLUGIN are initialisers; a file adds what differs,
 * which C lets a later designator do:
 *
 *   static const flux_agent agent = {HEALTHY_AGENT, .name = NULL}; */
#ifndef FLUX_TESTS_BAD_PLUGINS_HEALTHY_H
#define FLUX_TESTS_BAD_PLUGINS_HEALTHY_H

#include <string.h>

#include "../plain_plugin.h"

/* The agents here have no state: any address that is not NULL does. */
static int no_state;

static inline void* create(const flux_agent* agent, const flux_host* host, const flux_value* values,
                           flux_error* err) {
  (void)agent, (void)host, (void)values, (void)err;
  return &no_state;
}

static inline void destroy(void* self) { (void)self; }

/* Gives back each integer as it is. */
static inline flux_status copy_integers(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  (void)self, (void)err;
  if (in->rows != 0) memcpy(out->columns[0].data, in->columns[0].data, in->rows * sizeof(int64_t));
  out->rows = in->rows;
  return FLUX_OK;
}

#define HEALTHY_AGENT                                                                                        \
  .struct_size = sizeof(flux_agent), .flags = FLUX_MAP, .result = FLUX_REPLACE, .name = "copy",              \
  .version = "1.0.0", .summary = "Gives back each integer", .input = &bare_integer, .output = &bare_integer, \
  .create = create, .destroy = destroy, .process = copy_integers

#define ENTRY_RETURNS(plugin) \
  const flux_plugin* flux_plugin_entry(void) { return plugin; }

#endif
