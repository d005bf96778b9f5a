#!/usr/bin/env python3
"""Compares trainlint's reading of job files with gcloud's own decoder.

  compare_job_files.py CHECK_JOB_FILES [--count N] [--seed N]

Makes N job files from the table of fields, YAML and JSON, most of them damaged in one place: a key
misspelt, in another spelling or at another level, a value of another type, a word that is none. gcloud,
which must be installed (else: skipped, status 77), decodes each; nothing is sent. Both must accept or both
refuse, at the same field; what gcloud sends although it does not know it must be found here. Prints every
disagreement and a closing line with the counts.
"""

import os
import re
import sys
import tomllib

import asking

HERE = os.path.dirname(os.path.abspath(__file__))
FACTS = os.path.join(os.path.dirname(os.path.dirname(HERE)), "rules", "facts", "job_fields.toml")
ROOTS = {"training": "ml.Job", "custom_job": "vertex.CustomJobSpec",
         "hp_tuning": "vertex.HyperparameterTuningJob"}
# Younger than the SDK that may be asked.
YOUNG = {"pscInterfaceConfig", "lustreMounts", "gpuPartitionSize", "NVIDIA_GB200", "NVIDIA_RTX_PRO_6000"}

# Plain scalars, as they are written in YAML: any type may meet any of them.
SCALARS = ["1", "1.5", "1.0", "true", "y", "No", '"1"', '"1.5"', "abc", '"true"', "null", "~", "2.10", "010", "0x1F",
           "1_000", "-3", "+7", ".5", "1e-5", "1e3", "1.5e3", ".inf", "1:30", "on", "2020-01-01", '" 3 "', '"07"', "'x'",
           "99999999999999999999", '"nan"', '"1e3"', "!!str 1", "gs://b/x", "7200s", "5.", "0b11", "0o17", "1__0", "-",
           "'no'", "TRUE", "Off", "tRue", "12e03", "0.5.1", "1,5", "0x", "09", "1e", "'2020-01-01'", "3600"]


def read_facts():
    with open(FACTS, "rb") as file:
        facts = tomllib.load(file)
    fields = {}
    for field in facts["fields"]:
        if field["name"] not in YOUNG and field["type"] not in ("any", "bytes"):
            fields.setdefault(field["message"], []).append(field)
    words = {one["name"]: [w for w in one["values"] if w not in YOUNG] for one in facts["enumerations"]}
    return fields, words


class Maker:
    def __init__(self, fields, words, rng):
        self.fields, self.words, self.rng = fields, words, rng

    def scalar(self, field):
        kind = field["type"]
        if kind == "enum":
            return self.rng.choice(self.words[field["of"]])
        good = {"string": ["abc", '"1"', "gs://b/x", '"2.11"'], "bool": ["true", "off", "Yes"],
                "int32": ["1", '"7"', "0x10"], "int64": ["3", '"3"', "010"], "double": ["1", "0.5", '"0.25"', "1.0e-4"]}
        return self.rng.choice(good[kind])

    def value(self, field, depth):
        if field["type"] == "message":
            made = self.mapping(field["of"], depth + 1)
        elif field["type"] == "map":
            made = {"team": "a", "cost": '"7"'}
        else:
            made = self.scalar(field)
        if field.get("repeated") and self.rng.random() < 0.8:
            return [made] + ([self.value({**field, "repeated": False}, depth)] if self.rng.random() < 0.4 else [])
        return made

    def mapping(self, message, depth):
        fields = self.fields[message]
        few = self.rng.sample(fields, min(len(fields), self.rng.randrange(1, 5 if depth else 3)))
        if depth > 4:
            few = [field for field in few if field["type"] != "message"]
        return {field["name"]: self.value(field, depth) for field in few}


def mappings_in(value):
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from mappings_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from mappings_in(inner)


