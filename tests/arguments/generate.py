"""Writes trainers with random argument parsers, and what python3's argparse makes of command lines.

usage: generate.py COUNT [SEED]

Prints one JSON object a line: the files of a package ("trainer/task.py", ...), and for each command
line what happened: "accepted" with destinations and leftovers, "refused" with argparse's message,
"exits", or "raises" with the exception when the parser itself cannot be made.
"""
import contextlib
import io
import json
import os
import random
import sys
import tempfile
import types

NAMES = ["alpha", "batch-size", "batch_num", "train-steps", "train-files", "job-dir", "beta", "bias",
         "num-epochs", "num", "lr", "learning-rate", "eval", "eval-steps", "verbose", "mode", "x"]
POSITIONALS = ["source", "target", "mode", "files", "count"]
WORDS = ["a", "b", "train", "5", "-3", "0.1", "-1.5", "1e-3", "12", "gs://b/x", "", "two words", "x=y",
         "it's", "True", "false", "0x1", "1_000", " 7 ", "inf", "-", "--", "5", "a,b", "1", "2", "3"]
TYPES = ["int", "float", "str", "bool", "to_bool", "positive", "lambda v: v.lower()", "lambda v: int(v) + 1",
         "lambda v: v == 'true'"]
HEAD = '''
import argparse
import sys


def to_bool(text):
    if text.lower() in ("yes", "true", "t", "1"):
        return True
    if text.lower() in ("no", "false", "f", "0"):
        return False
    raise argparse.ArgumentTypeError("a truth value is wanted")


def positive(text):
    number = int(text)
    if number <= 0:
        raise ValueError("not positive")
    return number
'''


