#!/usr/bin/env python3
"""Every fixture, opened in an editor, shows what "trainlint check" finds in its folder.

usage: fixtures.py TRAINLINT

The files on disk are older: they lack their last line (and setup.py all of it), which only the open
buffers have. One server sees all fixtures, one workspace folder after another.
"""
import os
import pathlib
import queue
import shutil
import subprocess
import sys
import tempfile
import json

from client import Client, EVERYTHING, uri_of

FIXTURES = pathlib.Path(__file__).resolve().parents[2] / "fixtures"
LANGUAGES = {".py": "python", ".toml": "toml", ".sh": "shellscript", ".yaml": "yaml", ".md": "markdown"}
KEYS = ("--module-name", "--python-version", "--runtime-version", "--image-uri")


def options_of(folder):
    """The launch options of a fixture, by flag."""
    expect = folder / "expect"
    options = {}
    for line in expect.read_text().splitlines() if expect.exists() else []:
        words = line.split()
        options.update(zip(words[0::2], words[1::2]) if words and words[0] in KEYS else ())
    return options


def text_of(path):
    """The text that an editor would show, or None for what it would not open."""
    try:
        with open(path, encoding="utf-8", newline="") as file:
            text = file.read()
    except UnicodeDecodeError:
        return None
    return None if text.startswith("\ufeff") or "\0" in text else text


def expected(trainlint, folder, options):
    flags = [word for pair in options.items() for word in pair]
    done = subprocess.run([trainlint, "check", "--format", "lsp", *flags, str(folder)],
                          capture_output=True, text=True, check=False)
    published = [json.loads(line) for line in done.stdout.splitlines()]
    return {each["uri"]: each["diagnostics"] for each in published if each["diagnostics"]}


def shown(client):
    return {uri: diagnostics for uri, diagnostics in client.diagnostics.items() if diagnostics}


def in_order(diagnostics):
    return {uri: sorted(each, key=json.dumps) for uri, each in diagnostics.items()}


def try_fixture(client, trainlint, name, top):
    folder = top / name
    if any((FIXTURES / name).rglob("*.ipynb")):
        return True  # editors open notebooks cell by cell: what they write is not watched
    shutil.copytree(FIXTURES / name, folder)
    options = options_of(folder)
    (folder / "expect").unlink(missing_ok=True)
    wanted = expected(trainlint, folder, options)
    texts = {path: text_of(path) for path in sorted(folder.rglob("*")) if path.is_file()}
    for path, text in texts.items():
        if text is not None and path.suffix == ".py":
            keep = "" if path.name == "setup.py" else text[:text.rstrip("\n").rfind("\n") + 1]
            with open(path, "w", encoding="utf-8", newline="") as file:
                file.write(keep)
    client.settings = {flag[2:]: value for flag, value in options.items()}
    client.notify("workspace/didChangeWorkspaceFolders",
                  {"event": {"added": [{"uri": uri_of(folder), "name": name}], "removed": []}})
    opened = [path for path, text in texts.items() if text is not None]
    for path in opened:
        client.open(path, texts[path], language=LANGUAGES.get(path.suffix, "plaintext"))
    for path in opened:
        client.request("textDocument/hover", {"textDocument": {"uri": uri_of(path)},
                                              "position": {"line": 0, "character": 0}})
    try:
        client.until(lambda: in_order(shown(client)) == in_order(wanted))
    except queue.Empty:
        print(f"{name}:\n  wanted {in_order(wanted)}\n  shown  {in_order(shown(client))}")
        return False
    for path in opened:
        client.notify("textDocument/didClose", {"textDocument": {"uri": uri_of(path)}})
    client.notify("workspace/didChangeWorkspaceFolders",
                  {"event": {"added": [], "removed": [{"uri": uri_of(folder), "name": name}]}})
    client.until(lambda: not shown(client))
    return True


def main():
    trainlint = os.path.abspath(sys.argv[1])
    names = sorted(path.name for path in FIXTURES.iterdir() if path.is_dir())
    right = 0
    client = Client(trainlint)
    client.initialize(capabilities=EVERYTHING)
    with tempfile.TemporaryDirectory() as top:
        for name in names:
            right += try_fixture(client, trainlint, name, pathlib.Path(top))
    status = client.stop()
    print(f"{right} of {len(names)} fixtures, exit status {status}")
    return 0 if right == len(names) and status == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
