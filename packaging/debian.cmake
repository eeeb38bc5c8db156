# The Debian package, made by `scripts/package.sh deb`: the program, its configurations and its documentation.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME commonweal)
set(CPACK_PACKAGE_VENDOR "The commonweal contributors")
set(CPACK_PACKAGE_CONTACT "commonweal contributors <contributors@commonweal.invalid>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
# Tests and benchmarks are no part of it and need not be built: `packaged` is what must be.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)
add_custom_target(packaged DEPENDS commonweal)
if(TARGET commonweal_pages)
  add_dependencies(packaged commonweal_pages)
endif()

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Reports and reproductions are Python. They come with the wheel, into an environment of the user's.
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "python3 (>= 3.11), python3-venv")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "simulator of cooperation in networks of people")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "Plays repeated public-goods games in a laboratory, on a network, or in a
public service made of many organizations, and shows how far one person's
giving reaches.
.
Runs and sweeps of many thousand runs use all cores, survive any kill, and
write self-describing HDF5 files. Results do not depend on the number of
threads, nor on the processor.")

set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_LIST_DIR}/debian_files.cmake)
set(CPACK_COMMONWEAL_SOURCES ${CMAKE_SOURCE_DIR})
set(CPACK_COMMONWEAL_COMMIT ${COMMONWEAL_COMMIT})
include(CPack)
