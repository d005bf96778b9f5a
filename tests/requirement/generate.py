"""Asks `packaging` about thousands of random versions, specifiers, requirements and markers.

    python3 tests/requirement/generate.py COUNT [SEED]

prints one JSON object a line: a question of one kind and the answer, null for what is refused.
The reference is packaging 22 or later (Debian: python3-packaging); with an older one, which still
knows "legacy" versions, a single line with that version is printed.
"""

import itertools
import json
import random
import re
import sys

try:
    import packaging
except ImportError:
    from pip._vendor import packaging

    sys.modules["packaging"] = packaging
from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, Specifier, SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

WORDS = {"pre": ["a", "b", "rc", "c", "alpha", "beta", "pre", "preview", "A", "RC"],
         "post": ["post", "rev", "r", "Post"]}
OPERATORS = ["==", "!=", "<=", ">=", "<", ">", "~=", "==="]
VARIABLES = {
    "python_version": ["3.7", "2.7", "3.10", "3"], "python_full_version": ["3.7.12", "3.10.0rc1"],
    "os_name": ["posix", "nt"], "sys_platform": ["linux", "win32", "darwin"],
    "platform_machine": ["x86_64", "arm64"], "platform_system": ["Linux", "Windows"],
    "platform_release": ["5.10.0", "5.10.0-21-amd64"], "platform_python_implementation":
    ["CPython", "PyPy"], "implementation_name": ["cpython"], "implementation_version": ["3.7.12"],
    "extra": ["", "GPU", "all_of-it"], "platform_version": ["#1 SMP"]}
SPELLINGS = {"os_name": ["os.name"], "sys_platform": ["sys.platform"], "platform_machine":
             ["platform.machine"], "platform_python_implementation":
             ["python_implementation", "platform.python_implementation"]}


def number(rng):
    return str(rng.choice([0, 0, 1, 1, 2, 3, 10, 2024, 184467440]))


def separator(rng):
    return rng.choice(["", "", ".", "-", "_"])


def version(rng, plain=False):
    text = "" if plain else rng.choice([""] * 9 + ["v"])
    text += rng.choice([""] * 8 + ["1!", "0!"])
    text += ".".join(number(rng) for _ in range(rng.choice([1, 2, 2, 3, 3, 4])))
    if rng.random() < 0.35:
        word = rng.choice(["a", "b", "rc"] if plain else WORDS["pre"])
        text += word + number(rng) if plain else (separator(rng) + word + separator(rng) +
                                                  rng.choice(["", number(rng)]))
    if rng.random() < 0.25:
        spelled = separator(rng) + rng.choice(WORDS["post"]) + separator(rng)
        text += f".post{number(rng)}" if plain else rng.choice(
            ["-" + number(rng), spelled + rng.choice(["", number(rng)])])
    if rng.random() < 0.2:
        text += f".dev{number(rng)}" if plain else separator(rng) + "dev" + rng.choice(
            ["", separator(rng) + number(rng)])
    if rng.random() < 0.2 and not plain:
        text += "+" + rng.choice(["1", "deb.1", "Ubuntu-2", "a_b.03", "2.10"])
    return text


def spoil(rng, text):
    """A small change that may or may not make it invalid."""
    at = rng.randint(0, len(text))
    change = rng.choice(["insert", "drop", "double"])
    if change == "insert":
        return text[:at] + rng.choice(".-_+!*v 0aZ;,()[]@'\"=<>~#") + text[at:]
    if change == "drop":
        return text[:at] + text[at + 1:]
    return text[:at] + text[max(at - 1, 0):]


def maybe_spoilt(rng, text, share=0.2):
    return spoil(rng, text) if rng.random() < share else text


def specifier(rng):
    operator = rng.choice(OPERATORS)
    # `packaging` 23 loses its way in other spellings behind "~=" ("~=2.2.c1").
    text = version(rng, plain=operator == "~=")
    if operator in ("==", "!=") and rng.random() < 0.3:
        text = ".".join(number(rng) for _ in range(rng.randint(1, 3))) + ".*"
    return operator + rng.choice(["", "", " "]) + text


def specifier_set(rng):
    return rng.choice([",", ", ", " , "]).join(specifier(rng) for _ in
                                               range(rng.choice([0, 1, 1, 1, 2, 3])))


def name(rng):
    return rng.choice(["tensorflow", "scikit-learn", "ruamel.yaml", "A_b.C", "x", "3to2", "a--b"])


def comparison(rng):
    variable = rng.choice(sorted(VARIABLES))
    spelled = rng.choice([variable] * 3 + SPELLINGS.get(variable, []))
    quote = rng.choice("'\"")
    value = rng.choice(VARIABLES[variable] + ["3.8", "2.7,3.7", "linux", "gpu", "3.7.*"])
    operator = rng.choice(["==", "!=", "<", "<=", ">", ">=", "in", "not in", "~=", "==="])
    sides = [spelled, quote + value + quote]
    if rng.random() < 0.2:
        sides.reverse()
    return f"{sides[0]} {operator} {sides[1]}"


