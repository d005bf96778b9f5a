"""Verdicts of compile() and of trainlint on the same texts, and their comparison.

Run as a program, under any Python from 3.5 on, it judges the texts that stand on stdin as
check_texts.cpp wants them, and prints a line for each.
"""
import subprocess
import sys
import warnings

warnings.simplefilter("ignore")


def of_cpython(text):
    """None when `text` (bytes) compiles, else (line, type, message); line 0 where none is named."""
    try:
        compile(text, "text", "exec", dont_inherit=True)
    except SyntaxError as error:
        return (error.lineno or 0, type(error).__name__, str(error.msg))
    except (ValueError, OverflowError) as error:
        return (0, type(error).__name__, str(error))
    except (MemoryError, RecursionError):
        return "beyond limits"
    return None


def frames_of(texts):
    return b"".join(b"%d\n%s" % (len(text), text) for text in texts)


def of_trainlint(driver, texts, version="%d.%d" % sys.version_info[:2]):
    """The same for many texts, by the program made from check_texts.cpp."""
    command = [driver, version]
    output = subprocess.run(command, input=frames_of(texts), stdout=subprocess.PIPE,
                            check=True).stdout
    return read_verdicts(output, texts)


def read_verdicts(output, texts):
    verdicts = []
    for line in output.decode("utf-8", "replace").split("\n")[:-1]:
        if line == "ok":
            verdicts.append(None)
        else:
            number, kind, _, message = line.split("\t", 3)
            verdicts.append((int(number), kind, message))
    if len(verdicts) != len(texts):
        sys.exit("%d verdicts on %d texts" % (len(verdicts), len(texts)))
    return verdicts


def disagreement(theirs, ours):
    """A short name for how the verdicts differ, or None. What is beyond CPython's limits may be
    anything; a fault without a line may stand on any."""
    if theirs == "beyond limits":
        return None
    if theirs is None and ours is not None:
        return "false error: " + ours[2]
    if theirs is not None and ours is None:
        return "missed: " + theirs[2]
    if theirs is not None and theirs[0] > 0 and theirs[0] != ours[0]:
        return "other line: " + theirs[2]
    return None


def judge(source, sink):
    for line in iter(source.readline, b""):
        verdict = of_cpython(source.read(int(line)))
        if verdict == "beyond limits":
            verdict = (0, "MemoryError", verdict)
        words = "ok" if verdict is None else "%d\t%s\t3\t%s" % verdict
        sink.write((words.replace("\n", " ") + "\n").encode("utf-8", "replace"))
    sink.flush()


if __name__ == "__main__":
    judge(sys.stdin.buffer, sys.stdout.buffer)
