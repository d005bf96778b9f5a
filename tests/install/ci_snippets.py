#!/usr/bin/env python3
"""The snippets for CI systems in README.md: each is YAML, and its steps are run in order in a fresh clone.

usage: ci_snippets.py BUILD_FOLDER

What a CI system does itself is played here: checking out is `git clone`, the container is this machine,
`apt-get update` does nothing, `apt-get install ./x.deb` unpacks that package (the one that cpack makes)
into a folder on the PATH, and what would be uploaded is looked at instead. Nothing is asked of a network.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
GOOD = {"trainer/__init__.py": "", "trainer/task.py": "from trainer import model\n\nmodel.train()\n",
        "trainer/model.py": "def train():\n    print('training')\n",
        "setup.py": "from setuptools import find_packages, setup\n\nsetup(name='t', version='1', "
                    "packages=find_packages())\n"}
BROKEN = {**GOOD, "trainer/task.py": "from trainer import modle\n"}
APT = """#!/bin/sh
case $1 in
  update) exit 0 ;;
  install) ;;
  *) exit 100 ;;
esac
shift
for word; do
  case $word in
    -y) ;;
    ./*.deb) dpkg-deb -x "$word" "{root}" || exit 100 ;;
    *) echo "not played: $word" >&2; exit 100 ;;
  esac
done
"""


def run(*command, **settings):
    return subprocess.run(command, check=True, capture_output=True, text=True, **settings).stdout


def snippets():
    blocks = re.findall(r"^```yaml\n(# [^\n]+\n.*?)^```$", (ROOT / "README.md").read_text(), re.M | re.S)
    return {block[2:block.index("\n")].split(":")[0]: yaml.safe_load(block) for block in blocks}


class Machine:
    """A clone of a repository with one package, and what a CI system has around it."""

    def __init__(self, place, package, files):
        self.origin, self.clone = place / "origin", place / "clone"
        self.origin.mkdir(parents=True)
        self.git("init", "-q", ".")
        for name, text in files.items():
            (self.origin / name).parent.mkdir(parents=True, exist_ok=True)
            (self.origin / name).write_text(text)
        (self.origin / "ci").mkdir()
        os.link(package, self.origin / "ci" / package.name)
        self.git("add", "-A")
        self.git("-c", "user.name=Ada", "-c", "user.email=ada@example.invalid", "commit", "-qm", "work")
        tools = place / "tools"
        tools.mkdir()
        (tools / "apt-get").write_text(APT.format(root=place / "installed"))
        (tools / "apt-get").chmod(0o755)
        self.environment = {"PATH": f"{tools}:{place}/installed/usr/bin:/usr/bin:/bin", "HOME": str(place)}

    def git(self, *arguments):
        run("git", *arguments, cwd=self.origin)

    def check_out(self):
        run("git", "clone", "-q", self.origin, self.clone)

    def run(self, *command, **environment):
        return subprocess.run(command, cwd=self.clone, env={**self.environment, **environment}, text=True,
                              capture_output=True, check=False)


def try_github(snippet, machine, broken):
    (job,) = snippet["jobs"].values()
    assert job["runs-on"] and job["container"] == "debian:12"
    assert job["permissions"] == {"contents": "read", "security-events": "write"}
    summary = machine.origin.parent / "summary.md"
    failed, output, uploaded = False, "", None
    for step in job["steps"]:
        assert ("uses" in step) != ("run" in step), step
        if failed and step.get("if") != "always()":
            continue
        if "run" in step:
            done = machine.run("bash", "-e", "-c", step["run"], GITHUB_ACTIONS="true", CI="true",
                               GITHUB_WORKSPACE=str(machine.clone), GITHUB_STEP_SUMMARY=str(summary))
            failed = done.returncode != 0
            output += done.stdout
            assert not failed or done.returncode == 1, done
        elif step["uses"].startswith("actions/checkout@"):
            machine.check_out()
        else:
            assert step["uses"].startswith("github/codeql-action/upload-sarif@"), step
            uploaded = json.loads((machine.clone / step["with"]["sarif_file"]).read_text())
    assert failed == broken
    assert uploaded["version"] == "2.1.0" and bool(uploaded["runs"][0]["results"]) == broken
    assert ("::error file=trainer/task.py,line=1," in output) == broken, output
    assert ("unresolved-local-name" in summary.read_text()) == broken


def try_gitlab(snippet, machine, broken):
    (job,) = snippet.values()
    machine.check_out()
    status = 0
    for line in job["script"]:
        if status == 0:
            status = machine.run("bash", "-c", line, GITLAB_CI="true", CI="true",
                                 CI_PROJECT_DIR=str(machine.clone)).returncode
    assert status == (1 if broken else 0)
    artifacts = job["artifacts"]
    assert job["image"] == "debian:12" and artifacts["when"] == "always"
    quality = json.loads((machine.clone / artifacts["reports"]["codequality"]).read_text())
    assert [each["location"]["path"] for each in quality] == (["trainer/task.py"] if broken else [])
    suites = xml.etree.ElementTree.parse(machine.clone / artifacts["reports"]["junit"]).getroot()
    assert bool(suites.findall(".//failure")) == broken


def try_cloud_build(snippet, machine, broken):
    machine.check_out()  # Cloud Build hands over the sources in /workspace
    (step,) = snippet["steps"]
    assert set(step) == {"name", "entrypoint", "args"} and step["name"] == "debian:12"
    done = machine.run(step["entrypoint"], *step["args"], BUILD_ID="1")
    assert done.returncode == (1 if broken else 0), done
    assert ("1 error in 1 package" in done.stdout) == broken, done


PLAYED = {"GitHub Actions": try_github, "GitLab CI": try_gitlab, "Cloud Build": try_cloud_build}


def main():
    build = os.path.abspath(sys.argv[1])
    found = snippets()
    assert set(PLAYED) <= set(found), set(found)
    with tempfile.TemporaryDirectory() as folder:
        run("cpack", "-G", "DEB", "-B", folder, "--config", build + "/CPackConfig.cmake", cwd=folder)
        package = next(pathlib.Path(folder).glob("*.deb"))
        for name, play in PLAYED.items():
            for broken, files in ((False, GOOD), (True, BROKEN)):
                place = pathlib.Path(folder, name.replace(" ", "-"), str(broken))
                play(found[name], Machine(place, package, files), broken)
    print(", ".join(PLAYED))


main()