def marker(rng, depth=0):
    parts = [comparison(rng) if depth > 1 or rng.random() < 0.75 else f"({marker(rng, depth + 1)})"
             for _ in range(rng.choice([1, 1, 2, 3]))]
    text = parts[0]
    for part in parts[1:]:
        text += rng.choice([" and ", " or "]) + part
    return text


def requirement(rng):
    text = name(rng) + rng.choice(["", " "])
    if rng.random() < 0.3:
        text += "[" + rng.choice(["", "gpu", "gpu, all", "a,b ,c", " x "]) + "]"
    if rng.random() < 0.1:
        text += " @ " + rng.choice(["https://host/x.whl", "git+https://host/x.git@v1"]) + " "
    else:
        wanted = specifier_set(rng)
        text += f"({wanted})" if rng.random() < 0.15 else wanted
        text += rng.choice([""] * 12 + [",", " "])
    if rng.random() < 0.3:
        text += rng.choice([";", "; ", " ; "]) + marker(rng)
    return text


def ask_version(rng):
    text = maybe_spoilt(rng, version(rng))
    try:
        return {"kind": "version", "text": text, "answer": str(Version(text))}
    except InvalidVersion:
        return {"kind": "version", "text": text, "answer": None}


def ask_order(rng):
    one, two = version(rng), version(rng)
    if rng.random() < 0.5:
        two = maybe_spoilt(rng, one, 0.9)
    try:
        left, right = Version(one), Version(two)
    except InvalidVersion:
        return ask_order(rng)
    return {"kind": "order", "one": one, "two": two,
            "answer": "<" if left < right else ">" if left > right else "="}


def ask_specifier(rng):
    text = maybe_spoilt(rng, specifier(rng), 0.4)
    try:
        return {"kind": "specifier", "text": text, "answer": str(Specifier(text))}
    except InvalidSpecifier:
        return {"kind": "specifier", "text": text, "answer": None}


def ask_contains(rng):
    text, candidate = specifier_set(rng), version(rng)
    if rng.random() < 0.5 and text:
        candidate = maybe_spoilt(rng, text.split(",")[0].strip(" <>=!~*."), 0.6)
    pre = rng.choice([None, None, True, False])
    # Up to release 23 prefixes are compared as texts, which an epoch upsets.
    if ("~=" in text or ".*" in text) and re.search("[0-9]!", text + candidate):
        return ask_contains(rng)
    try:
        Version(candidate)
        answer = SpecifierSet(text).contains(candidate, prereleases=pre)
    except (InvalidVersion, InvalidSpecifier):
        return ask_contains(rng)
    return {"kind": "contains", "set": text, "version": candidate, "pre": pre, "answer": answer}


def ask_requirement(rng):
    text = maybe_spoilt(rng, requirement(rng), 0.3)
    question = {"kind": "requirement", "text": text}
    try:
        parsed = Requirement(text)
    except ValueError as refusal:  # InvalidRequirement, InvalidSpecifier
        # Whether an address is one is another question, which later releases no longer ask.
        if "Invalid" in str(refusal) and "URL" in str(refusal):
            return ask_requirement(rng)
        return {**question, "answer": None}
    answer = [parsed.name, sorted(parsed.extras), sorted({str(s) for s in parsed.specifier}),
              parsed.url or "", parsed.marker is not None]
    return {**question, "answer": answer}


def ask_marker(rng):
    text = maybe_spoilt(rng, marker(rng), 0.15)
    environment = {key: rng.choice(values) for key, values in VARIABLES.items()}
    question = {"kind": "marker", "text": text, "environment": environment}
    try:
        # By way of a requirement: Marker() of release 23 does not look at what is left over.
        parsed = Requirement("x; " + text).marker
    except InvalidRequirement:
        return {**question, "answer": "invalid"}
    try:
        return {**question, "answer": parsed.evaluate(environment)}
    except Exception:  # UndefinedComparison, InvalidVersion
        # It stops at the first comparison without a meaning, whatever the others would say.
        if " and " in text or " or " in text:
            return ask_marker(rng)
        return {**question, "answer": None}


def ask_name(rng):
    text = "".join(rng.choice("aB1-_.") for _ in range(rng.randint(1, 9)))
    return {"kind": "name", "text": text, "answer": canonicalize_name(text)}


def main():
    release = getattr(packaging, "__version__", "0")
    print(json.dumps({"kind": "packaging", "text": release}))
    if Version(release) < Version("22"):
        return
    rng = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    questions = [ask_version, ask_order, ask_specifier, ask_contains, ask_requirement, ask_marker,
                 ask_name]
    for ask in itertools.islice(itertools.cycle(questions), int(sys.argv[1])):
        print(json.dumps(ask(rng)))


if __name__ == "__main__":
    main()
