#!/usr/bin/env python3
"""Every message that the server sends is of the protocol's own types.

usage: messages.py TRAINLINT FOLDER

A JSON schema is made from the types of vscode-languageserver-protocol (messages.ts), in FOLDER; all
that the server sends in protocol.py and fixtures.py is held against it.
"""
import collections
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import jsonschema

HERE = pathlib.Path(__file__).resolve().parent
PACKAGES = ["vscode-languageserver-protocol@3.17.5", "ts-json-schema-generator@1.5.1"]
OPTIONS = {"compilerOptions": {"module": "commonjs", "moduleResolution": "node", "target": "es2020",
                               "skipLibCheck": True, "strict": True}}


def schema_in(folder):
    if not (folder / "node_modules/ts-json-schema-generator").exists():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "install", "--prefix", str(folder), "--ignore-scripts", "--no-audit",
                        "--no-fund", "--no-save", "--silent", *PACKAGES], check=True)
    shutil.copy(HERE / "messages.ts", folder)
    (folder / "tsconfig.json").write_text(json.dumps(OPTIONS))
    generator = folder / "node_modules/.bin/ts-json-schema-generator"
    subprocess.run([str(generator), "--tsconfig", "tsconfig.json", "--path", "messages.ts",
                    "--type", "Messages", "--no-type-check", "-o", "schema.json"],
                   cwd=folder, check=True)
    return json.loads((folder / "schema.json").read_text())


def main():
    trainlint = os.path.abspath(sys.argv[1])
    schema = schema_in(pathlib.Path(sys.argv[2]).resolve())
    known = schema["definitions"]["Messages"]["properties"]
    validators = {name: jsonschema.Draft7Validator({**each, "definitions": schema["definitions"]})
                  for name, each in known.items()}
    with tempfile.TemporaryDirectory() as folder:
        log = os.path.join(folder, "log")
        for script in ("protocol.py", "fixtures.py"):
            subprocess.run([sys.executable, str(HERE / script), trainlint], check=True,
                           stdout=subprocess.DEVNULL, env={**os.environ, "LSP_LOG": log})
        with open(log, encoding="utf-8") as file:
            messages = [json.loads(line) for line in file]
    for kind, value in messages:
        faults = [f"{'/'.join(map(str, fault.absolute_path))}: {fault.message}"
                  for fault in validators[kind].iter_errors(value)]
        assert not faults, f"{kind}: {value}\n" + "\n".join(faults)
    counts = collections.Counter(kind for kind, _ in messages)
    missing = set(known) - set(counts) - {"$/progress"}  # which takes a scan that is slow enough
    assert not missing, f"never sent: {missing}"
    print(", ".join(f"{kind} {count}" for kind, count in sorted(counts.items())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
