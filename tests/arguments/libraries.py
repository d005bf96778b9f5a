"""Writes trainers that read their command line with click, typer, absl, fire, docopt or sys.argv, and what these make of it.

usage: libraries.py LIBRARY COUNT [SEED]

Prints one JSON object a line, as generate.py does: the files of a package, and for each command line what
happened: "accepted" with the values, "refused" with the kind of refusal ("unknown", "missing", "other"), or
"exits".
"""
import contextlib
import io
import json
import random
import sys

NAMES = ["alpha", "batch_size", "train_steps", "job_dir", "beta", "lr", "num_epochs", "mode", "x", "shuffle", "nodes"]
WORDS = ["a", "b", "train", "5", "-3", "0.1", "-1.5", "1e-3", "12", "gs://b/x", "", "two words", "x=y", "True", "false",
         "0x1f", "0o17", "inf", "a,b", "B", "1", "2", "yes", " 7 "]


class Maker:
    def __init__(self, rng):
        self.rng = rng
        self.flags = []

    def chance(self, percent):
        return self.rng.random() * 100 < percent

    def names(self, most=6):
        return self.rng.sample(NAMES, self.rng.randint(1, most))

    def word(self):
        return self.rng.choice(WORDS)

    def command_line(self):
        rng, words = self.rng, []
        for _ in range(rng.randint(0, 4)):
            kind = rng.random()
            if kind < 0.75 and self.flags:
                flag = rng.choice(self.flags)
                if self.chance(40):
                    words.append(flag + "=" + self.word())
                else:
                    words.append(flag)
                    words += [self.word() for _ in range(rng.choice([0, 1, 1, 1, 2]))]
            elif kind < 0.85:
                words.append(rng.choice(["--unknown", "--job-dir=gs://b", "--alph", "-q", "--nothing=1", "-9"]))
            elif kind < 0.87:
                words.append(rng.choice(["--", "--help", "-", "-h"]))
            else:
                words.append(self.word())
        return words


class Absl(Maker):
    def flag(self, name):
        rng = self.rng
        kind = rng.choice(["string", "boolean", "bool", "integer", "float", "enum", "list", "spaceseplist", "multi_string",
                           "multi_integer", "multi_float", "multi_enum"])
        none = self.chance(30)
        defaults = {"string": ["'a'", "''"], "boolean": ["True", "False", "0"], "bool": ["True", "'false'"],
                    "integer": ["5", "'3'"], "float": ["0.1", "2", "'1.5'"], "enum": ["'a'", "'train'"],
                    "list": ["'a,b'", "['a']", "''"], "spaceseplist": ["'a b'", "[]"], "multi_string": ["'a'", "['a', 'b']"],
                    "multi_integer": ["[1, 2]", "3"], "multi_float": ["[0.5]"], "multi_enum": ["['a']", "'b'"]}
        words = [repr(name), "None" if none else rng.choice(defaults[kind])]
        if kind.endswith("enum"):
            words.append(rng.choice(["['a', 'b', 'train']", "('a', 'train', 'B', 'b')"]))
        words.append("'help'")
        if kind in ("integer", "float", "multi_integer") and self.chance(40):
            words.append(rng.choice(["lower_bound=-10", "upper_bound=10", "lower_bound=-10, upper_bound=10"]))
        if self.chance(15) and name != "x":
            words.append("short_name=%r" % name[0].upper())
            self.flags += ["-" + name[0].upper()]
        required = none and self.chance(40)
        self.flags += ["--" + name, "-" + name] + (["--no" + name] if kind.startswith("bool") else [])
        lines = ["flags.DEFINE_%s(%s)" % (kind, ", ".join(words))]
        if required:
            lines.append("flags.mark_flag_as_required(%r)" % name)
        return lines

    def files(self):
        rng, lines, seen = self.rng, [], set()
        names = [name for name in self.names() if not (name[0] in seen or seen.add(name[0]))]
        for name in names:
            lines += self.flag(name)
        known = self.chance(20)
        head = ["from absl import app", "from absl import flags", "import sys", "", "FLAGS = flags.FLAGS"]
        if known:
            tail = ["def main():", "    global RESULT", "    RESULT = FLAGS(sys.argv, known_only=True)", "",
                    "if __name__ == '__main__':", "    main()"]
        else:
            tail = ["def main(argv):", "    global RESULT", "    RESULT = argv", "", "if __name__ == '__main__':",
                    "    app.run(main)"]
        return "\n".join(head + lines + [""] + tail) + "\n"


