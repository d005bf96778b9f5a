"""A client of the language server protocol for tests: blocking, strict about what it is sent."""
import json
import os
import pathlib
import queue
import subprocess
import threading
import urllib.parse

TIMEOUT = 20  # seconds; only reached when something is broken

EVERYTHING = {
    "general": {"positionEncodings": ["utf-16"]},
    "window": {"workDoneProgress": True},
    "workspace": {
        "applyEdit": True,
        "configuration": True,
        "workspaceFolders": True,
        "workspaceEdit": {"documentChanges": True, "resourceOperations": ["create"]},
        "didChangeWatchedFiles": {"dynamicRegistration": True},
    },
    "textDocument": {"publishDiagnostics": {"relatedInformation": True, "versionSupport": True}},
}


def uri_of(path):
    return pathlib.Path(path).absolute().as_uri()


def path_of(uri):
    assert uri.startswith("file://"), uri
    return urllib.parse.unquote(uri[len("file://"):])


def frame(message):
    content = json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n" % len(content) + content


class Client:
    """Starts the server in its own process. `settings` is what it gets for workspace/configuration."""

    def __init__(self, trainlint, settings=None, arguments=()):
        self.process = subprocess.Popen([trainlint, "lsp", *arguments], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE)
        self.settings = settings
        self.incoming = queue.Queue()
        self.next_id = 0
        self.asked = {}  # methods of requests by id
        self.answers = {}
        self.diagnostics = {}  # by URI, the last published
        self.published = 0
        self.notices = []  # everything else that the server sent
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        stream = self.process.stdout
        while True:
            line = stream.readline()
            if not line:
                break
            assert line.startswith(b"Content-Length: ") and line.endswith(b"\r\n"), line
            assert stream.readline() == b"\r\n"
            content = stream.read(int(line.split()[1]))
            self.incoming.put(json.loads(content.decode()))
        self.incoming.put(None)

    def log(self, kind, value):
        """Notes what the server has sent, where somebody wants to know."""
        if "LSP_LOG" in os.environ:
            with open(os.environ["LSP_LOG"], "a", encoding="utf-8") as file:
                file.write(json.dumps([kind, value]) + "\n")

    def send(self, message):
        self.process.stdin.write(frame({"jsonrpc": "2.0", **message}))
        self.process.stdin.flush()

    def notify(self, method, params):
        self.send({"method": method, "params": params})

    def begin(self, method, params):
        self.next_id += 1
        self.asked[self.next_id] = method
        self.send({"id": self.next_id, "method": method, "params": params})
        return self.next_id

    def request(self, method, params):
        number = self.begin(method, params)
        answer = self.answer(number)
        assert "error" not in answer, answer
        return answer["result"]

    def answer(self, number):
        while number not in self.answers:
            self.take()
        return self.answers.pop(number)

    def take(self):
        """Handles one message from the server."""
        message = self.incoming.get(timeout=TIMEOUT)
        assert message is not None, "the server has gone"
        if "method" in message:
            self.log(message["method"], message["params"])
        elif "result" in message and message["id"] in self.asked:
            self.log("=" + self.asked[message["id"]], message["result"])
        if "method" not in message:
            self.answers[message["id"]] = message
        elif message["method"] == "textDocument/publishDiagnostics":
            params = message["params"]
            self.diagnostics[params["uri"]] = params["diagnostics"]
            self.published += 1
            self.last = params
        else:
            self.notices.append(message)
            if "id" in message:
                self.send({"id": message["id"], "result": self.reply_to(message)})

    def reply_to(self, message):
        if message["method"] != "workspace/configuration":
            return None
        return [self.settings for _ in message["params"]["items"]]

    def initialize(self, *folders, capabilities=None, **more):
        self.result = self.request("initialize", {
            "processId": os.getpid(), "rootUri": None,
            "capabilities": EVERYTHING if capabilities is None else capabilities,
            "workspaceFolders": [{"uri": uri_of(each), "name": "x"} for each in folders], **more})
        self.notify("initialized", {})
        return self.result

    def open(self, path, text=None, version=1, language="python"):
        if text is None:
            with open(path, encoding="utf-8", newline="") as file:
                text = file.read()
        self.notify("textDocument/didOpen", {"textDocument": {
            "uri": uri_of(path), "languageId": language, "version": version, "text": text}})

    def change(self, path, version, *changes):
        self.notify("textDocument/didChange", {
            "textDocument": {"uri": uri_of(path), "version": version},
            "contentChanges": list(changes)})

    def wait_for(self, path, version):
        """Until the diagnostics of this version of an open file have come."""
        while True:
            self.take()
            last = getattr(self, "last", {})
            if last.get("uri") == uri_of(path) and last.get("version") == version:
                return last["diagnostics"]

    def settle(self):
        """Until all that was sent is handled: the answer to a request comes after it."""
        return self.answer(self.begin("trainlint/nothing", {}))

    def until(self, condition):
        while not condition():
            self.take()

    def of(self, path):
        return self.diagnostics.get(uri_of(path), [])

    def rules(self, path):
        return [each["code"] for each in self.of(path)]

    def stop(self):
        self.request("shutdown", None)
        self.notify("exit", None)
        self.process.stdin.close()
        status = self.process.wait(TIMEOUT)
        self.reader.join()
        self.process.stdout.close()
        return status


def position(line, character):
    return {"line": line, "character": character}


def replace(line, begin, end, text):
    return {"range": {"start": position(line, begin), "end": position(line, end)}, "text": text}
