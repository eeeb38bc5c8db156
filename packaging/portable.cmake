# Puts the shared libraries that the program needs beside it, in lib/commonweal of the prefix.
# The search path is one that LD_LIBRARY_PATH does not override: a cluster's modules set that to other versions.
target_link_options(commonweal PRIVATE -Wl,--as-needed -Wl,--disable-new-dtags)
file(RELATIVE_PATH libraries_from_program ${CMAKE_INSTALL_FULL_BINDIR} ${CMAKE_INSTALL_PREFIX}/lib/commonweal)
set_target_properties(commonweal PROPERTIES INSTALL_RPATH "$ORIGIN/${libraries_from_program}")

install(CODE "set(built_program \"$<TARGET_FILE:commonweal>\")" COMPONENT program)
install(CODE [[
  # What every Linux system with a C++ program has, and zlib, is left to it, as the manylinux policy does.
  file(GET_RUNTIME_DEPENDENCIES EXECUTABLES ${built_program} RESOLVED_DEPENDENCIES_VAR libraries
       PRE_EXCLUDE_REGEXES "^lib(c|m|dl|rt|pthread|stdc\\+\\+|gcc_s|z)\\.so" "^ld-linux")
  foreach(library IN LISTS libraries)
    get_filename_component(name ${library} NAME)
    file(REAL_PATH ${library} file)
    set(folder $ENV{DESTDIR}${CMAKE_INSTALL_PREFIX}/lib/commonweal)
    message(STATUS "Installing: ${folder}/${name}")
    file(MAKE_DIRECTORY ${folder})
    file(COPY_FILE ${file} ${folder}/${name} ONLY_IF_DIFFERENT)
  endforeach()
]] COMPONENT program)
