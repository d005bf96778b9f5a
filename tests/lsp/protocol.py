#!/usr/bin/env python3
"""The language server as a client sees it: lifecycle, damaged streams, folders, files, settings, pull.

usage: protocol.py TRAINLINT [NAME]
"""
import json
import os
import subprocess
import sys
import tempfile
import time

from client import Client, EVERYTHING, frame, path_of, position, replace, uri_of

SETUP = "from setuptools import find_packages, setup\n\nsetup(name='x', version='1', packages=find_packages())\n"
TASK = "from trainer import model\n\nif __name__ == '__main__':\n    model.train(3)\n"
MODEL = "def train(steps):\n    print(steps)\n"
PULLING = {**EVERYTHING, "textDocument": {**EVERYTHING["textDocument"], "diagnostic": {}},
           "workspace": {**EVERYTHING["workspace"], "diagnostics": {"refreshSupport": True}}}


class Package:
    """A trainer package on disk."""

    def __init__(self, root, task=TASK, model=MODEL):
        self.root = root
        for name, text in (("setup.py", SETUP), ("trainer/__init__.py", ""),
                           ("trainer/task.py", task), ("trainer/model.py", model)):
            self.write(name, text)

    def write(self, name, text):
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)

    def path(self, name):
        return os.path.join(self.root, name)

    @property
    def task(self):
        return self.path("trainer/task.py")

    @property
    def model(self):
        return self.path("trainer/model.py")


def raw(trainlint, stream, status):
    """What the server answers to these bytes, and that it ends so."""
    done = subprocess.run([trainlint, "lsp", "--stdio"], input=stream, capture_output=True,
                          timeout=60, check=False)
    assert done.returncode == status, (done.returncode, done.stderr)
    answers, rest = [], done.stdout
    while rest:
        header, rest = rest.split(b"\r\n\r\n", 1)
        length = int(header.removeprefix(b"Content-Length: "))
        answers.append(json.loads(rest[:length]))
        rest = rest[length:]
    return answers


def call(method, number=None, **params):
    return frame({"jsonrpc": "2.0", "method": method, "params": params,
                  **({} if number is None else {"id": number})})


def test_lifecycle(trainlint, _):
    start = call("initialize", 1, capabilities={})
    codes = [answer.get("error", {}).get("code") for answer in raw(
        trainlint, call("textDocument/hover", 0) + start + start + call("nonsense/what", 2)
        + call("$/ignored") + call("shutdown", 3) + call("textDocument/hover", 4) + call("exit"), 0)]
    assert codes == [-32002, None, -32600, -32601, None, -32600], codes
    assert len(raw(trainlint, start + call("exit"), 1)) == 1
    assert raw(trainlint, call("exit"), 1) == []
    assert raw(trainlint, b"", 1) == []
    assert len(raw(trainlint, start, 1)) == 1  # the client has died
    assert len(raw(trainlint, start + call("shutdown", 2), 0)) == 2
    refused = subprocess.run([trainlint, "lsp", "--nonsense"], stdin=subprocess.DEVNULL,
                             capture_output=True, check=False)
    assert refused.returncode == 2 and refused.stdout == b"", refused


def test_damaged_streams(trainlint, _):
    end = call("shutdown", 8) + call("exit")
    start = call("initialize", 1, capabilities={})
    answers = raw(trainlint, b"Content-Length: 5\r\n\r\n{nonsContent-Length: x\r\n\r\n" + start
                  + frame(7) + frame([]) + frame({"jsonrpc": "2.0"}) + frame({"id": 99, "result": 1})
                  + call("textDocument/didChange", textDocument=3, contentChanges="no")
                  + call("textDocument/didOpen") + call("textDocument/hover", 5)
                  + call("textDocument/codeAction", 6, textDocument={"uri": 1}, range=[])
                  + call("workspace/executeCommand", 7, command=[], arguments={}) + end, 0)
    assert [answer.get("error", {}).get("code") for answer in answers[:5]] == [
        -32700, None, -32600, -32600, -32600], answers
    assert [answer["id"] for answer in answers[5:]] == [5, 6, 7, 8], answers
    for cut in range(1, len(start), 7):
        raw(trainlint, start[:cut], 1)


