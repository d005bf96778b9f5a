#!/usr/bin/env python3
"""Compares trainlint's reading of gcloud commands with gcloud's own argument parser.

  compare_commands.py CHECK_COMMANDS [--count N] [--seed N]

Makes N commands: valid ones from the table of flags, most of them then damaged in one or two places.
gcloud, which must be installed (else: skipped, status 77), parses each; nothing is sent. Both must
accept or both refuse. Prints every disagreement and a closing line with the counts.
"""

import os
import sys
import tomllib

import asking

HERE = os.path.dirname(os.path.abspath(__file__))
FACTS = os.path.join(os.path.dirname(os.path.dirname(HERE)), "rules", "facts", "gcloud.toml")

VALUES = {
    "string": ["trainer.task", "trainer", "us-central1", "2.11", "", "a b", "./x", "x=1"],
    "int": ["1", "0", "-3", "07", "1_000", "1.5", "many", "", " 4 ", "+2"],
    "count": ["1", "4", "unlimited", "0", "-1", "x", "1.0", "Unlimited"],
    "bool": ["true", "False", "yes", "no", "on", "1", "", "TRUE"],
    "list": ["a", "a=1", "a=2,b", "a,b", "gs://b/a.tar.gz", "", "a,,b", "a,", "a,,", ",", "^;^a;b", "^;^a;", "^:^a:b,c", "a, b"],
    "labels": ["a=b", "a=b,c=d", "A=b", "a=B", "a", "a=", "=b", "a=b,a=c", "a=b,", "1a=b", "a_-=x.y", "a=b, c=d"],
    "accelerator": ["type=nvidia-tesla-k80,count=1", "count=2,type=nvidia-tesla-t4", "type=nvidia-tesla-k80",
                    "count=1", "type=nvidia-tesla-t4,count=1,", "type=k80,count=1", "type=nvidia-tesla-k80,count=0", "kind=x",
                    "type=NVIDIA_TESLA_K80,count=1", "type=nvidia-tesla-v100,count=two",
                    "type=NVIDIA-TESLA-P4,count=1"],
    "worker_pool": ["machine-type=n1-standard-4,replica-count=1,container-image-uri=gcr.io/a/b",
                    "machine-type=n1-standard-4,executor-image-uri=x,python-module=trainer.task",
                    "replica-count=1", "machine-type=n1-standard-4,container-image-uri=gcr.io/a/b,",
                    "machine-type=n1,replicas=1", "machine-type=n1,replica-count=x",
                    "machine-type", "", "machine-type=n1, replica-count=1", "machine-type=n1,script=a b.py",
                    "machineType=n1", "machine-type=n1,accelerator-type=NVIDIA_TESLA_T4,accelerator-count=1",
                    "machine-type=n1,accelerator-type=nvidia,accelerator-count=1",
                    "machine-type=n1,requirements=a;b", "machine-type="],
    "bucket": ["gs://bucket", "gs://bucket/", "bucket", "gs://b", "gs://bucket/x", "gs://Bucket", "gs://", "", "gs://-bu",
               "gs://" + "a" * 64, "gs://" + "a" * 60 + "." + "b" * 60],
    "object": ["gs://bucket/o", "gs://bucket", "gs://bucket/", "/tmp/x", "gs:/b/o", "gs://b/o", "gs://my_bucket/a/b",
               "gs://bu..cket/o", "gs://-bucket/o", "gs://-bucket", "gs://-bucket/", "gs://a" + "b" * 64 + ".c/o", "gs:///o",
               "gs:///", "gs://", "gs://1.2.3.4/o", "gs://a.b.c.dd/o"],
    "service_account": ["a@b.c", "123", "a@b", "x", "", "@b.c", "a@b.c.d"],
}


def read_facts():
    with open(FACTS, "rb") as file:
        return tomllib.load(file)


def value_of(flag, rng):
    if flag["value"] in ("choice", "word"):
        choices = flag["choices"]
        return rng.choice(choices + [rng.choice(choices).upper().replace("-", "_"), "other", ""])
    # The first ones are good, and most commands should be.
    values = VALUES[flag["value"]]
    return values[0] if rng.random() < 0.6 else rng.choice(values)


