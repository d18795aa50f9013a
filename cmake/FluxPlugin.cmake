# flux_add_plugin(NAME VERSION x.y.z [OUTPUT DIRECTORY] SOURCES file...)
#
# Builds NAME.so, a plugin of flux, from C or C++ sources that include
# <flux/agent.hpp> or <flux/flux_plugin.h>. NAME is the 'plugin' of 'plugin.agent':
# [a-z][a-z0-9_]*. It goes to the current binary directory, or to OUTPUT. The target
# is called NAME_plugin.

function(flux_add_plugin name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "VERSION;OUTPUT" "SOURCES")
  if(NOT name MATCHES "^[a-z][a-z0-9_]*$")
    message(FATAL_ERROR "flux_add_plugin: the name '${name}' must match [a-z][a-z0-9_]*")
  endif()
  if(NOT arg_VERSION OR NOT arg_SOURCES OR arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "flux_add_plugin(${name}): give VERSION and SOURCES, and nothing else but OUTPUT")
  endif()
  if(NOT arg_OUTPUT)
    set(arg_OUTPUT ${CMAKE_CURRENT_BINARY_DIR})
  endif()

  set(target ${name}_plugin)
  set(exports ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/flux_plugin.map)
  add_library(${target} MODULE ${arg_SOURCES})
  target_link_libraries(${target} PRIVATE flux_sdk)
  target_compile_definitions(${target} PRIVATE
    FLUX_PLUGIN_NAME="${name}" FLUX_PLUGIN_VERSION="${arg_VERSION}")
  # -fno-gnu-unique: else a template's static would be shared by all plugins.
  target_compile_options(${target} PRIVATE $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fno-gnu-unique>)
  target_link_options(${target} PRIVATE LINKER:--version-script=${exports})
  set_target_properties(${target} PROPERTIES
    OUTPUT_NAME ${name}
    PREFIX ""
    LIBRARY_OUTPUT_DIRECTORY ${arg_OUTPUT}
    LINK_DEPENDS ${exports}
    C_VISIBILITY_PRESET hidden
    CXX_VISIBILITY_PRESET hidden
    VISIBILITY_INLINES_HIDDEN ON)
endfunction()
