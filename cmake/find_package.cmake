# share/flux/cmake, for find_package(flux): in the build tree laid out as it is
# installed, so that CMAKE_PREFIX_PATH may name either.
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_BINARY_DIR}/share/flux/cmake)
write_basic_package_version_file(${package_dir}/fluxConfigVersion.cmake
  COMPATIBILITY SameMajorVersion ARCH_INDEPENDENT)
foreach(file FluxPlugin.cmake flux_plugin.map)
  configure_file(cmake/${file} ${package_dir}/${file} COPYONLY)
endforeach()

set(flux_headers include)
set(flux_plugins lib/flux/plugins)
configure_file(cmake/fluxConfig.cmake.in ${package_dir}/fluxConfig.cmake @ONLY)

set(flux_headers ${CMAKE_INSTALL_INCLUDEDIR})
set(flux_plugins ${CMAKE_INSTALL_LIBDIR}/flux/plugins)
configure_file(cmake/fluxConfig.cmake.in ${CMAKE_BINARY_DIR}/installed/fluxConfig.cmake @ONLY)

install(FILES ${CMAKE_BINARY_DIR}/installed/fluxConfig.cmake ${package_dir}/fluxConfigVersion.cmake
  cmake/FluxPlugin.cmake cmake/flux_plugin.map
  DESTINATION ${CMAKE_INSTALL_DATADIR}/flux/cmake)
