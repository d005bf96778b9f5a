#include <cstdio>

int main() {
  std::puts("trainlint " TRAINLINT_VERSION);
  return 0;
}
