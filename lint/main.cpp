#include "lint/cli/commands.h"

int main(int count, char** arguments) {
  return trainlint::run_command_line(count, arguments);
}
