#!/usr/bin/env python3
"""trainlint as a person at a terminal meets it, on a real pseudo terminal.

usage: terminal.py BUILD_FOLDER
"""
import fcntl
import os
import pathlib
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import sysconfig
import tempfile
import termios
import time

BROKEN = "import trainer.gone\n"
KNOWN = {"TERM": "xterm-kitty"}  # makes links
OTHER = {"TERM": "xterm"}
LINK = "\033]8;;"
CLEAR = "\r\033[2K"
QUIET = ("NO_COLOR", "FORCE_COLOR", "FORCE_HYPERLINK", "TMUX", "VTE_VERSION", "TERM_PROGRAM", "WT_SESSION",
         "KONSOLE_VERSION", "CI")
# What is typed, what is meant.
SLIPS = [
    (["chek"], "'check'"), (["grpah"], "'graph'"), (["explian", "x"], "'explain'"), (["hlep"], "'help'"),
    (["explain", "circular-imprt"], "'circular-import'"), (["--statistcs"], "'--statistics'"),
    (["rules", "--formt", "json"], "'--format'"), (["--verison"], "'--version'"),
    (["--format", "sarfi"], "'sarif'"), (["--output", "juint=a.xml"], "'junit'"),
    (["--color", "alway"], "'always'"), (["--select", "circular-imprt"], "'circular-import'"),
    (["--ignore", "import"], "'imports'"), (["--fail-on", "warnng"], "'warning'"),
    (["--severity", "imports=advise"], "'advice'"), (["--route", "scrip"], "'script'"),
    (["config", "shwo"], "'config show'"), (["dump", "grap"], "'graph'"),
]


def environment(changes):
    kept = {name: value for name, value in os.environ.items()
            if name not in QUIET and not name.startswith("TRAINLINT_")}
    return {**kept, **changes}


def set_width(terminal, columns):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))


def on_terminal(command, folder, changes, until=None, then=b""):
    """The status and the output on a terminal of 60 columns; `then` is typed once `until` is seen."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.execve(command[0], command, environment(changes))
    set_width(terminal, 60)
    output = b""
    while True:
        ready, _, _ = select.select([terminal], [], [], 60)
        assert ready, f"{command} says nothing more: {output!r}"
        try:
            read = os.read(terminal, 65536)
        except OSError:  # the other side is closed
            read = b""
        if not read:
            break
        output += read
        if until and re.search(until, output):
            os.write(terminal, then)
            until = None
    os.close(terminal)
    return os.waitpid(child, 0)[1], output.decode()


def piped(command, folder, changes=None, text=None):
    return subprocess.run(command, cwd=folder, env=environment(changes or OTHER), input=text, text=True,
                          capture_output=True, check=False)


def write_package(folder, task=BROKEN):
    (folder / "trainer").mkdir(parents=True)
    (folder / "trainer/__init__.py").write_text("")
    (folder / "trainer/task.py").write_text(task)
    return folder


def try_links(program, folder):
    """The rule's name leads to its place in the installed reference."""
    status, output = on_terminal([program], folder, KNOWN)
    assert os.waitstatus_to_exitcode(status) == 1, output
    found = re.search(r"\033\]8;;file://([^/]*)(/[^#]*)#([a-z-]+)\033\\([a-z-]+)\033\]8;;\033\\", output)
    assert found and found[3] == found[4] == "unresolved-local-import", output
    reference = pathlib.Path(found[2]).read_text()
    assert f"\n### {found[3]}\n" in reference or f"\n## {found[3]}\n" in reference
    for changes in (OTHER, {**KNOWN, "TMUX": "x"}, {**KNOWN, "FORCE_HYPERLINK": "0"}, {"TERM": "dumb"}):
        assert LINK not in on_terminal([program], folder, changes)[1], changes
    assert LINK in on_terminal([program], folder, {**OTHER, "VTE_VERSION": "7006"})[1]
    assert LINK not in on_terminal([program, "--color", "never"], folder, KNOWN)[1]
    for arguments in ([], ["--color", "always"], ["--format", "json"]):
        assert LINK not in piped([program, *arguments], folder, KNOWN).stdout, arguments


def try_colors(program, folder):
    assert "\033[1;31merror" in on_terminal([program], folder, OTHER)[1]
    for changes in ({**OTHER, "NO_COLOR": "1"}, {"TERM": "dumb"}, {**OTHER, "FORCE_COLOR": "0"}):
        assert "\033[" not in on_terminal([program], folder, changes)[1], changes
    assert "\033[" not in piped([program], folder).stdout
    assert "\033[1;31merror" in piped([program, "--color", "always"], folder).stdout


def write_much(command, folder):
    """Work that takes two seconds: large modules of the standard library, in many packages. Gives their number."""
    library = pathlib.Path(sysconfig.get_path("stdlib"))
    large = sorted(library.glob("*.py"), key=lambda path: path.stat().st_size)[-5:]
    number, taken = 0, 0.0
    while taken < 2:
        for _ in range(max(number, 5)):
            package = write_package(folder / f"jobs/number_{number:03}", "print('training')\n")
            for path in large:
                shutil.copy(path, package / "trainer" / path.name)
            number += 1
        began = time.monotonic()
        assert "linting" not in piped(command, folder).stderr  # nothing is shown in a pipe
        taken = time.monotonic() - began
    return number