class Maker:
    def __init__(self, rng):
        self.rng = rng
        self.flags = []      # every option string, for command lines
        self.used = set()
        self.commands = []

    def chance(self, percent):
        return self.rng.random() * 100 < percent

    def default(self):
        return self.rng.choice(["5", "0", "'5'", "'a'", "'text'", "1.5", "None", "True", "False", "[]",
                                "['a', 'b']", "argparse.SUPPRESS", "'7.5'", "''", "256", "(1, 2)"])

    def choices(self):
        return self.rng.choice(["['a', 'b', 'train']", "('a', 'two words')", "[1, 2, 3, 5]", "range(1, 4)",
                                "[0.1, 1.5]", "['it\\'s', 'True']", "{'a': 1, 'b': 2}"])

    def flag_names(self):
        rng = self.rng
        for _ in range(20):
            name = rng.choice(NAMES)
            if name not in self.used or self.chance(3):
                break
        self.used.add(name)
        names = ["--" + name]
        if self.chance(15):
            names.append("--" + rng.choice(NAMES) + "-too")
        if self.chance(30):
            names.insert(rng.choice([0, len(names)]), "-" + rng.choice("abcvnxt12"))
        if self.chance(8):
            names = ["-" + rng.choice("abcvnxt1")]
        if self.chance(2):
            names = ["-" + name]
        return names

    def keywords(self, positional):
        rng = self.rng
        action = rng.choices(["store", "store_true", "store_false", "store_const", "append", "append_const",
                              "count", "extend", "boolean", "version"],
                             [60, 10, 4, 4, 6, 3, 4, 4, 5, 0 if positional else 1])[0]
        if positional and action not in ("store", "append", "extend"):
            action = "store"
        out = []
        if action == "boolean":
            out.append("action=argparse.BooleanOptionalAction")
        elif action != "store" or self.chance(5):
            out.append("action=%r" % action)
        words = action in ("store", "append", "extend")
        nargs = None
        if words and self.chance(40):
            nargs = rng.choice(["'?'", "'*'", "'+'", "1", "2", "argparse.REMAINDER", "'?'", "'*'", "3"])
            out.append("nargs=" + nargs)
        if words and self.chance(45):
            out.append("type=" + rng.choice(TYPES))
        if words and self.chance(15):
            out.append("choices=" + self.choices())
        if action in ("store_const", "append_const") or (nargs == "'?'" and self.chance(50)):
            out.append("const=" + rng.choice(["1", "'c'", "'5'", "None", "[1]"]))
        if action not in ("version",) and self.chance(45):
            out.append("default=" + self.default())
        if not positional and action != "version" and self.chance(12):
            out.append("required=" + rng.choice(["True", "True", "False"]))
        if not positional and self.chance(10):
            out.append("dest=%r" % rng.choice(["other", "alpha", "num", "x_y"]))
        if self.chance(6) and action in ("store", "append"):
            out.append("metavar='META'")
        if self.chance(25):
            out.append("help='some help'")
        if action == "version":
            out.append("version='1.0'")
        if self.chance(0.5):
            out.append(rng.choice(["nargs=2", "type='int'", "required=True", "const=3", "action='nothing'"]))
        seen, unique = set(), []
        for word in out:
            if word.split("=")[0] not in seen:
                unique.append(word)
            seen.add(word.split("=")[0])
        return unique

    def argument(self, target, group=False):
        positional = not group and self.chance(12)
        names = [self.rng.choice(POSITIONALS)] if positional else self.flag_names()
        if not positional:
            self.flags += names
        words = self.keywords(positional)
        if not positional and any("Boolean" in word for word in words):
            self.flags += ["--no-" + name[2:] for name in names if name.startswith("--")]
        if group:
            words = [word for word in words if not word.startswith("required")] if self.chance(97) else words
        return "%s.add_argument(%s)" % (target, ", ".join([repr(name) for name in names] + words))

    def lines(self, target, most=5):
        rng = self.rng
        out = []
        for _ in range(rng.randint(1, most)):
            kind = rng.choices(["plain", "group", "exclusive", "loop", "pairs", "defaults"],
                               [70, 8, 10, 6, 4, 5])[0]
            if kind == "plain":
                out.append(self.argument(target))
            elif kind == "group":
                out.append("group = %s.add_argument_group('some')" % target)
                out += [self.argument("group") for _ in range(rng.randint(1, 2))]
            elif kind == "exclusive":
                out.append("one = %s.add_mutually_exclusive_group(%s)" %
                           (target, rng.choice(["", "required=True", "required=False"])))
                out += [self.argument("one", True) for _ in range(rng.randint(1, 3))]
            elif kind == "loop":
                names = rng.sample(["hidden", "dropout", "layers", "units"], 2)
                self.flags += ["--" + name for name in names]
                out.append("for name in %r:" % (names,))
                out.append("    %s.add_argument('--' + name, type=%s, default=%s)" %
                           (target, rng.choice(["int", "float"]), rng.choice(["1", "None"])))
            elif kind == "pairs":
                self.flags += ["--first", "--second"]
                out.append("for name, value in {'first': 1, 'second': 'b'}.items():")
                out.append("    %s.add_argument('--%%s' %% name, type=type(value) if False else str,"
                           " default=value)" % target)
            else:
                out.append("%s.set_defaults(%s=%s)" %
                           (target, rng.choice(["alpha", "extra", "num", "mode"]), self.default()))
        return out

    def constructor(self):
        words = []
        for percent, word in [(6, "allow_abbrev=False"), (4, "conflict_handler='resolve'"),
                              (4, "argument_default=argparse.SUPPRESS"), (3, "prefix_chars='-+'"),
                              (4, "prog='train'"), (10, "description='d'"), (3, "add_help=False"), (4, "fromfile_prefix_chars='@'")]:
            if self.chance(percent):
                words.append(word)
        return words

    def commands_of(self, target):
        rng = self.rng
        out = ["commands = %s.add_subparsers(%s)" %
               (target, rng.choice(["", "dest='command'", "dest='command', required=True"]))]
        for name in rng.sample(["train", "tune", "export"], rng.randint(1, 3)):
            self.commands.append(name)
            inner = Maker(rng)
            out.append("command = commands.add_parser(%r%s)" %
                       (name, rng.choice(["", "", ", help='h'", ", aliases=['%s2']" % name[0]])))
            out += inner.lines("command", 2)
            self.flags += inner.flags
        return out

    def files(self):
        rng = self.rng
        style = rng.choice(["plain", "plain", "takes", "returns", "method", "module", "parents", "top"])
        known = self.chance(20)
        made = "argparse.ArgumentParser(%s)" % ", ".join(self.constructor())
        body = self.lines("parser")
        if self.chance(12):
            body += self.commands_of("parser")
        call = "parser.parse_known_args(%s)" if known else "parser.parse_args(%s)"
        call %= rng.choice(["", "", "sys.argv[1:]", "None"])
        files = {"trainer/__init__.py": ""}
        indent = lambda lines, by="    ": [by + line for line in lines]
        if style == "top":
            task = ["parser = " + made] + body + ["RESULT = " + call]
        elif style == "takes":
            task = ["def options(parser):"] + indent(body) + ["", "def main():", "    parser = " + made,
                    "    options(parser)", "    return " + call]
        elif style == "returns":
            task = ["def options():", "    parser = " + made] + indent(body) + ["    return parser", "",
                    "def main():", "    parser = options()", "    return " + call]
        elif style == "method":
            task = ["class Trainer:", "    def __init__(self):", "        self.parser = " + made,
                    "        self.options(self.parser)", "    @staticmethod", "    def options(parser):"]
            task += indent(body, " " * 8)
            task += ["    def parse(self):", "        return self." + call, "", "def main():",
                     "    return Trainer().parse()"]
        elif style == "module":
            files["trainer/options.py"] = HEAD + "\n\ndef add(parser):\n" + "\n".join(indent(body)) + "\n"
            task = ["from trainer import options", "", "def main():", "    parser = " + made,
                    "    options.add(parser)", "    return " + call]
        elif style == "parents":
            other = Maker(rng)
            more = other.lines("base", 2)
            self.flags += other.flags
            task = ["base = argparse.ArgumentParser(add_help=False)"] + more
            task += ["def main():", "    parser = " + made[:-1] + (", " if made[-2] != "(" else "") +
                     "parents=[base])"] + indent(body) + ["    return " + call]
        else:
            task = ["def main():", "    parser = " + made] + indent(body) + ["    return " + call]
        if style != "top":
            task += ["", "if __name__ == '__main__':", "    RESULT = main()"]
        if "fromfile_prefix_chars" in made:
            lines = [self.word_line() for _ in range(rng.randint(0, 4))]
            files["words.txt"] = "".join(line + "\n" for line in lines if not line.startswith("@"))
            files["more.txt"] = "--unknown\n@words.txt"
        files["trainer/task.py"] = HEAD + "\n\n" + "\n".join(task) + "\n"
        return files

    def word_line(self):
        rng = self.rng
        flag = rng.choice(self.flags or ["x"])
        return rng.choice([flag, flag + "=" + rng.choice(WORDS), rng.choice(WORDS)])

    def command_line(self):
        rng = self.rng
        words = []
        for _ in range(rng.randint(0, 5)):
            kind = rng.random()
            if kind < 0.65 and self.flags:
                flag = rng.choice(self.flags)
                if flag.startswith("--") and self.chance(25):
                    flag = flag[:rng.randint(3, len(flag))]
                if self.chance(25):
                    words.append(flag + "=" + rng.choice(WORDS))
                elif len(flag) == 2 and self.chance(25):
                    words.append(flag + rng.choice(WORDS + ["v", "vv", "x1"]))
                else:
                    words.append(flag)
                    for _ in range(rng.choice([0, 1, 1, 1, 1, 2, 3])):
                        words.append(rng.choice(WORDS))
            elif kind < 0.75:
                words.append(rng.choice(["--unknown", "--job-dir=gs://b", "--nothing=1", "-q", "-9", "+x"]))
            elif kind < 0.85 and self.commands:
                words.append(rng.choice(self.commands + ["t2", "nope"]))
            else:
                words.append(rng.choice(WORDS))
        if self.chance(1):
            words.append("--help")
        if self.chance(10):
            words.insert(rng.randint(0, len(words)), rng.choice(["@words.txt", "@words.txt", "@more.txt", "@absent.txt"]))
        return words


