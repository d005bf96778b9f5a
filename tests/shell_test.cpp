#include <doctest/doctest.h>

#include <string>

#include "lint/launch/shell.h"

using namespace trainlint;

namespace {

// One line a command: its words in brackets; what is unknown from there on behind '?', and '+'
// where it may be several words.
std::string words_in(std::string_view text) {
  std::string shown;
  for (const std::vector<CommandWord>& words : shell_commands(text, "gcloud")) {
    for (const CommandWord& word : words) {
      shown += "[" + word.text.substr(0, word.unknown_from);
      if (!word.known()) shown += "?" + word.text.substr(word.unknown_from);
      shown += word.splits ? "]+" : "]";
    }
    shown += "\n";
  }
  return shown;
}

}  // namespace

TEST_CASE("shell: quotes, escapes and continued lines are what the shell makes of them") {
  CHECK(words_in("gcloud a 'b c' \"d e\" f\\ g\n") == "[gcloud][a][b c][d e][f g]\n");
  CHECK(words_in("gcloud a \\\n  --b=c \\\r\n  d\n") == "[gcloud][a][--b=c][d]\n");
  CHECK(words_in("gcloud --x=\"a b\"'c'd \"q\\\"q\\$\"\n") == "[gcloud][--x=a bcd][q\"q$]\n");
  CHECK(words_in("gcloud a \\ \n  b\n") == "[gcloud][a][ ]\n");
  CHECK(words_in("gcloud a # b\n# gcloud c\n") == "[gcloud][a]\n");
}

TEST_CASE("shell: commands are found wherever they are run") {
  CHECK(
      words_in("time gcloud a && /usr/bin/gcloud b | tee gcloud.log; if x; then gcloud c; fi\n") ==
      "[gcloud][a]\n[/usr/bin/gcloud][b]\n[gcloud][c]\n");
  CHECK(words_in("X=1 gcloud a > out 2>&1 &\nf() { gcloud b; }\n") == "[gcloud][a]\n[gcloud][b]\n");
  CHECK(words_in("A=$(gcloud a)\nwait `gcloud b`\nx > $(gcloud c)\n") ==
        "[gcloud][a]\n[gcloud][b]\n[gcloud][c]\n");
  CHECK(words_in("gcloud a 2>log b >&2 c\ngcloud d <<E e\nx\nE\ngcloud </dev/null f\n") ==
        "[gcloud][a][b][c]\n[gcloud][d][e]\n[gcloud][f]\n");
  CHECK(words_in("echo gcloud a\nwhich gcloud\ncommand -v gcloud\nman gcloud a\n") == "");
  CHECK(words_in("command gcloud a\n") == "[gcloud][a]\n");
  CHECK(words_in("echo nothing\n") == "");
  CHECK(words_in("cat <<EOF\ngcloud a\nEOF\n") == "");
}

TEST_CASE("shell: variables are known where the script sets them once") {
  CHECK(words_in("A=x\nexport B=\"y z\"\ngcloud $A ${A}1 \"$B\" '$A'\n") ==
        "[gcloud][x][x1][y z][$A]\n");
  CHECK(words_in("B=\"y z\"\ngcloud $B \"$C\" a$D\n") == "[gcloud][?$B]+[?$C][a?$D]+\n");
  CHECK(words_in("A=x\nA=y\ngcloud $A\n") == "[gcloud][?$A]+\n");
  CHECK(words_in("if t; then A=x; fi\ngcloud \"$A\"\n") == "[gcloud][?$A]\n");
  CHECK(words_in("A=x\nsource settings.sh\ngcloud \"$A\"\n") == "[gcloud][?$A]\n");
  for (const char* setter :
       {"printf -v A y", "mapfile A < f", "export \"A=y\"", "export \"$@\"", "getopts a: A",
        "declare -n B=A", "builtin source f", "for A in y; do x; done", "unset A", "read A",
        "select A in y; do x; done"})
    CHECK(words_in(std::string("A=x\n") + setter + "\ngcloud \"$A\"\n") == "[gcloud][?$A]\n");
  for (const char* other : {"printf x", "export A", "export B=$A", "readonly A", "echo \"$@\""})
    CHECK(words_in(std::string("A=x\n") + other + "\ngcloud \"$A\"\n") == "[gcloud][x]\n");
  CHECK(words_in("gcloud \"$@\" \"${A[@]}\" $'a b'\n") == "[gcloud][?$@]+[?${A[@]}]+[a b]\n");
  CHECK(words_in("A=$(date)\nB=x_$A\ngcloud \"$B\" `id` ~/x *.py ${A:-1}\n") ==
        "[gcloud][?$B][?`id`]+[?~/x]+[?*.py]+[?${A:-1}]+\n");
}

TEST_CASE("shell: other files hold commands in places of their own") {
  CHECK(words_in(shell_text("README.md",
                            "gcloud a\n```bash\n$ gcloud train \\\n    c\n```\ngcloud train\n")) ==
        "[gcloud][train][c]\n");
  CHECK(words_in(shell_text("a.md",
                            "Do:\n\n    gcloud train \\\n      b\n\ntext\n    gcloud train\n")) ==
        "[gcloud][train][b]\n");
  CHECK(words_in(shell_text("Makefile", "all:\n\t@gcloud $(A) b\ngcloud c\n")) ==
        "[gcloud][?$(A)]+[b]\n");
  CHECK(words_in(shell_text("run", "#!/bin/sh\ngcloud a\n")) == "[gcloud][a]\n");
  CHECK(shell_text("run", "gcloud a\n") == "");
  CHECK(shell_text("LICENSE", "") == "");
}

