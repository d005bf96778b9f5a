"""What the comparisons with gcloud have in common: JSON lines go in, JSON lines come out."""
import argparse
import json
import os
import random
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SKIPPED = 77  # for ctest


def read_options(description, driver):
    """`driver` names the program that asks trainlint; the result has it, a count and a Random."""
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    parser.add_argument(driver)
    parser.add_argument("--count", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.rng = random.Random(options.seed)
    return options


def gcloud_command(script):
    """The command that runs a script of this folder by gcloud's own Python; ends where there is none."""
    gcloud = shutil.which("gcloud")
    if not gcloud:
        print("skipped: gcloud is not installed")
        sys.exit(SKIPPED)
    root = os.path.dirname(os.path.dirname(os.path.realpath(gcloud)))
    python = os.path.join(root, "platform", "bundledpythonunix", "bin", "python3")
    return [python if os.path.exists(python) else sys.executable, os.path.join(HERE, script)]


def ask(command, questions):
    """The answers of a program, one for each question."""
    text = "".join(json.dumps(one) + "\n" for one in questions)
    done = subprocess.run(command, input=text, capture_output=True, text=True)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    if len(lines) != len(questions):
        sys.exit(f"{command[0]}: {len(lines)} answers to {len(questions)} questions\n{done.stderr[-2000:]}")
    return lines