def test_cross_file(trainlint, folder):
    package = Package(folder)
    client = Client(trainlint)
    client.initialize(folder)
    client.open(package.model)
    assert client.wait_for(package.model, 1) == []
    client.change(package.model, 2, replace(0, 4, 9, "trane"))
    client.until(lambda: client.rules(package.task) == ["unresolved-local-name"])
    finding = client.of(package.task)[0]
    assert finding["range"] == {"start": position(3, 4), "end": position(3, 15)}, finding
    client.change(package.model, 3, replace(0, 4, 9, "train"))
    client.until(lambda: client.of(package.task) == [])
    assert client.stop() == 0


def test_utf16(trainlint, folder):
    package = Package(folder)
    client = Client(trainlint)
    client.initialize(folder)
    text = "# \U0001f600\r\nx = '\U0001f600\U0001f600'; import model\r\n"
    client.open(package.task, text)
    client.until(lambda: client.of(package.task))
    finding = client.of(package.task)[0]
    begin = len("x = '....'; import ")
    assert finding["range"] == {"start": position(1, begin), "end": position(1, begin + 5)}, finding
    client.change(package.task, 2, replace(1, 7, 9, "\u00e9"), replace(0, 2, 4, "\U0001f680\U0001f680"))
    found = client.wait_for(package.task, 2)
    assert found[0]["range"]["start"] == position(1, begin - 1), found
    assert client.stop() == 0


def test_files_on_disk(trainlint, folder):
    """With and without a client that tells of files, a package follows what is written."""
    for watches in (True, False):
        package = Package(os.path.join(folder, str(watches)))
        client = Client(trainlint)
        client.initialize(package.root)
        client.open(package.task)
        client.wait_for(package.task, 1)
        package.write("trainer/model.py", "def trane(steps):\n    print(steps)\n")
        if watches:
            client.notify("workspace/didChangeWatchedFiles",
                          {"changes": [{"uri": uri_of(package.model), "type": 2}]})
        else:
            time.sleep(1.1)  # the folder is looked at once a second while somebody types
            client.change(package.task, 2, replace(0, 0, 0, "\n"))
        client.until(lambda: client.rules(package.task) == ["unresolved-local-name"])
        os.remove(package.model)
        client.notify("textDocument/didSave", {"textDocument": {"uri": uri_of(package.task)}})
        client.until(lambda: "neither a name nor a module" in client.of(package.task)[0]["message"])
        assert client.stop() == 0


def test_folders(trainlint, folder):
    """Folders come and go; a file outside of all is linted with its own project."""
    one = Package(os.path.join(folder, "one"), task="import model\n")
    two = Package(os.path.join(folder, "two with blank"), task="import model\n")
    lone = Package(os.path.join(folder, "lone"), task="import model\n")
    client = Client(trainlint)
    client.initialize(one.root)
    client.until(lambda: client.of(one.task))
    event = {"added": [{"uri": uri_of(two.root), "name": "b"}],
             "removed": [{"uri": uri_of(one.root), "name": "a"}]}
    client.notify("workspace/didChangeWorkspaceFolders", {"event": event})
    client.until(lambda: client.of(two.task) and not client.of(one.task))
    client.open(lone.model)
    client.until(lambda: client.of(lone.task))
    client.notify("textDocument/didClose", {"textDocument": {"uri": uri_of(lone.model)}})
    client.until(lambda: not client.of(lone.task))
    assert client.of(two.task)
    assert client.stop() == 0


