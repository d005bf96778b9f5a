"""gcloud's own argument parser, asked many times in one process; run by gcloud's Python.

Reads one JSON list of words a line (without "gcloud"), answers one JSON line each: {"accepted":
true} or {"accepted": false, "error": "what gcloud prints"}. Nothing is sent anywhere.
"""

import contextlib
import io
import json
import os
import shutil
import sys

SDK = os.path.dirname(os.path.dirname(os.path.realpath(shutil.which("gcloud"))))
sys.path[:0] = [os.path.join(SDK, "lib", "third_party"), os.path.join(SDK, "lib")]
os.environ["CLOUDSDK_CORE_DISABLE_USAGE_REPORTING"] = "1"
os.environ["CLOUDSDK_CORE_LOG_HTTP"] = "false"

from googlecloudsdk import gcloud_main  # noqa: E402

PARSER = gcloud_main.CreateCLI([])._CLI__parser  # pylint: disable=protected-access


def ask(words):
    err = io.StringIO()
    try:
        with contextlib.redirect_stderr(err), contextlib.redirect_stdout(io.StringIO()):
            PARSER.parse_args(words)
        return {"accepted": True}
    except SystemExit as end:
        return {"accepted": end.code in (0, None), "error": err.getvalue()}
    except Exception as error:  # pylint: disable=broad-except
        return {"accepted": False, "error": repr(error)}


def ask_apart(words):
    """In a process of its own: a command line leaves its mark on gcloud's state."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        with open(os.devnull, "w", encoding="utf-8") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        os.write(writer, json.dumps(ask(words)).encode())
        os._exit(0)
    os.close(writer)
    with open(reader, encoding="utf-8") as answer:
        text = answer.read()
    os.waitpid(child, 0)
    return json.loads(text)


def load_commands():
    """Commands are loaded when they are first asked for: do it once, before the forks."""
    for words in (["ai-platform", "jobs", "submit", "training"], ["ai-platform", "local", "train"],
                  ["ml-engine", "jobs", "submit", "training"], ["ml-engine", "local", "train"],
                  ["beta", "ai-platform", "jobs", "submit", "training"],
                  ["ai", "custom-jobs", "create"], ["ai", "custom-jobs", "local-run"],
                  ["ai", "hp-tuning-jobs", "create"], ["beta", "ai", "custom-jobs", "create"],
                  ["beta", "ai", "hp-tuning-jobs", "create"]):
        ask(words)


def main():
    with contextlib.redirect_stderr(io.StringIO()):
        load_commands()
    for line in sys.stdin:
        print(json.dumps(ask_apart(json.loads(line))))


if __name__ == "__main__":
    main()
