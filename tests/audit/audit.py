#!/usr/bin/env python3
"""An audit of many packages: shards, one of them killed and resumed, workers side by side, merged records.

usage: audit.py TRAINLINT
"""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

FIXTURES = pathlib.Path(__file__).resolve().parents[2] / "fixtures"


class Audit:
    def __init__(self, program, root):
        self.program, self.root = program, pathlib.Path(root)
        kept = sorted(path for path in FIXTURES.iterdir() if path.is_dir())[:40]
        for path in kept:
            shutil.copytree(path, self.root / path.name, symlinks=True)
        (self.root / "torn.zip").write_bytes(b"PK\3\4 torn")
        self.paths = [path.name for path in kept] + ["torn.zip", "not/there", "a\nb"]

    def run(self, *arguments, given=None, environment=None, status=(0, 1, 2)):
        done = subprocess.run([self.program, "audit", *arguments], cwd=self.root, capture_output=True, check=False,
                              input=given, timeout=300, env={**os.environ, **(environment or {})})
        assert done.returncode in status, (arguments, done)
        return done.stdout

    def listed(self, end=b"\0"):
        return b"".join(path.encode() + end for path in self.paths)

    def records(self, *files):
        lines = self.run("merge", *files, status=(0,)).splitlines()
        return {json.loads(line)["path"]: line for line in lines}, len(lines)


def check_all(audit):
    whole = audit.run(given=audit.listed())
    (audit.root / "whole").write_bytes(whole)
    records, count = audit.records("whole")
    assert sorted(records) == sorted(audit.paths) and count == len(audit.paths), sorted(records)
    assert json.loads(records["torn.zip"])["status"] == 2
    assert "cannot be read" in json.loads(records["torn.zip"])["faults"][0]
    assert audit.run(given=audit.listed()) == whole
    return records


def shards(audit, records):
    (audit.root / "list").write_bytes(audit.listed())
    for index in range(3):
        given = {"SLURM_ARRAY_TASK_ID": str(index + 5), "SLURM_ARRAY_TASK_MIN": "5", "SLURM_ARRAY_TASK_COUNT": "3"}
        audit.run("list", "--records", f"slurm{index}", environment=given)
        audit.run("list", "--records", f"job{index}", "--shard", "/3", environment={"JOB_COMPLETION_INDEX": str(index)})
        audit.run("list", "--records", f"hand{index}", "--shard", f"{index}/3")
    for name in ("slurm", "job", "hand"):
        files = [f"{name}{index}" for index in (2, 0, 1)]
        assert audit.records(*files) == (records, len(records)), name
        assert audit.records(*files, files[0], "whole") == (records, len(records)), name
    for wrong in ("3/3", "x/3", "1", "/3", "1/0"):
        assert audit.run("list", "--shard", wrong, status=(2,)) == b""


def killed_and_resumed(audit, records):
    process = subprocess.Popen([audit.program, "audit", "list", "--records", "killed"], cwd=audit.root)
    while not (audit.root / "killed").exists() or (audit.root / "killed").read_bytes().count(b"\n") < 5:
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    process.wait()
    text = (audit.root / "killed").read_bytes()
    (audit.root / "killed").write_bytes(text[:-20])  # its last line is cut off
    audit.run("list", "--records", "killed", "--resume")
    assert audit.records("killed") == (records, len(records))
    size = (audit.root / "killed").stat().st_size
    audit.run("list", "--records", "killed", "--resume")
    assert (audit.root / "killed").stat().st_size == size
    changed = audit.paths[0]
    (audit.root / changed / "more.py").write_text("x = 1\n")
    audit.run("list", "--records", "killed", "--resume")
    lines = (audit.root / "killed").read_bytes()[size:].splitlines()
    assert [json.loads(line)["path"] for line in lines] == [changed], lines
    (audit.root / changed / "more.py").unlink()


def side_by_side(audit, records):
    """GNU parallel drives workers that add to one file."""
    subprocess.run(["parallel", "--will-cite", "-0", "-j", "4", "-N", "3", "--pipe", "--recend", "\\0",
                    audit.program, "audit", "--records", "shared"], cwd=audit.root, input=audit.listed(), check=False,
                   env={**os.environ, "HOME": str(audit.root)}, stderr=subprocess.DEVNULL)
    assert audit.records("shared") == (records, len(records))
    assert (audit.root / "shared").read_bytes().count(b"\n") == len(records)


def main():
    with tempfile.TemporaryDirectory() as root:
        audit = Audit(os.path.abspath(sys.argv[1]), root)
        records = check_all(audit)
        shards(audit, records)
        killed_and_resumed(audit, records)
        side_by_side(audit, records)
        summary = audit.run("summary", "whole", "slurm0", status=(0,)).decode()
        assert summary.startswith(f"{len(records)} audited: "), summary


if __name__ == "__main__":
    main()
