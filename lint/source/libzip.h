#pragma once

#include <zip.h>

#include "lint/text/result.h"

namespace trainlint {

// The functions of libzip that are used here, each without its "zip_".
#define TRAINLINT_LIBZIP_FUNCTIONS(each)                                                        \
  each(compression_method_supported) each(discard) each(error_fini) each(error_init)            \
      each(error_strerror) each(fclose) each(file_get_error) each(file_get_external_attributes) \
          each(fopen_index) each(fread) each(get_error) each(get_name) each(get_num_entries)    \
              each(open_from_source) each(source_buffer_create) each(source_file_create)        \
                  each(source_free) each(stat_index)

struct Libzip {
// NOLINTNEXTLINE(bugprone-macro-parentheses): a member's name takes none
#define TRAINLINT_MEMBER(name) decltype(&::zip_##name) name;
  TRAINLINT_LIBZIP_FUNCTIONS(TRAINLINT_MEMBER)
#undef TRAINLINT_MEMBER
};

// Loads libzip on the first call: with the libraries that it needs in turn, OpenSSL's among them,
// it would cost every start more than a millisecond, and most runs open no zip. Any thread may
// call. Fails with the loader's reason.
const Result<Libzip>& load_libzip();

}  // namespace trainlint
