#!/usr/bin/env python3
"""Documents stay as vscode-languageserver-textdocument keeps them, through random edits.

usage: text_sync.py EDIT_TEXTS FOLDER [--count N] [--seed N]

FOLDER gets the npm package; nothing of it is run at installation.
"""
import argparse
import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
REFERENCE = "vscode-languageserver-textdocument@1.0.12"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("edit_texts")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--count", type=int, default=40000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if not (options.folder / "node_modules/vscode-languageserver-textdocument").exists():
        options.folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "install", "--prefix", str(options.folder), "--ignore-scripts",
                        "--no-audit", "--no-fund", "--no-save", "--silent", REFERENCE], check=True)
    made = subprocess.run(["node", str(HERE / "text_sync.mjs"), str(options.count),
                           str(options.seed)], cwd=options.folder, capture_output=True, check=True)
    lines = made.stdout.decode().split("\n")[:-1]
    changes, wanted = lines[0::2], lines[1::2]
    kept = subprocess.run([options.edit_texts], input="\n".join(changes).encode(),
                          capture_output=True, check=True).stdout.decode().split("\n")[:-1]
    for number, (change, one, other) in enumerate(zip(changes, wanted, kept)):
        if json.loads(one) != json.loads(other):
            print(f"edit {number}: {change}\n  reference: {one}\n  here:      {other}")
            return 1
    assert len(kept) == len(wanted) == options.count
    print(f"{options.count} edits, the same text after each")
    return 0


if __name__ == "__main__":
    sys.exit(main())
