#!/usr/bin/env python3
"""The schema that `trainlint config schema` prints judges configurations as trainlint itself does.

usage: config_schema.py TRAINLINT
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import tomllib

import jsonschema

RIGHT = [
    "", "select = []", "select = ['imports', 'circular-import']", "ignore = ['structure']",
    "severity = {imports = 'off', circular-import = 'error'}",
    "[per-file-ignores]\n'*.py' = ['imports']\n'legacy/' = []", "exclude = ['old/']",
    "require-reason = true", "fail-on = 'advice'", "baseline = 'known.json'",
    "module-name = 'a.b'", "runtime-version = '2.11'", "image-uri = 'a/b:c'",
    "python-version = '3.10'", "route = 'script'", "package-path = 'src/fares'",
    "preinstalled = ['lightgbm', 'a.b_c-d']", "source-folders = ['lib']",
    "bucket-locations = {fares = 'europe-west1', 'gs://other' = 'EU'}",
    "[layers]\ntraining = ['task', 'model | evaluate']\nnone = []",
]
WRONG = [
    "selct = []", "select = 'imports'", "select = ['nothing']", "select = [1]",
    "ignore = {imports = true}", "severity = []", "severity = {imports = 'fatal'}",
    "severity = {nothing = 'off'}", "severity = {imports = ['off']}",
    "[per-file-ignores]\n'*.py' = 'imports'", "[per-file-ignores]\n'*.py' = ['nothing']",
    "exclude = 'old/'", "require-reason = 'true'", "fail-on = 'off'", "baseline = 1",
    "module-name = ['a.b']", "python-version = 3.10", "python-version = 'three'", "route = 'pigeon'",
    "package-path = ['a']", "preinstalled = 'lightgbm'", "preinstalled = ['lightgbm==4']",
    "preinstalled = ['-a']", "source-folders = 'lib'", "source-folders = [1]",
    "bucket-locations = ['fares']", "bucket-locations = {fares = ['EU']}",
    "layers = ['task', 'model']", "[layers]\ntraining = 'task'", "[layers]\ntraining = [['task']]",
]


def accepts(trainlint, text):
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "trainlint.toml").write_text(text)
        return subprocess.run([trainlint, "config", "show", folder], check=False,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def main():
    trainlint = sys.argv[1]
    schema = json.loads(subprocess.check_output([trainlint, "config", "schema"]))
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    for text in RIGHT + WRONG:
        by_schema = validator.is_valid(tomllib.loads(text))
        assert by_schema == accepts(trainlint, text) == (text in RIGHT), text
    described = set(schema["properties"])
    tried = {next(iter(tomllib.loads(text)), "") for text in RIGHT}
    assert described <= tried, described - tried
    print(f"{len(RIGHT)} right and {len(WRONG)} wrong configurations")


main()
