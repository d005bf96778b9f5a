// Says what check_source finds in many texts; for the scripts in this folder, which compare with
// python3. Reads texts from stdin, each after a line with its length in bytes, and prints a line
// for each: "ok", or the fault's line, type, "2" for Python 2 code or "3", and message, separated
// by tabs. An argument gives the target version.
//
// With --time FILE... it reads the files instead, and prints how long parsing and checking take.
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "lint/python/check/check.h"
#include "lint/python/module.h"
#include "lint/python/source_text.h"
#include "lint/text/line_map.h"

using namespace trainlint;

static void print_verdict(std::shared_ptr<const std::string> bytes, PythonVersion target) {
  SourceText source = decode_source(bytes);
  std::vector<SyntaxFault> faults = check_source(source, *bytes, target);
  if (faults.empty()) {
    std::puts("ok");
    return;
  }
  const SyntaxFault& fault = faults.front();
  uint32_t line = LineMap(*source.text).line_of(fault.span.begin);
  std::printf("%u\t%s\t%d\t%s\n", line, fault.kind.c_str(), fault.python2 ? 2 : 3,
              fault.message.c_str());
}

static double milliseconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
      .count();
}

static int print_times(int count, char** paths) {
  double parsing = 0, checking = 0;
  size_t size = 0, faults = 0;
  for (int i = 0; i < count; ++i) {
    std::ifstream file(paths[i], std::ios::binary);
    auto bytes = std::make_shared<const std::string>(std::istreambuf_iterator<char>(file),
                                                     std::istreambuf_iterator<char>());
    size += bytes->size();
    SourceText source = decode_source(bytes);
    auto start = std::chrono::steady_clock::now();
    Syntax syntax = Syntax::parse(source.text);
    parsing += milliseconds_since(start);
    start = std::chrono::steady_clock::now();
    faults += check_source(source, *bytes, PythonVersion{}).size();
    checking += milliseconds_since(start);
  }
  std::printf("%zu bytes, parsing %.1f ms, checking %.1f ms, %.1f %%, %zu faults\n", size, parsing,
              checking, 100 * checking / parsing, faults);
  return 0;
}

int main(int count, char** arguments) {
  std::string_view first = count > 1 ? arguments[1] : "";
  if (first == "--time") return print_times(count - 2, arguments + 2);
  PythonVersion target;
  if (!first.empty()) target = parse_python_version(first).value_or(target);
  std::string line;
  while (std::getline(std::cin, line)) {
    std::string text(std::stoul(line), '\0');
    std::cin.read(text.data(), static_cast<std::streamsize>(text.size()));
    print_verdict(std::make_shared<const std::string>(std::move(text)), target);
  }
  return 0;
}