TEST_CASE(
    "shell: in Markdown, neither other languages nor what follows the last training matters") {
  CHECK(words_in(shell_text("a.md",
                            "```sh\nA=x\n```\n```python\nA = 'y'\n```\n"
                            "``` bash\ngcloud train $A\n\ngcloud b\n```\n```\ngcloud c\n```\n")) ==
        "[gcloud][train][x]\n[gcloud][b]\n");
  CHECK(shell_text("a.md", "```\ngcloud storage ls\n```\n") == "");
}

TEST_CASE("shell: bytes that are no script do no harm") {
  std::string deep(5000, '(');
  CHECK(words_in(deep + "gcloud a") == words_in(deep + "gcloud a"));
  CHECK_NOTHROW(words_in(std::string("gcloud \0 \xFF '\"$(", 14)));
  CHECK_NOTHROW(words_in("gcloud \\"));
}

TEST_CASE("shell: variables that double do not fill the memory") {
  std::string text = "A0=xxxxxxxxxxxxxxxx\n";
  for (int i = 0; i < 60; ++i)
    text +=
        "A" + std::to_string(i + 1) + "=$A" + std::to_string(i) + "$A" + std::to_string(i) + "\n";
  const auto commands = shell_commands(text + "gcloud $A4 $A60\n", "gcloud");
  REQUIRE(commands.size() == 1);
  CHECK(commands[0][1].text == std::string(256, 'x'));
  CHECK(!commands[0][2].known());
}

TEST_CASE("shell: RUN of a Dockerfile is a command") {
  CHECK(words_in(shell_text("Dockerfile",
                            "FROM x\nRUN --mount=type=cache,target=/x gcloud a \\\n  # b\n  c \\\n"
                            "  d\nrun gcloud e\nCMD gcloud f\nRUN [\"gcloud\", \"g\"]\n")) ==
        "[gcloud][a][c][d]\n[gcloud][e]\n");
}

TEST_CASE("shell: the scripts of CI systems are commands") {
  CHECK(words_in(shell_text("x.yml", R"(name: gcloud x
jobs:
  a:
    env: {A: b}
    steps:
    - uses: actions/checkout@v4
    - run: gcloud a  # b
    - name: gcloud y
      run: |
        # gcloud z
        gcloud b \
          --c '${{ secrets.KEY }}' d${{ x }}
        gcloud c
      if: always()
    - run: >-
        gcloud d
        --e f

        gcloud g
    - run: gcloud h
        i
    - run: "gcloud j"
    - run: "gcloud k \"l\""
)")) == "[gcloud][a]\n[gcloud][b][--c][?$_________________][d?$_______]+\n[gcloud][c]\n"
        "[gcloud][d][--e][f]\n[gcloud][g]\n[gcloud][h][i]\n[gcloud][j]\n");
  // GitLab, with lists at the key's own column and further in, and CRLF.
  CHECK(words_in(shell_text(".gitlab-ci.yml",
                            "train:\r\n  script:\r\n  - gcloud a\r\n  - 'gcloud b'\r\n  - |\r\n"
                            "    gcloud c\r\n  before_script:\r\n    - gcloud d\r\n"
                            "  variables:\r\n    A: gcloud e\r\n")) ==
        "[gcloud][a]\n[gcloud][b]\n[gcloud][c]\n[gcloud][d]\n");
  CHECK(words_in(shell_text("job.yaml", "trainingInput:\n  args:\n  - --gcloud\n")) == "");
}

TEST_CASE("shell: a step of Cloud Build is a script, or the words of gcloud") {
  CHECK(words_in(shell_text("cloudbuild.yaml", R"(steps:
- name: gcr.io/cloud-builders/gcloud
  args: ['ai', 'custom-jobs', "create", --region=$_REGION,
         '--args=a b']
- name: gcr.io/google.com/cloudsdktool/cloud-sdk:slim
  args:
  - ai
  # a comment
  - '--region=$_REGION'
  - --args=a b  # c
  - d
  - e
  entrypoint: gcloud
- name: gcr.io/google.com/cloudsdktool/cloud-sdk
  entrypoint: bash
  args:
  - -c
  - |
    gcloud a '${_B}'
- name: gcr.io/cloud-builders/gcloud
  entrypoint: bash
  args: ['-c', 'gcloud b']
- args: [c, "d\""]
  name: gcr.io/cloud-builders/gcloud
- id: e
  args: [f]
  name: gcr.io/cloud-builders/gcloud
)")) == "[gcloud][ai][custom-jobs][create][--region=?$_REGION]+[--args=a b]\n"
        "[gcloud][ai][--region=?$_REGION][--args=a b][d][e]\n[gcloud][a][?${_B}]\n[gcloud][b]\n"
        "[gcloud][f]\n");
}
