#include "lint/source/libzip.h"

#if defined(TRAINLINT_LIBZIP) && !defined(TRAINLINT_STATIC)
#include <dlfcn.h>
#endif

namespace trainlint {

#if defined(TRAINLINT_LIBZIP) && !defined(TRAINLINT_STATIC)

// It is never closed: what it gave out may be needed until the end.
static Result<Libzip> load() {
  void* library = dlopen(TRAINLINT_LIBZIP, RTLD_NOW | RTLD_LOCAL);
  if (!library) return Error{dlerror()};
  Libzip zip{};
#define TRAINLINT_FIND(name)                                                     \
  zip.name = reinterpret_cast<decltype(zip.name)>(dlsym(library, "zip_" #name)); \
  if (!zip.name) return Error{TRAINLINT_LIBZIP " has no function 'zip_" #name "'"};
  TRAINLINT_LIBZIP_FUNCTIONS(TRAINLINT_FIND)
#undef TRAINLINT_FIND
  return zip;
}

#else

static Result<Libzip> load() {
#define TRAINLINT_ADDRESS(name) &zip_##name,
  return Libzip{TRAINLINT_LIBZIP_FUNCTIONS(TRAINLINT_ADDRESS)};
#undef TRAINLINT_ADDRESS
}

#endif

const Result<Libzip>& load_libzip() {
  static const Result<Libzip> zip = load();
  return zip;
}

}  // namespace trainlint
