"""Makes small edits in real files and compares trainlint's verdict with compile()'s.

    mutate.py DRIVER [--count N] [--seed S] [--folder DIR] [--keep DIR] [--limit PERCENT]

DRIVER is the program made from check_texts.cpp. The files are those of the running Python's
standard library unless a folder is given. Prints a table of the disagreements with one example of
each kind, and the share of agreement; exits with 1 when that is below the limit, or when a text that
compiles was called wrong. The same seed makes the same edits in the same files.
"""
import argparse
import io
import os
import random
import re
import sys
import sysconfig
import tokenize

import verdicts

BATCH = 500


def python_files(folder):
    paths = []
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if f not in ("site-packages", "dist-packages"))
        paths += [os.path.join(root, name) for name in sorted(names) if name.endswith(".py")]
    return [path for path in paths if 200 < os.path.getsize(path) < 40000]


def tokens_of(text):
    """Spans of the tokens of a text, as offsets."""
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    spans = []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        begin = starts[token.start[0] - 1] + token.start[1]
        end = starts[token.end[0] - 1] + token.end[1]
        if end > begin and token.type not in (tokenize.NL, tokenize.COMMENT):
            spans.append((begin, end))
    return spans


def edit_token(text, spans, chance):
    i = chance.randrange(len(spans))
    begin, end = spans[i]
    kind = chance.choice(["delete", "duplicate", "swap", "replace", "insert"])
    if kind == "delete":
        return kind + " a token", text[:begin] + text[end:]
    if kind == "duplicate":
        return kind + " a token", text[:end] + " " + text[begin:end] + text[end:]
    other_begin, other_end = spans[chance.randrange(len(spans))]
    other = text[other_begin:other_end]
    if kind == "replace":
        return kind + " a token", text[:begin] + other + text[end:]
    if kind == "insert":
        return kind + " a token", text[:begin] + other + " " + text[begin:]
    if i + 1 == len(spans):
        return "delete a token", text[:begin] + text[end:]
    next_begin, next_end = spans[i + 1]
    swapped = text[next_begin:next_end] + text[end:next_begin] + text[begin:end]
    return "swap two tokens", text[:begin] + swapped + text[next_end:]


def edit_line(text, chance):
    lines = text.splitlines(keepends=True)
    i = chance.randrange(len(lines))
    kind = chance.choice(["delete", "duplicate", "swap", "replace", "indent", "dedent"])
    if kind == "delete":
        lines[i] = ""
    elif kind == "duplicate":
        lines.insert(i, lines[i])
    elif kind == "swap" and i + 1 < len(lines):
        lines[i], lines[i + 1] = lines[i + 1], lines[i]
    elif kind == "replace":
        lines[i] = chance.choice(lines)
    elif kind == "indent":
        lines[i] = chance.choice([" ", "  ", "    ", "\t"]) + lines[i]
    else:
        lines[i] = re.sub("^( {1,4}|\t)", "", lines[i])
    return kind + " a line", "".join(lines)


def edit_character(text, chance):
    i = chance.randrange(len(text))
    kind = chance.choice(["delete", "insert"])
    if kind == "delete":
        return "delete a character", text[:i] + text[i + 1:]
    return "insert a character", text[:i] + chance.choice("()[]{}'\"\\:,.=*#\n 0x$é") + text[i:]


def mutants(paths, chance, count):
    while count:
        try:
            with open(chance.choice(paths), encoding="utf-8", newline="") as file:
                text = file.read()
            spans = tokens_of(text)
        except (SyntaxError, UnicodeDecodeError, tokenize.TokenError):
            continue
        if not spans:  # nothing but comments
            continue
        for _ in range(min(count, 10)):
            way = chance.random()
            if way < 0.55:
                yield edit_token(text, spans, chance)
            elif way < 0.85:
                yield edit_line(text, chance)
            else:
                yield edit_character(text, chance)
            count -= 1


def kind_of(difference):
    """The difference without the names and numbers of the one text."""
    return re.sub(r"'[^']*'|\d+", "_", difference)[:90]


def main():
    options = argparse.ArgumentParser()
    options.add_argument("driver")
    options.add_argument("--count", type=int, default=50000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--folder", default=sysconfig.get_paths()["stdlib"])
    options.add_argument("--keep", help="write the texts that differ into this folder")
    options.add_argument("--limit", type=float, default=99.9)
    chosen = options.parse_args()
    chance = random.Random(chosen.seed)
    pending, examples, counts, total, compiled, false_errors = [], {}, {}, 0, 0, 0

    def compare():
        nonlocal total, compiled, false_errors
        texts = [text.encode("utf-8") for _, text in pending]
        for (edit, _), text, ours in zip(
                pending, texts, verdicts.of_trainlint(chosen.driver, texts)):
            theirs = verdicts.of_cpython(text)
            total += 1
            compiled += theirs is None
            difference = verdicts.disagreement(theirs, ours)
            if difference is None:
                continue
            false_errors += theirs is None
            kind = kind_of(difference)
            counts[kind] = counts.get(kind, 0) + 1
            if kind not in examples:
                examples[kind] = (edit, theirs, ours, text)
            if chosen.keep:
                os.makedirs(chosen.keep, exist_ok=True)
                name = "%05d.py" % sum(counts.values())
                with open(os.path.join(chosen.keep, name), "wb") as file:
                    file.write(text)
        pending.clear()

    for mutant in mutants(python_files(chosen.folder), chance, chosen.count):
        pending.append(mutant)
        if len(pending) == BATCH:
            compare()
    compare()
    for kind in sorted(counts, key=lambda kind: -counts[kind]):
        edit, theirs, ours, text = examples[kind]
        print("%5d  %s\n       (%s; CPython %s, trainlint %s)" %
              (counts[kind], kind, edit, theirs, ours))
        line = max((theirs or ours)[0], 1)
        print("       | " + text.decode().splitlines()[:line][-1].strip()[:80])
    share = 100 * (1 - sum(counts.values()) / total)
    print("%d edited texts, %d compile; %d false errors; same verdict and line on %.3f %%" %
          (total, compiled, false_errors, share))
    return 1 if share < chosen.limit or false_errors else 0


if __name__ == "__main__":
    sys.exit(main())