def test_root_uri(trainlint, folder):
    package = Package(folder, task="import model\n")
    client = Client(trainlint)
    client.initialize(capabilities={}, rootUri=uri_of(package.root), workspaceFolders=None)
    client.until(lambda: client.of(package.task))
    assert not [note for note in client.notices if "id" in note], client.notices
    assert "relatedInformation" not in client.of(package.task)[0]
    assert client.stop() == 0


def test_settings(trainlint, folder):
    package = Package(folder, task="import model\n")
    client = Client(trainlint, settings={"severity": {"implicit-relative-import": "advice"}})
    client.initialize(folder)
    client.until(lambda: client.of(package.task) and client.of(package.task)[0]["severity"] == 3)
    client.settings = {"ignore": ["imports"], "nonsense": 1}
    client.notify("workspace/didChangeConfiguration", {"settings": None})
    client.until(lambda: not client.of(package.task))
    logged = [note["params"]["message"] for note in client.notices
              if note["method"] == "window/logMessage"]
    assert "trainlint: there is no setting 'nonsense'" in logged, logged
    client.settings = {}
    client.notify("workspace/didChangeConfiguration", {"settings": None})
    client.until(lambda: client.of(package.task))
    package.write("trainlint.toml", "ignore = ['imports']\n")
    client.notify("workspace/didChangeWatchedFiles",
                  {"changes": [{"uri": uri_of(package.path("trainlint.toml")), "type": 1}]})
    client.until(lambda: not client.of(package.task))
    client.open(package.path("trainlint.toml"), "", language="toml")
    client.until(lambda: client.of(package.task))
    assert client.stop() == 0


def test_pull(trainlint, folder):
    package = Package(folder, task="import model\n")
    client = Client(trainlint)
    result = client.initialize(folder, capabilities=PULLING)
    assert result["capabilities"]["diagnosticProvider"]["workspaceDiagnostics"], result
    client.open(package.task)
    client.until(lambda: client.of(package.task))
    document = {"textDocument": {"uri": uri_of(package.task)}}
    report = client.request("textDocument/diagnostic", document)
    assert report["kind"] == "full" and report["items"][0]["code"] == "implicit-relative-import"
    # What is pulled is not pushed as well.
    client.until(lambda: not client.of(package.task))
    again = client.request("textDocument/diagnostic",
                           {**document, "previousResultId": report["resultId"]})
    assert again == {"kind": "unchanged", "resultId": report["resultId"]}, again
    client.change(package.task, 2, {"text": "import json\n"})
    items = client.request("textDocument/diagnostic", document)["items"]
    assert "implicit-relative-import" not in [item["code"] for item in items], items
    known = [{"uri": uri_of(package.task), "value": report["resultId"]}]
    whole = client.request("workspace/diagnostic", {"previousResultIds": known})["items"]
    files = {os.path.basename(path_of(item["uri"])): item for item in whole}
    assert set(files) >= {"task.py", "model.py", "__init__.py", "setup.py"}, files
    assert files["task.py"]["version"] == 2 and files["model.py"]["version"] is None
    client.open(package.model, "def train(:\n")
    client.until(lambda: any(note["method"] == "workspace/diagnostic/refresh"
                             for note in client.notices))
    assert client.stop() == 0


def test_cancel(trainlint, folder):
    package = Package(folder)
    client = Client(trainlint)
    client.initialize(folder)
    client.open(package.task)
    client.wait_for(package.task, 1)
    # Both in one write, so that the request has not had its turn yet.
    where = {"textDocument": {"uri": uri_of(package.task)}, "position": position(0, 22)}
    client.process.stdin.write(
        b"".join(call("textDocument/hover", n, **where) for n in (100, 101))
        + call("$/cancelRequest", id=101) + call("textDocument/hover", 102, **where))
    client.process.stdin.flush()
    assert "trainer/model.py" in client.answer(100)["result"]["contents"]["value"]
    assert client.answer(101)["error"]["code"] == -32800
    assert client.answer(102)["result"]
    assert client.stop() == 0


