# What `cmake --install` puts below a prefix. The program finds its plugins from
# where it stands itself, so the prefix may be moved afterwards.

file(GLOB plugin_headers CONFIGURE_DEPENDS src/abi/*.h src/sdk/*.hpp)

install(TARGETS flux RUNTIME)
install(FILES ${plugin_headers} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/flux)
install(DIRECTORY templates DESTINATION ${CMAKE_INSTALL_DATADIR}/flux USE_SOURCE_PERMISSIONS)  # of flux new
install(FILES docs/pipeline.schema.json DESTINATION ${CMAKE_INSTALL_DATADIR}/flux)
install(FILES completions/flux.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME flux)
foreach(folder site-functions vendor-completions)  # zsh looks in the one, Debian's in the other
  install(FILES completions/_flux DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/${folder})
endforeach()
install(FILES completions/flux.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
install(FILES docs/flux.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)

# <flux/functor.hpp> and what is behind it: `pkg-config --cflags --libs flux`.
set(rooms embed runtime stages transport rows plan expr spec plugin settings io json core)
list(TRANSFORM rooms PREPEND flux_ OUTPUT_VARIABLE room_targets)
list(TRANSFORM rooms PREPEND "-lflux_" OUTPUT_VARIABLE archives)
list(JOIN archives " " archives)
string(REGEX REPLACE "[^/]+" ".." up "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
configure_file(cmake/flux.pc.in flux.pc @ONLY)
configure_file(cmake/flux-sdk.pc.in ${CMAKE_INSTALL_LIBDIR}/pkgconfig/flux-sdk.pc @ONLY)  # of use in the build tree, too
install(TARGETS ${room_targets} ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}/flux)
install(FILES src/embed/functor.hpp src/embed/engine.hpp DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/flux)
install(FILES ${CMAKE_BINARY_DIR}/flux.pc ${CMAKE_BINARY_DIR}/${CMAKE_INSTALL_LIBDIR}/pkgconfig/flux-sdk.pc
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
