/* A shared library, but no plugin: it exports no flux_plugin_entry. */
extern int not_flux_plugin_entry;
__attribute__((visibility("default"))) int not_flux_plugin_entry = 0;
