# How libarchive, nettle, libzip and yaml-cpp are brought in. As shared libraries they load fifteen more
# (libxml2, ICU, OpenSSL, ...), which takes longer than to parse a small package. So the first two are
# linked in, with only the formats that are used, and libzip, of which Debian has no static library,
# is loaded when the first zip is opened. yaml-cpp is linked in as well: as a shared library it would
# bring a second libstdc++, and its exceptions would be of that one.
#
# out: archive_libraries and yaml_library, what to link; libzip_file, what to load ("libzip.so.4"), empty if linked

set(archive_libraries PkgConfig::libzip PkgConfig::libarchive PkgConfig::nettle)
set(libzip_file "")

foreach(name libarchive.a libnettle.a lzma bz2 z)
  find_library(found_${name} ${name})
  list(APPEND parts ${found_${name}})
endforeach()
if(NOT "${parts}" MATCHES "NOTFOUND")
  set(archive_libraries PkgConfig::libzip ${parts})
endif()

find_library(libzip_shared NAMES zip HINTS ${libzip_LIBRARY_DIRS} ${libzip_LIBDIR})
file(REAL_PATH "${libzip_shared}" libzip_real)
if(libzip_real MATCHES "/(libzip\\.so\\.[0-9]+)[^/]*$")
  set(libzip_file ${CMAKE_MATCH_1})
  list(REMOVE_ITEM archive_libraries PkgConfig::libzip)
endif()

find_library(yaml_library libyaml-cpp.a)
if(NOT yaml_library)
  set(yaml_library PkgConfig::yaml_cpp)
endif()

# For one program that needs no library ("lint/static"): out: static_libraries, empty where one is
# missing. There is no static libzip in Debian; TRAINLINT_LIBZIP is where one was built.
set(TRAINLINT_LIBZIP "" CACHE FILEPATH "a libzip.a, for the target trainlint-static")
set(static_libraries "")
foreach(name libarchive.a libnettle.a liblzma.a libbz2.a libz.a libyaml-cpp.a)
  find_library(static_${name} ${name})
  list(APPEND static_libraries ${static_${name}})
endforeach()
if(NOT TRAINLINT_LIBZIP OR "${static_libraries}" MATCHES "NOTFOUND")
  set(static_libraries "")
else()
  list(PREPEND static_libraries ${TRAINLINT_LIBZIP})
endif()