class Click(Maker):
    def option(self, name):
        rng = self.rng
        flag = "--" + name.replace("_", "-")
        words, kind = [], rng.choices(["value", "flag", "switch", "count", "choice", "range"], [50, 12, 12, 6, 12, 8])[0]
        if kind == "switch":
            words = [repr(flag + "/--no-" + flag[2:])]
            self.flags.append("--no-" + flag[2:])
        else:
            words = [repr(flag)]
            if self.chance(25):
                words.append(repr("-" + name[0]))
                self.flags.append("-" + name[0])
        if self.chance(10):
            words.append(repr(name + "_too"))
        self.flags.append(flag)
        plain = {"int": ["5", "'7'"], "float": ["0.5", "1"], "str": ["'a'"], "bool": ["True"], "click.INT": ["3"]}
        if kind == "value":
            type_ = rng.choice(list(plain) + [None, None])
            if type_:
                words.append("type=" + type_)
            if self.chance(10):
                words.append("nargs=2")
            elif self.chance(15):
                words.append("multiple=True")
            elif self.chance(40):
                words.append("default=" + rng.choice(plain[type_] if type_ else ["5", "0.5", "'a'", "None", "True"]))
        elif kind == "flag":
            words.append("is_flag=True")
            if self.chance(40):
                words.append("default=" + rng.choice(["True", "False"]))
        elif kind == "switch":
            if self.chance(50):
                words.append("default=" + rng.choice(["True", "False"]))
        elif kind == "count":
            words.append("count=True")
        elif kind == "choice":
            words.append("type=click.Choice(['a', 'b', 'train']%s)" % rng.choice(["", ", case_sensitive=False"]))
            if self.chance(40):
                words.append("default='a'")
        else:
            words.append("type=click.%sRange(%s)" % (rng.choice(["Int", "Float"]), rng.choice(["1, 10", "min=0", "max=5"])))
        if self.chance(15):
            words.append("required=True")
        if self.chance(30):
            words.append("help='help'")
        return "@click.option(%s)" % ", ".join(words)

    def argument(self, name):
        words = ["'arg_%s'" % name]
        if self.chance(30):
            words.append("nargs=" + self.rng.choice(["2", "1"]))
        if self.chance(30):
            words.append("type=int")
        if self.chance(30):
            words.append("required=False")
        return "@click.argument(%s)" % ", ".join(words)

    def command(self, decorator, function, most):
        seen, out = set(), [decorator]
        for name in self.names(most):
            if name[0] in seen:
                continue
            seen.add(name[0])
            out.append(self.option(name) if self.chance(85) else self.argument(name))
        if self.chance(8):
            out.append("@click.argument('rest', nargs=-1)")
        return out + ["def %s(**values):" % function, "    RESULT.update(values)", ""]

    def files(self):
        rng = self.rng
        lines = ["import click", "", "RESULT = {}", ""]
        if self.chance(20):
            lines += self.command("@click.group(%s)" % rng.choice(["", "invoke_without_command=True"]), "main", 2)
            inner = Click(rng)
            lines += inner.command("@main.command()", "train_it", 3)
            lines += inner.command("@main.command('tune')", "tune_it", 2)
            self.flags += inner.flags + ["train-it", "tune", "tune", "train-it"]
        else:
            settings = rng.choice(["", "", "", "", "context_settings={'ignore_unknown_options': True}",
                                   "context_settings=dict(allow_extra_args=True, ignore_unknown_options=True)"])
            lines += self.command("@click.command(%s)" % settings, "main", 6)
        return "\n".join(lines + ["if __name__ == '__main__':", "    main()"]) + "\n"


class Typer(Maker):
    def function(self, name, most):
        first, last = [], []
        for parameter in self.names(most):
            type_ = self.rng.choice(["int", "float", "str", "bool", None])
            preset = {"int": ["5", "0"], "float": ["0.5"], "str": ["'a'"], "bool": ["True", "False"], None: ["'b'"]}
            value = self.rng.choice(preset[type_])
            flag = "--" + parameter.replace("_", "-")
            written = parameter + (": " + type_ if type_ else "")
            kind = self.rng.random()
            if kind < 0.15 and type_ != "bool":
                first.append(written)
                continue
            if kind < 0.3:
                value = self.rng.choice(["typer.Option(%s, help='help')" % value, "typer.Option(...)",
                                         "typer.Option(%s, '--other-%s', '-o')" % (value, parameter[0])])
                if "other" in value:
                    flag = "--other-" + parameter[0]
                    if any("'-o'" in word for word in last):
                        value = value.replace(", '-o'", "")
                    self.flags.append("-o")
            elif kind < 0.4 and type_ != "bool":
                value = "typer.Argument(%s)" % value
            last.append("%s = %s" % (written, value))
            self.flags += [flag] + (["--no-" + flag[2:]] if type_ == "bool" and "other" not in flag else [])
        return "def %s(%s):\n    RESULT.update(locals())\n\n\n" % (name, ", ".join(first + last))

    def files(self):
        text = "import typer\n\nRESULT = {}\n"
        kind = self.rng.choice(["run", "app", "app", "two"])
        if kind == "run":
            return text + self.function("main", 5) + "if __name__ == '__main__':\n    typer.run(main)\n"
        text += "app = typer.Typer()\n\n\n@app.command()\n" + self.function("main", 5)
        if kind == "two":
            text += "@app.command('tune')\n" + self.function("tune_it", 2)
            self.flags += ["main", "tune", "main", "tune"]
        return text + "if __name__ == '__main__':\n    app()\n"