def run(files, words):
    for name in [name for name in sys.modules if name.split(".")[0] == "trainer"]:
        del sys.modules[name]
    package = types.ModuleType("trainer")
    package.__path__ = []
    sys.modules["trainer"] = package
    if "trainer/options.py" in files:
        module = types.ModuleType("trainer.options")
        exec(compile(files["trainer/options.py"], "options.py", "exec"), module.__dict__)
        sys.modules["trainer.options"] = package.options = module
    # New objects, as a real command line has: argparse asks "value is default".
    sys.argv = ["/somewhere/trainer/task.py"] + ["".join(list(word)) for word in words]
    for name in ("words.txt", "more.txt"):
        if name in files:
            with open(name, "w") as file:
                file.write(files[name])
        elif os.path.exists(name):
            os.remove(name)
    space = {"__name__": "__main__"}
    err = io.StringIO()
    try:
        with contextlib.redirect_stderr(err), contextlib.redirect_stdout(io.StringIO()):
            exec(compile(files["trainer/task.py"], "task.py", "exec"), space)
    except SystemExit as end:
        if end.code == 0:
            return {"outcome": "exits"}
        return {"outcome": "refused", "message": err.getvalue().split("error: ", 1)[1].rstrip("\n")}
    except Exception as fault:
        return {"outcome": "raises", "message": str(fault), "type": type(fault).__name__}
    result, extras = space["RESULT"], []
    if isinstance(result, tuple):
        result, extras = result
    return {"outcome": "accepted", "extras": extras,
            "received": [[name, repr(value)] for name, value in vars(result).items()]}


def main():
    count = int(sys.argv[1])
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    lines = []
    folder = tempfile.TemporaryDirectory()
    os.chdir(folder.name)
    for i in range(count):
        maker = Maker(random.Random("%d %d" % (seed, i)))
        files = maker.files()
        if i % 8 == 0:
            task = files["trainer/task.py"].replace(".parse_args(", ".parse_intermixed_args(")
            files["trainer/task.py"] = task.replace(".parse_known_args(", ".parse_known_intermixed_args(")
        cases = [[]] + [maker.command_line() for _ in range(9)]
        results = [dict(run(files, words), words=words) for words in cases]
        lines.append(json.dumps({"number": i, "files": files, "cases": results}))
    os.chdir("/")
    folder.cleanup()
    print("\n".join(lines))


if __name__ == "__main__":
    main()
