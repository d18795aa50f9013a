/* An agent over integers whose instances remember what they have seen, to be made a
 * liar of in one place by each file beside this: `flux laws` must catch each.
 *
 * LYING_AGENT and PLAIN_PLUGIN are initialisers; a file adds what differs. */
#ifndef FLUX_TESTS_LYING_PLUGINS_LYING_H
#define FLUX_TESTS_LYING_PLUGINS_LYING_H

#include <stdlib.h>
#include <string.h>

#include "../plain_plugin.h"

typedef struct memory {
  int64_t count; /* events that came */
  int64_t sum;
} memory;

static inline void* create(const flux_agent* agent, const flux_host* host, const flux_value* values,
                           flux_error* err) {
  (void)agent, (void)host, (void)values, (void)err;
  return calloc(1, sizeof(memory));
}

static inline void destroy(void* self) { free(self); }

static inline const int64_t* integers_in(const flux_batch* in) { return in->columns[0].data; }
static inline int64_t* integers_out(const flux_out* out) { return out->columns[0].data; }

static inline int64_t wrapping_sum(int64_t a, int64_t b) { return (int64_t)((uint64_t)a + (uint64_t)b); }

/* Gives one result, of input row `row`. */
static inline void give(flux_out* out, int64_t value, uint32_t row) {
  integers_out(out)[out->rows] = value;
  if (out->origin != NULL) out->origin[out->rows] = row;
  ++out->rows;
}

/* Gives back each integer as it is. */
static inline flux_status copy(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  (void)self, (void)err;
  for (uint32_t row = 0; row < in->rows; ++row) give(out, integers_in(in)[row], row);
  return FLUX_OK;
}

/* How many events there are so far. */
static inline flux_status tally(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  (void)err;
  memory* seen = self;
  for (uint32_t row = 0; row < in->rows; ++row) give(out, ++seen->count, row);
  return FLUX_OK;
}

/* Keeps them for finish(). */
static inline flux_status keep(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  (void)out, (void)err;
  memory* seen = self;
  for (uint32_t row = 0; row < in->rows; ++row) {
    ++seen->count;
    seen->sum = wrapping_sum(seen->sum, integers_in(in)[row]);
  }
  return FLUX_OK;
}

static inline flux_status give_count(void* self, flux_out* out, flux_error* err) {
  (void)err;
  give(out, ((memory*)self)->count, 0);
  return FLUX_OK;
}

#define LYING_AGENT                                                                                         \
  .struct_size = sizeof(flux_agent), .result = FLUX_REPLACE, .name = FLUX_PLUGIN_NAME, .version = "1.0.0",  \
  .summary = "Lies", .input = &bare_integer, .output = &bare_integer, .create = create, .destroy = destroy, \
  .process = copy

/* The one agent of this file. */
#define PLUGIN_OF(agent)                              \
  static const flux_agent* const agents[] = {&agent}; \
  static const flux_plugin plugin = {PLAIN_PLUGIN};   \
  const flux_plugin* flux_plugin_entry(void) { return &plugin; }

#endif
