/* Loads and works, but prints to stdout, where only results belong. */
#include <stdio.h>

#include "healthy.h"

static flux_status process(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  printf("a plugin was here\n");
  fflush(stdout);
  return copy_integers(self, in, out, err);
}

static const flux_agent agent = {HEALTHY_AGENT, .name = "prints_to_stdout", .process = process};
static const flux_agent* const agents[] = {&agent};
static const flux_plugin plugin = {PLAIN_PLUGIN};
ENTRY_RETURNS(&plugin)
