/* The boundary is plain C11: this file only has to compile, warnings as errors. */
#include <flux/flux_plugin.h>

_Static_assert(sizeof(flux_str) == 2 * sizeof(void*), "flux_str is frozen");
_Static_assert(sizeof(flux_path) == 2 * sizeof(void*), "flux_path is frozen");
_Static_assert(sizeof(flux_column) == 2 * sizeof(void*), "flux_column is frozen");
_Static_assert(offsetof(flux_plugin, struct_size) == 12, "the first four words of a plugin never move");