def words_of(flag, rng):
    if flag["value"] == "none":
        return [flag["name"]]
    value = value_of(flag, rng)
    return [f"{flag['name']}={value}"] if rng.random() < 0.5 else [flag["name"], value]


def damage(words, flags, rng):
    """One slip of the keyboard."""
    at = rng.randrange(len(words))
    kind = rng.randrange(9)
    if kind == 0 and len(words) > 1:
        del words[at]
    elif kind == 1:
        words.insert(at, rng.choice(["-x", "--bogus", "--learning-rate=0.1", "stray", "-1", "-", "--", "-q"]))
    elif kind == 2 and words[at].startswith("--") and len(words[at]) > 3:
        words[at] = words[at][:rng.randrange(3, len(words[at]) + 1)]
    elif kind == 3 and words[at].startswith("--"):
        words[at] = words[at].replace("-", "_", rng.randrange(3, 6)).replace("__", "--", 1)
    elif kind == 4 and words[at].startswith("--"):
        words[at] = "--no-" + words[at][2:]
    elif kind == 5:
        words[at] = words[at] + "=" + rng.choice(["", "true", "x"])
    elif kind == 6:
        words.insert(at, words[at])
    elif kind == 7:
        words[at] = words[at].replace("=", " ", 1)
    else:
        words.insert(at, rng.choice(flags)["name"])


def make_command(facts, rng):
    command = rng.choice(facts["commands"])
    beta = rng.random() < 0.15
    words = command["words"].split()
    if words[0] == "ai-platform" and rng.random() < 0.3:
        words[0] = "ml-engine"
    own = [flag for flag in facts["flags"] if flag["command"] == command["id"]
           and (beta or not flag.get("beta") or rng.random() < 0.1)]
    general = [flag for flag in facts["flags"] if flag["name"] in (
        "--quiet", "-q", "--account", "--format", "--flatten", "--verbosity", "--log-http")]
    chosen = [flag for flag in own if flag.get("required") and rng.random() < 0.95]
    chosen += rng.sample([flag for flag in own if flag not in chosen], rng.randrange(0, 4))
    if command["id"] == "custom_job" and rng.random() < 0.9:
        chosen += [flag for flag in own if flag["name"] in ("--config", "--worker-pool-spec")][:rng.randrange(1, 3)]
    if rng.random() < 0.3:
        chosen.append(rng.choice(general))
    rng.shuffle(chosen)
    rest = [words_of(flag, rng) for flag in chosen]
    if command["job"] and rng.random() < 0.97:
        rest.insert(rng.randrange(len(rest) + 1), [rng.choice(["my_job", "job-1", "1"])])
    arguments = [word for part in rest for word in part]
    if rng.random() < 0.6 and arguments:
        for _ in range(rng.randrange(1, 3)):
            if arguments:
                damage(arguments, own + general, rng)
    if command["user_arguments"] and rng.random() < 0.5 or rng.random() < 0.03:
        arguments += ["--", "--epochs", "3", "--", "-x"][:rng.randrange(1, 6)]
    return (["beta"] if beta else []) + words + arguments


def main():
    options = asking.read_options(__doc__, "check_commands")
    gcloud = asking.gcloud_command("gcloud_parser.py")
    facts = read_facts()
    commands = [make_command(facts, options.rng) for _ in range(options.count)]
    theirs = asking.ask(gcloud, commands)
    ours = asking.ask([options.check_commands], commands)
    accepted = wrong = 0
    for words, answer, faults in zip(commands, theirs, ours):
        accepted += answer["accepted"]
        if faults is None or answer["accepted"] != (not faults):
            wrong += 1
            last = [line for line in answer.get("error", "").splitlines() if line.startswith("ERROR")]
            print(f"gcloud {' '.join(repr(word) for word in words)}\n    gcloud: "
                  f"{'accepted' if answer['accepted'] else (last or ['refused'])[-1]}\n    trainlint: {faults}")
    print(f"{len(commands)} commands, {accepted} of them accepted by gcloud, {wrong} judged otherwise")
    sys.exit(wrong != 0)


if __name__ == "__main__":
    main()
