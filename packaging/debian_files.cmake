# Run by CPack on the tree of the package: adds what Debian asks of every package, and compresses what it wants compressed.
cmake_minimum_required(VERSION 3.25)
set(share ${CPACK_TEMPORARY_DIRECTORY}${CPACK_PACKAGING_INSTALL_PREFIX}/share)
set(documents ${share}/doc/commonweal)

# The license stands in the file `copyright`, in Debian's form, and not a second time.
file(REMOVE ${documents}/LICENSE)
file(READ ${CPACK_COMMONWEAL_SOURCES}/LICENSE license)
string(REGEX MATCH "Copyright \\(c\\) ([^\n]+)\n\n(.*)" license "${license}")
set(holder ${CMAKE_MATCH_1})
string(REGEX REPLACE "\n\n" "\n.\n" text "${CMAKE_MATCH_2}")
string(STRIP "${text}" text)
string(REPLACE "\n" "\n " text "${text}")
file(WRITE ${documents}/copyright "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: commonweal
Comment: Notices of the libraries inside the program are in the folder licenses.

Files: *
Copyright: ${holder}
License: Expat
 ${text}
")

string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC) # of the commit: package.sh sets SOURCE_DATE_EPOCH
file(WRITE ${documents}/changelog.Debian
     "commonweal (${CPACK_PACKAGE_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE}) unstable; urgency=medium

  * Build of commit ${CPACK_COMMONWEAL_COMMIT}. What changed is told in changelog.gz.

 -- ${CPACK_PACKAGE_CONTACT}  ${date}
")
file(COPY_FILE ${CPACK_COMMONWEAL_SOURCES}/CHANGELOG.md ${documents}/changelog)

# Where zsh looks in Debian for what packages bring.
if(EXISTS ${share}/zsh/site-functions)
  file(RENAME ${share}/zsh/site-functions ${share}/zsh/vendor-completions)
endif()

file(GLOB_RECURSE manuals ${share}/man/*.[1-9])
foreach(file IN LISTS manuals ITEMS ${documents}/changelog ${documents}/changelog.Debian)
  execute_process(COMMAND gzip -9 -n -f ${file} COMMAND_ERROR_IS_FATAL ANY)
endforeach()
# CPack leaves executable what it copied from executable files; modes of text are those of text.
file(GLOB_RECURSE texts ${share}/*)
file(CHMOD ${texts} PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
