#!/usr/bin/env python3
"""The manual page and the completions of three shells know every option that --help knows.

usage: shells.py TRAINLINT

bash and fish are asked what they complete; zsh has no way to be asked without a terminal, so that its
file is read, and checked by zsh for being one.
"""
import os
import pathlib
import re
import subprocess
import sys

SHELL = pathlib.Path(__file__).resolve().parents[2] / "lint/shell"
COMMANDS = ["check", "submit", "explain", "rules", "graph", "dump", "config", "hook", "lsp", "audit"]
BASH = """
source /usr/share/bash-completion/bash_completion
source {file}
COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); COMPREPLY=()
_trainlint trainlint "${{COMP_WORDS[-1]}}" "${{COMP_WORDS[-2]}}" 2>/dev/null
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


def output(*command, **settings):
    return subprocess.run(command, check=True, capture_output=True, text=True, **settings).stdout


def options(trainlint, *command):
    return set(re.findall(r"^ +(?:-h,)?(--[a-z-]+)", output(trainlint, *command, "--help"), re.M))


def choices(trainlint, command, option):
    listed = re.search(rf"{option} ([a-z|]+)", output(trainlint, command, "--help")).group(1)
    return set(listed.split("|"))


def by_bash(*words):
    quoted = " ".join(f"'{word}'" for word in ("trainlint", *words))
    script = BASH.format(file=SHELL / "trainlint.bash", words=quoted)
    return set(output("bash", "-c", script).split())


def by_fish(*words):
    line = " ".join(("trainlint", *words))
    lines = output("fish", "--no-config", "-c",
                   f"source {SHELL / 'trainlint.fish'}; complete -C '{line}'").splitlines()
    return {entry.split("\t")[0] for entry in lines}


def main():
    trainlint = os.path.abspath(sys.argv[1])
    os.environ["PATH"] = os.path.dirname(trainlint) + ":" + os.environ["PATH"]
    page = (SHELL / "trainlint.1").read_text().replace("\\-", "-")
    zsh = (SHELL / "_trainlint").read_text()
    every = options(trainlint)
    for command in COMMANDS:
        wanted = options(trainlint, command)
        every |= wanted
        assert by_bash(command, "--") == wanted, (command, by_bash(command, "--") ^ wanted)
        assert by_fish(command, "--") == wanted, (command, by_fish(command, "--") ^ wanted)
        assert command in by_bash("") and command in by_fish(""), command
        assert f"'{command}:" in zsh, command
        assert command in page, command
    known = set(re.findall(r"--[a-z-]+(?=\[)", zsh))
    assert known == every, known ^ every
    described = set(re.findall(r"--[a-z-]{3,}", page))
    assert described == every, described ^ every
    for option in ("--format", "--color", "--fail-on"):
        wanted = choices(trainlint, "check", option)
        assert by_bash("check", option, "") == wanted, option
        assert by_fish("check", option, "") == wanted, option
        # In zsh's file the words stand in one list, in some order.
        lists = [set(words.split()) for words in re.findall(r"\(([a-z ]+)\)", zsh)]
        assert wanted in lists, option
    assert "circular-import" in by_bash("explain", "c") and "imports" in by_bash("--select", "i")
    assert "circular-import" in by_fish("explain", "c")
    subprocess.run(["zsh", "-n", SHELL / "_trainlint"], check=True)
    faults = subprocess.run(["man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z",
                             SHELL / "trainlint.1"], check=True, capture_output=True, text=True)
    assert not faults.stderr, faults.stderr
    print(f"{len(every)} options")


main()
