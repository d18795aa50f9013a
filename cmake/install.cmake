# What `cmake --install` puts below a prefix. The program finds its plugins from
# where it stands itself, so the prefix may be moved afterwards.

file(GLOB plugin_headers CONFIGURE_DEPENDS src/abi/*.h src/sdk/*.hpp)

install(TARGETS flux RUNTIME)
install(FILES ${plugin_headers} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/flux)
install(FILES docs/pipeline.schema.json DESTINATION ${CMAKE_INSTALL_DATADIR}/flux)
install(FILES docs/flux.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
