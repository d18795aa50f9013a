/* Loads, and then its agents crash, one way each, when they see the integer 3; until then
 * they give back each integer as it is. They know nothing of rows: flux can name the
 * batch. */
#include <stdlib.h>

#include "healthy.h"

static volatile int zero;
static int* volatile nowhere;

static void store_to_null(void) { *nowhere = 1; }
static void call_abort(void) { abort(); }
static void trap(void) { __builtin_trap(); }

/* Not a tail call, and not endless as far as the compiler knows. */
static int recurse(volatile int* depth) {
  volatile int here[64] = {*depth + 1};
  return here[0] < 0 ? 0 : recurse(here) + here[0];
}
static void overflow_the_stack(void) {
  volatile int start = 0;
  zero = recurse(&start);
}

static void crash_on_3(const flux_batch* in, void (*crash)(void)) {
  const int64_t* values = in->columns[0].data;
  for (size_t row = 0; row < in->rows; ++row)
    if (values[row] == 3) crash();
}

#define CRASHES(name, how)                                                                    \
  static flux_status name(void* self, const flux_batch* in, flux_out* out, flux_error* err) { \
    crash_on_3(in, how);                                                                      \
    return copy_integers(self, in, out, err);                                                 \
  }
CRASHES(null_store, store_to_null)
CRASHES(aborts, call_abort)
CRASHES(traps, trap)
CRASHES(overflows_the_stack, overflow_the_stack)

/* Says which row it is at. */
static flux_status knows_its_row(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  const int64_t* values = in->columns[0].data;
  for (size_t row = 0; row < in->rows; ++row) {
    *(volatile size_t*)&out->at = row;
    if (values[row] == 3) store_to_null();
  }
  return copy_integers(self, in, out, err);
}

/* Lets all events go on until one holds the word. */
static const flux_field event = {.struct_size = sizeof(flux_field), .kind = FLUX_JSON};
static const flux_field* const events[] = {&event};
static const flux_type any_event = {.struct_size = sizeof(flux_type), .field_count = 1, .fields = events};

static flux_status at_boom(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  (void)self, (void)err;
  const flux_str* texts = in->columns[0].data;
  for (size_t row = 0; row < in->rows; ++row) {
    for (size_t i = 0; i + 4 <= texts[row].size; ++i)
      if (memcmp(texts[row].data + i, "boom", 4) == 0) store_to_null();
    out->origin[row] = (uint32_t)row;
  }
  out->rows = in->rows;
  return FLUX_OK;
}

static flux_status in_finish(void* self, flux_out* out, flux_error* err) {
  (void)self, (void)out, (void)err;
  store_to_null();
  return FLUX_OK;
}

static flux_status finish_nothing(void* self, flux_out* out, flux_error* err) {
  (void)self, (void)out, (void)err;
  return FLUX_OK;
}

static flux_status in_merge(void* self, void* other, flux_error* err) {
  (void)self, (void)other, (void)err;
  store_to_null();
  return FLUX_OK;
}

static void* in_create(const flux_agent* agent, const flux_host* host, const flux_value* values,
                       flux_error* err) {
  (void)agent, (void)host, (void)values, (void)err;
  store_to_null();
  return &no_state;
}

static flux_status in_describe(void* self, flux_ports* ports, flux_error* err) {
  (void)self, (void)ports, (void)err;
  store_to_null();
  return FLUX_OK;
}

static void in_destroy(void* self) {
  (void)self;
  store_to_null();
}

static int in_save(void* self, flux_writer* to, flux_error* err) {
  (void)self, (void)to, (void)err;
  store_to_null();
  return 0;
}

static int save_nothing(void* self, flux_writer* to, flux_error* err) {
  (void)self, (void)to, (void)err;
  return 0;
}

static int in_restore(void* self, uint32_t version, flux_str from, flux_error* err) {
  (void)self, (void)version, (void)from, (void)err;
  store_to_null();
  return 0;
}

static int restore_nothing(void* self, uint32_t version, flux_str from, flux_error* err) {
  (void)self, (void)version, (void)from, (void)err;
  return 0;
}

static const flux_agent all[] = {
    {HEALTHY_AGENT, .name = "null_store", .flags = FLUX_MAP | FLUX_STATELESS, .process = null_store},
    {HEALTHY_AGENT, .name = "aborts", .process = aborts},
    {HEALTHY_AGENT, .name = "traps", .process = traps},
    {HEALTHY_AGENT, .name = "overflows_the_stack", .process = overflows_the_stack},
    {HEALTHY_AGENT, .name = "knows_its_row", .process = knows_its_row},
    {HEALTHY_AGENT, .name = "at_boom", .flags = 0, .result = FLUX_SELECT, .input = &any_event, .output = NULL,
     .process = at_boom},
    {HEALTHY_AGENT, .name = "in_finish", .finish = in_finish},
    {HEALTHY_AGENT, .name = "in_merge", .finish = finish_nothing, .merge = in_merge},
    {HEALTHY_AGENT, .name = "in_create", .create = in_create},
    {HEALTHY_AGENT, .name = "in_describe", .describe = in_describe},
    {HEALTHY_AGENT, .name = "in_destroy", .destroy = in_destroy},
    {HEALTHY_AGENT, .name = "in_save", .state_version = 1, .save = in_save, .restore = restore_nothing},
    {HEALTHY_AGENT, .name = "in_restore", .state_version = 1, .save = save_nothing, .restore = in_restore},
};
static const flux_agent* const agents[] = {&all[0], &all[1], &all[2], &all[3],  &all[4],  &all[5], &all[6],
                                           &all[7], &all[8], &all[9], &all[10], &all[11], &all[12]};
static const flux_plugin plugin = {PLAIN_PLUGIN};
ENTRY_RETURNS(&plugin)
