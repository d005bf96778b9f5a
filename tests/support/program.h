#pragma once

#include <sys/wait.h>

#include <cstdlib>
#include <string>

#include "lint/source/tree.h"
#include "tests/support/golden.h"
#include "tests/support/temporary_folder.h"

namespace trainlint {

struct Outcome {
  int status;
  std::string out, err;
};

// A folder of files in which the program is run by a shell.
class Workplace {
 public:
  explicit Workplace(std::string_view txtar) { folder_.write(parse_txtar(txtar)); }

  Outcome shell(const std::string& command, const std::string& where = ".") const {
    std::string out = streams_.text() + "/out", err = streams_.text() + "/err";
    std::string all = "cd '" + folder_.text() + "/" + where + "' && { " + command + "\n} >'" + out +
                      "' 2>'" + err + "'";
    int status = std::system(all.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, file_text(out), file_text(err)};
  }
  // `setting` goes before the program: "env A=b".
  Outcome run(const std::string& arguments, const std::string& where = ".",
              const std::string& setting = "") const {
    return shell(setting + " '" TRAINLINT_PROGRAM "' " + arguments, where);
  }

  std::string text() const { return folder_.text(); }
  std::string file(const std::string& path) const { return file_text(text() + "/" + path); }
  void write(const std::string& path, const std::string& content) const {
    folder_.write(path, content);
  }

 private:
  TemporaryFolder folder_, streams_;
};

inline bool has(const std::string& text, std::string_view words) {
  return text.find(words) != std::string::npos;
}

}  // namespace trainlint