def screen_line(output):
    """What is left on the last line when the terminal has carried out what it was sent."""
    return re.sub(r"\033\[[0-9;]*[A-Za-z]", "", output.split("\n")[-1].split(CLEAR)[-1])


def try_progress(program, folder):
    command = [program, "--select", "syntax-error"]
    count = write_much(command, folder)
    status, output = on_terminal(command, folder, OTHER)
    assert os.waitstatus_to_exitcode(status) == 0, output[-500:]
    lines = re.findall(r"\r\033\[2K([^\r]*)", output)
    shown = [line for line in lines if re.match(rf"linting \d+ of {count}: jobs/number_", line)]
    assert shown and max(map(len, lines[:-1])) <= 59, output
    report = output.split(CLEAR)[-1]
    assert report.startswith(f"no problems in {count} packages") and "linting" not in report, output
    # Nor on a terminal that cannot go back.
    assert "linting" not in on_terminal(command, folder, {"TERM": "dumb"})[1]


def try_interruption(program, folder):
    """Ctrl-C: the line of progress is gone, and the shell sees that it was SIGINT."""
    status, output = on_terminal([program], folder, OTHER, until=rb"linting \d+ of", then=b"\x03")
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGINT, (status, output)
    assert screen_line(output) in ("", "^C"), output
    assert "error" not in output and "problems" not in output, output
    shell = ["/bin/bash", "-c", f"trap : INT; '{program}'; echo status $?"]
    status, output = on_terminal(shell, folder, OTHER, until=rb"linting \d+ of", then=b"\x03")
    assert "status 130" in output, output
    # Where signals are ignored, as under nohup, they stay so.
    shell = ["/bin/sh", "-c", f"trap '' INT; exec '{program}' --select syntax-error"]
    status, output = on_terminal(shell, folder, OTHER, until=rb"linting \d+ of", then=b"\x03")
    assert os.waitstatus_to_exitcode(status) == 0 and "no problems" in output, output
    # Without a terminal there is nothing to clean, and the signal is the same.
    child = subprocess.Popen([program], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(0.3)
    child.send_signal(signal.SIGINT)
    out, err = child.communicate()
    assert child.returncode == -signal.SIGINT and not out + err, (child.returncode, out, err)


def try_slips(program, folder):
    for words, meant in SLIPS:
        done = piped([program, *words], folder)
        assert done.returncode == 2 and f"did you mean {meant}?" in done.stderr, (words, done)
        assert not done.stdout and done.stderr.count("\n") == 1, (words, done)
    for words in (["help"], ["help", "check"], ["check", "--help"], ["-h"]):
        done = piped([program, *words], folder)
        assert done.returncode == 0 and "Usage: trainlint" in done.stdout, (words, done)


def try_flags(program, folder):
    once = piped([program, "--format", "concise", "--statistics"], folder)
    assert once.stdout.endswith("     1  unresolved-local-import\n"), once.stdout
    twice = ["--format", "json", "--format", "concise", "--statistics", "--statistics", "--fail-on", "advice",
             "--fail-on", "error", "--color", "always", "--color", "never", "--no-config", "--no-config",
             "--select", "imports", "--select", "imports", "--require-reason", "--require-reason",
             "--module-name", "a.b", "--module-name", "trainer.task"]
    assert piped([program, *twice], folder).stdout == once.stdout
    assert piped([program, ".", ".", "trainer", "--format", "concise", "--statistics"], folder).stdout == once.stdout
    listed = piped([program, "--show-files"], folder)
    assert listed.stdout.split() == ["trainer/__init__.py", "trainer/task.py"] and listed.returncode == 0, listed


def try_stdin(program, folder):
    command = [program, "-", "--stdin-filename", "trainer/task.py", "--format", "concise"]
    assert piped(command, folder, text="print(1)\n").returncode == 0
    done = piped(command, folder, text="\n\nimport trainer.lost\n")
    assert done.returncode == 1 and done.stdout.startswith("trainer/task.py:3:8: error:"), done
    done = piped([program, "-"], folder, text="")
    assert done.returncode == 2 and "--stdin-filename" in done.stderr, done


def main():
    with tempfile.TemporaryDirectory() as place:
        subprocess.run(["cmake", "--install", sys.argv[1], "--prefix", place + "/usr"], check=True,
                       stdout=subprocess.DEVNULL)
        program = place + "/usr/bin/trainlint"
        folder = write_package(pathlib.Path(place, "project"))
        for part in (try_links, try_colors, try_slips, try_flags, try_stdin):
            part(program, folder)
        large = pathlib.Path(place, "large")
        large.mkdir()
        try_progress(program, large)
        try_interruption(program, large)
    print("links, colours, progress, interruption, slips, flags, stdin")


main()
