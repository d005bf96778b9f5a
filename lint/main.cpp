#include <malloc.h>

#include "lint/cli/commands.h"

int main(int count, char** arguments) {
  // Memory is asked for by the megabyte: beside a second thread each question costs more than what
  // is done with a page.
  mallopt(M_TOP_PAD, 4 << 20);
  mallopt(M_MMAP_THRESHOLD, 4 << 20);
  return trainlint::run_command_line(count, arguments);
}
