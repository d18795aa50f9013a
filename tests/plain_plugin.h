/* What plugins in C need whose agents take and give integers, for tests of what is wrong
 * with others: PLAIN_PLUGIN is an initialiser, of the array `agents`. A file may override
 * any part of it. */
#ifndef FLUX_TESTS_PLAIN_PLUGIN_H
#define FLUX_TESTS_PLAIN_PLUGIN_H

#include <flux/flux_plugin.h>
#include <string.h>

#ifdef __clang__
#pragma clang diagnostic ignored "-Winitializer-overrides"
#else
#pragma GCC diagnostic ignored "-Woverride-init"
#endif

static inline flux_str text(const char* literal) { return (flux_str){literal, strlen(literal)}; }

static const flux_field integer = {.struct_size = sizeof(flux_field), .kind = FLUX_INT64};
static const flux_field* const integers[] = {&integer};
static const flux_type bare_integer = {
    .struct_size = sizeof(flux_type), .field_count = 1, .fields = integers};

#define PLAIN_PLUGIN                                                                                  \
  .magic = FLUX_PLUGIN_MAGIC, .abi_major = FLUX_ABI_MAJOR, .abi_minor = FLUX_TARGET_MINOR,            \
  .struct_size = sizeof(flux_plugin), .name = FLUX_PLUGIN_NAME, .version = "1.0.0", .agents = agents, \
  .agent_count = sizeof agents / sizeof agents[0]

#endif