def test_progress(trainlint, folder):
    """A scan that takes long enough to be told of is begun, reported and ended."""
    packages = [Package(os.path.join(folder, f"job{n}"), task="import model\n") for n in range(60)]
    client = Client(trainlint)
    client.initialize(folder)
    client.until(lambda: all(client.of(package.task) for package in packages))
    client.settle()
    kinds = [note["params"]["value"]["kind"] for note in client.notices
             if note["method"] == "$/progress"]
    assert kinds == [] or (kinds[0] == "begin" and kinds.count("end") == 1 and kinds[-1] == "end"
                           and "report" in kinds), kinds
    assert client.stop() == 0


def test_actions(trainlint, folder):
    package = Package(folder, task="import json\nimport model  # sibling\n")
    client = Client(trainlint)
    client.initialize(folder)
    client.open(package.task)
    client.wait_for(package.task, 1)
    place = {"start": position(1, 0), "end": position(1, 0)}
    actions = client.request("textDocument/codeAction", {
        "textDocument": {"uri": uri_of(package.task)}, "range": place, "context": {"diagnostics": []}})
    by_title = {action["title"]: action for action in actions}
    ignore = by_title["Ignore implicit-relative-import here"]
    assert ignore["diagnostics"] == client.of(package.task), ignore
    change = ignore["edit"]["documentChanges"][0]
    assert change["textDocument"] == {"uri": uri_of(package.task), "version": 1}, change
    client.change(package.task, 2, {"range": change["edits"][0]["range"],
                                    "text": change["edits"][0]["newText"]})
    assert client.wait_for(package.task, 2) == []
    explain = by_title["Explain implicit-relative-import"]["command"]
    text = client.request("workspace/executeCommand",
                          {"command": explain["command"], "arguments": explain["arguments"]})
    assert text.startswith("**implicit-relative-import**"), text
    hover = client.request("textDocument/hover", {
        "textDocument": {"uri": uri_of(package.task)}, "position": position(0, 8)})
    assert "the standard library of Python" in hover["contents"]["value"], hover
    assert client.stop() == 0


IMAGE = "us-docker.pkg.dev/vertex-ai/training/tf-cpu.2-12.py310:latest"
JOB = f"""trialJobSpec:
  workerPoolSpecs:
  - machineSpec: {{machineType: n1-standard-4}}
    replicaCount: 1
    pythonPackageSpec:
      executorImageUri: {IMAGE}
      packageUris: [gs://my-bucket/x.tar.gz]
      pythonModule: trainer.task
      args: ["--epochs", "3"]
studySpec:
  metrics: [{{metricId: loss, goal: MINIMIZE}}]
  parameters:
  - parameterId: rate
    doubleValueSpec: {{minValue: 0, maxValue: 1}}
"""


def test_links(trainlint, folder):
    """From a job file to the trainer's options, and what is known of a library's version."""
    package = Package(folder, task="import argparse\nimport tensorflow\n\nparser = argparse."
                      "ArgumentParser()\nparser.add_argument('--epochs')\n"
                      "parser.add_argument('--rate')\nprint(parser.parse_args())\n")
    job = os.path.join(folder, "job.yaml")
    with open(job, "w", encoding="utf-8") as file:
        file.write(JOB)
    with open(os.path.join(folder, "submit.sh"), "w", encoding="utf-8") as file:
        file.write("gcloud ai hp-tuning-jobs create --display-name x --region us-central1 "
                   "--config job.yaml\n")
    client = Client(trainlint)
    client.initialize(folder)
    client.open(job, language="yaml")
    client.open(package.task)
    links = client.request("textDocument/documentLink", {"textDocument": {"uri": uri_of(job)}})
    lines = JOB.split("\n")
    found = {lines[link["range"]["start"]["line"]][link["range"]["start"]["character"]:
                                                  link["range"]["end"]["character"]]:
             link["target"] for link in links}
    assert found == {"rate": uri_of(package.task) + "#L6",
                     '"--epochs"': uri_of(package.task) + "#L5"}, links
    assert client.request("textDocument/documentLink",
                          {"textDocument": {"uri": uri_of(package.task)}}) == []
    hover = client.request("textDocument/hover", {
        "textDocument": {"uri": uri_of(package.task)}, "position": position(1, 9)})
    assert "`tf-cpu.2-12.py310` has version 2.12" in hover["contents"]["value"], hover
    assert client.stop() == 0