class Fire(Maker):
    def files(self):
        rng, out = self.rng, []
        names = self.names(5)
        required = rng.randint(0, len(names))
        for i, name in enumerate(names):
            out.append(name if i < required else "%s=%s" % (name, rng.choice(["5", "None", "'a'", "True", "0.5"])))
            self.flags += ["--" + name, "--" + name.replace("_", "-"), "-" + name[0]]
        if self.chance(20) and required < len(names):
            out.insert(required, "*")
        if self.chance(10):
            out.append("**more")
        text = "import fire\n\nRESULT = {}\n\n\ndef main(%s):\n    RESULT.update(locals())\n" % ", ".join(out)
        return text + "\n\nif __name__ == '__main__':\n    fire.Fire(main)\n"


class Argv(Maker):
    def files(self):
        indexes = self.rng.sample([1, 2, 3, 4], self.rng.randint(1, 3))
        return "import sys\n\nRESULT = {}\n" + "".join("RESULT[%d] = sys.argv[%d]\n" % (i, i) for i in indexes)


class Docopt(Maker):
    def files(self):
        names = self.names(4)
        self.flags = ["--" + name.replace("_", "-") for name in names]
        usage = " ".join("[%s%s]" % (flag, "=VALUE" if self.chance(50) else "") for flag in self.flags)
        text = 'Train.\n\nUsage:\n  task.py %s [WORDS...]\n' % usage
        return "import docopt\n\nRESULT = docopt.docopt(%r)\n" % text


MAKERS = {"absl": Absl, "click": Click, "typer": Typer, "fire": Fire, "argv": Argv, "docopt": Docopt}
REFUSALS = [("unknown", ["No such option", "Unknown command line flag", "Could not consume arg: -"]),
            ("missing", ["Missing option", "Missing argument", "must have a value other than None", "no value for the required",
                         "Missing required flags", "list index out of range"])]


def refused(text):
    for kind, marks in REFUSALS:
        if any(mark in text for mark in marks):
            return {"outcome": "refused", "kind": kind, "message": text[:300]}
    return {"outcome": "refused", "kind": "other", "message": text[:300]}


def values_of(library, space, flags):
    if library == "absl":
        return [[name, repr(flags.FLAGS[name].value)] for name in flags.FLAGS
                if name in NAMES], space["RESULT"][1:]
    if library == "docopt":
        return [], []
    return [[str(name), repr(value)] for name, value in space["RESULT"].items()], []


def run(library, text, words):
    flags = None
    if library == "absl":
        from absl import flags
        for name in list(flags.FLAGS):
            if name in NAMES or len(name) == 1 and name != "v" and name != "?":
                delattr(flags.FLAGS, name)
        flags.FLAGS.unparse_flags()
    sys.argv = ["task.py"] + ["".join(list(word)) for word in words]
    space = {"__name__": "__main__"}
    out = io.StringIO()
    try:
        with contextlib.redirect_stderr(out), contextlib.redirect_stdout(out):
            exec(compile(text, "task.py", "exec"), space)
    except SystemExit as end:
        if library == "docopt" and end.code:
            return {"outcome": "refused", "kind": "usage", "message": str(end.code)[:300]}
        if library == "absl" and "FATAL" not in out.getvalue() and end.code == 1:
            return {"outcome": "exits"}
        if end.code not in (0, None):
            return refused(out.getvalue())
        # The help of a sub-command comes after its group has run.
        if library in ("click", "typer") and "Usage:" in out.getvalue():
            return {"outcome": "exits"}
    except Exception as fault:
        return refused(str(fault))
    values, extras = values_of(library, space, flags)
    return {"outcome": "accepted", "received": values, "extras": extras}


def main():
    library, count = sys.argv[1], int(sys.argv[2])
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    lines = []
    for i in range(count):
        maker = MAKERS[library](random.Random("%s %d %d" % (library, seed, i)))
        text = maker.files()
        cases = [[]] + [maker.command_line() for _ in range(9)]
        results = [dict(run(library, text, words), words=words) for words in cases]
        files = {"trainer/__init__.py": "", "trainer/task.py": text}
        lines.append(json.dumps({"number": i, "files": files, "cases": results}))
    print("\n".join(lines))


if __name__ == "__main__":
    main()
