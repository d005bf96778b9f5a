# What "cmake --install" and "cpack" put where: the program, its manual page, completions and the
# reference of the rules.
include(GNUInstallDirs)
set(shell ${CMAKE_CURRENT_LIST_DIR})
set(docs ${CMAKE_INSTALL_DATADIR}/doc/trainlint)
install(TARGETS trainlint RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES ${shell}/trainlint.bash RENAME trainlint
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES ${shell}/_trainlint DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES ${shell}/trainlint.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
install(FILES ${CMAKE_SOURCE_DIR}/rules/README.md RENAME rules.md DESTINATION ${docs})
install(FILES ${CMAKE_SOURCE_DIR}/LICENSE RENAME copyright DESTINATION ${docs})

# Debian wants both packed, and without a time in them.
find_program(GZIP gzip)
if(GZIP)
  foreach(page trainlint.1 changelog)
    add_custom_command(OUTPUT ${page}.gz DEPENDS ${shell}/${page} VERBATIM
      COMMAND sh -c "${GZIP} -9nc '${shell}/${page}' >${page}.gz")
  endforeach()
  add_custom_target(packed_pages ALL DEPENDS trainlint.1.gz changelog.gz)
  add_dependencies(trainlint packed_pages)  # who builds the program alone can install it
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/trainlint.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/changelog.gz DESTINATION ${docs})
else()
  install(FILES ${shell}/trainlint.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
endif()

set(CPACK_GENERATOR "DEB;TGZ")
set(CPACK_PACKAGE_VENDOR "trainlint")
set(CPACK_PACKAGE_CONTACT "trainlint maintainers <trainlint@localhost.localdomain>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# What is loaded when it is needed is not seen by dpkg-shlibdeps: libzip.so.4 is in libzip4.
string(REPLACE ".so." "" CPACK_DEBIAN_PACKAGE_DEPENDS "${libzip_file}")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "Reads a package for AI Platform Training or Vertex AI custom training, as a
 folder, an sdist or a wheel, and says what would be refused, would crash on
 the worker or would train nothing, without running any of it.")
include(CPack)
