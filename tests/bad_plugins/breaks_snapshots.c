/* Loads and works, and cannot be saved and restored, in one way each. */
#include "healthy.h"

static int save(void* self, flux_writer* to, flux_error* err) {
  (void)self, (void)err;
  return to->write(to, "state", 5);
}

static int save_fails(void* self, flux_writer* to, flux_error* err) {
  (void)self, (void)to;
  err->set(err, text("nothing to write with"));
  return -1;
}

static int save_returns_7(void* self, flux_writer* to, flux_error* err) {
  (void)self, (void)to, (void)err;
  return 7;
}

static int restore(void* self, uint32_t version, flux_str from, flux_error* err) {
  (void)self, (void)version, (void)from, (void)err;
  return 0;
}

static int restore_fails(void* self, uint32_t version, flux_str from, flux_error* err) {
  (void)self, (void)version, (void)from;
  err->set(err, text("cannot read its own hand"));
  return -1;
}

static int restore_returns_7(void* self, uint32_t version, flux_str from, flux_error* err) {
  (void)self, (void)version, (void)from, (void)err;
  return 7;
}

#define SAVES .state_version = 1, .save = save, .restore = restore

static const flux_agent all[] = {
    {HEALTHY_AGENT, .name = "save_fails", SAVES, .save = save_fails},
    {HEALTHY_AGENT, .name = "restore_fails", SAVES, .restore = restore_fails},
    {HEALTHY_AGENT, .name = "save_returns_7", SAVES, .save = save_returns_7},
    {HEALTHY_AGENT, .name = "restore_returns_7", SAVES, .restore = restore_returns_7},
};
static const flux_agent* const agents[] = {&all[0], &all[1], &all[2], &all[3]};
static const flux_plugin plugin = {PLAIN_PLUGIN};
ENTRY_RETURNS(&plugin)