def damage(root, words, rng):
    """One mistake. The numbers of enumerations are in no table: none takes the place of a word."""
    holders = [one for one in mappings_in(root) if one]
    if not holders:
        return
    holder = rng.choice(holders)
    key = rng.choice(list(holder))
    kind = rng.randrange(6)
    if kind == 0:
        at = rng.randrange(len(key))
        holder[key[:at] + rng.choice(["", "x", key[at] * 2]) + key[at + 1:]] = holder.pop(key)
    elif kind == 1:
        holder[re.sub("([A-Z])", lambda m: "_" + m[1].lower(), key)] = holder.pop(key)
    elif kind == 2:
        rng.choice(holders)[key] = holder.pop(key)
    elif kind == 3:
        holder[key] = rng.choice([{}, [], ["1"], {"a": "b"}, [["1"]], ["null"], ["abc", "2"]])
    elif any(holder[key] in some for some in words.values() if isinstance(holder[key], str)):
        holder[key] = rng.choice([one for one in SCALARS if not re.match(r"[-+]?\d[\dxXbBoO_:A-F]*$", one)])
    else:
        holder[key] = rng.choice(SCALARS)


def block(value, indent):
    pad = "  " * indent
    if isinstance(value, dict) and value:
        return "\n" + "".join(f"{pad}{key}:{block(inner, indent + 1)}" for key, inner in value.items())
    if isinstance(value, list) and value:
        return "\n" + "".join(f"{pad}-{block(inner, indent + 1)}" for inner in value)
    return f" {flow(value)}\n"


def flow(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(inner) for inner in value) + "]"
    return value


def make(fields, words, rng):
    kind = rng.choice(list(ROOTS))
    root = Maker(fields, words, rng).mapping(ROOTS[kind], 0)
    if kind == "training" and rng.random() < 0.8:
        root["trainingInput"] = Maker(fields, words, rng).mapping("ml.TrainingInput", 1)
    if rng.random() < 0.8:
        damage(root, words, rng)
    text = flow(root) if rng.random() < 0.3 else block(root, 0).lstrip("\n")
    return {"kind": kind, "text": text + "\n"}


def field_in(error):
    """The field that gcloud names in an error, where it names one."""
    found = re.search(r"for field (\w+), found|Repeated values for field (\w+)", error)
    return found and (found[1] or found[2])


def disagreement(question, theirs, ours):
    if "error" in ours:
        # Neither takes it for YAML.
        return None if not theirs["accepted"] else "is no YAML for trainlint"
    unknown = sorted(ours["keys"] + ours["words"])
    faults = ours["types"] + (unknown if question["kind"] == "hp_tuning" else [])
    if theirs["accepted"] != (not faults):
        return "judged otherwise"
    if theirs["accepted"]:
        # An enumeration's null is sent as it is too, and says nothing.
        unset = set(re.findall(r"(\w+): *(?:~|null|\[\])", question["text"]))
        same = set(theirs["unknown"]) - unset == set(unknown) - unset
        return None if same else "other keys are unknown"
    field = field_in(theirs["error"])
    # "value" is how gcloud calls a label's.
    return None if field in (None, "value") or field in faults else f"gcloud names '{field}'"


def main():
    options = asking.read_options(__doc__, "check_job_files")
    gcloud = asking.gcloud_command("gcloud_decoder.py")
    fields, words = read_facts()
    questions = [make(fields, words, options.rng) for _ in range(options.count)]
    theirs = asking.ask(gcloud, questions)
    ours = asking.ask([options.check_job_files], questions)
    accepted = wrong = 0
    for question, their, our in zip(questions, theirs, ours):
        accepted += their["accepted"]
        why = disagreement(question, their, our)
        if why:
            wrong += 1
            print(f"{question['kind']}: {why}\n{question['text']}    gcloud: {their}\n    trainlint: {our}\n")
    print(f"{len(questions)} job files, {accepted} of them accepted by gcloud, {wrong} judged otherwise")
    sys.exit(wrong != 0)


if __name__ == "__main__":
    main()