def actions_at(client, path, line, **context):
    place = {"start": position(line, 0), "end": position(line, 0)}
    actions = client.request("textDocument/codeAction", {
        "textDocument": {"uri": uri_of(path)}, "range": place,
        "context": {"diagnostics": [], **context}})
    return {action["title"]: action for action in actions}


def test_fixes(trainlint, folder):
    package = Package(folder, task="import json\nimport model  # sibling\nprint(json, model)\n")
    client = Client(trainlint)
    client.initialize(folder, capabilities={})
    client.open(package.task)
    fix = actions_at(client, package.task, 1)["write 'from trainer import model'"]
    assert fix["isPreferred"] is False and fix["diagnostics"] == client.of(package.task), fix
    edits = fix["edit"]["changes"][uri_of(package.task)]
    client.change(package.task, 2, {"range": edits[0]["range"], "text": edits[0]["newText"]})
    assert client.wait_for(package.task, 2) == []
    client.change(package.task, 3, {"text": "import json  # trainlint: ignore[imports]\nprint(json)\n"})
    assert [each["tags"] for each in client.wait_for(package.task, 3)] == [[1]]
    every = actions_at(client, package.task, 0, only=["source.fixAll"])
    edits = every["Apply all safe fixes of trainlint"]["edit"]["changes"][uri_of(package.task)]
    client.change(package.task, 4, {"range": edits[0]["range"], "text": edits[0]["newText"]})
    assert client.wait_for(package.task, 4) == []
    assert client.stop() == 0


def test_missing_file(trainlint, folder):
    """The folder's __init__.py is created by an edit, or by the server where the client cannot."""
    for capabilities in ({}, EVERYTHING):
        package = Package(os.path.join(folder, str(len(capabilities))))
        missing = package.path("trainer/__init__.py")
        os.remove(missing)
        client = Client(trainlint)
        client.initialize(package.root, capabilities=capabilities)
        client.open(package.task)
        client.until(lambda: client.rules(missing) == ["package-missing-init"])
        fix = actions_at(client, package.task, 2)["create trainer/__init__.py"]
        if capabilities:
            assert fix["edit"]["documentChanges"] == [
                {"kind": "create", "uri": uri_of(missing), "options": {"ignoreIfExists": True}}], fix
            package.write("trainer/__init__.py", "")
            client.notify("workspace/didChangeWatchedFiles",
                          {"changes": [{"uri": uri_of(missing), "type": 1}]})
        else:
            for uri in (uri_of(package.path("trainer/other.py")), "file:///etc/other", 3):
                client.request("workspace/executeCommand",
                               {"command": fix["command"]["command"], "arguments": [uri]})
            client.request("workspace/executeCommand", {"command": fix["command"]["command"],
                                                        "arguments": fix["command"]["arguments"]})
            assert os.path.getsize(missing) == 0
            assert not os.path.exists(package.path("trainer/other.py"))
        client.until(lambda: client.rules(missing) == [])
        assert client.stop() == 0


def main():
    trainlint = os.path.abspath(sys.argv[1])
    tests = {name: test for name, test in globals().items() if name.startswith("test_")}
    for name, test in tests.items():
        if len(sys.argv) > 2 and sys.argv[2] != name:
            continue
        with tempfile.TemporaryDirectory() as folder:
            test(trainlint, folder)
        print(name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
