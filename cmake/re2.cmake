# RE2 as flux_re2, from its static archive where there is one: a shared library costs
# every start of flux half a millisecond.
find_package(PkgConfig REQUIRED)
pkg_check_modules(RE2 REQUIRED IMPORTED_TARGET re2)
find_library(FLUX_RE2_ARCHIVE libre2.a HINTS ${RE2_LIBDIR} ${RE2_LIBRARY_DIRS})
add_library(flux_re2 INTERFACE)
# A newer RE2 stands on Abseil, whose many archives pkg-config alone knows to list.
if(FLUX_RE2_ARCHIVE AND RE2_VERSION VERSION_LESS 11)
  target_include_directories(flux_re2 SYSTEM INTERFACE ${RE2_INCLUDE_DIRS})
  target_link_libraries(flux_re2 INTERFACE ${FLUX_RE2_ARCHIVE} Threads::Threads)
else()
  target_link_libraries(flux_re2 INTERFACE PkgConfig::RE2)
endif()
