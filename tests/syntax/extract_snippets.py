"""Compares trainlint with compile() on the texts in CPython's own tests.

    extract_snippets.py DRIVER [FOLDER...]

DRIVER is the program made from check_texts.cpp. A folder is a `test` package of the running Python;
without one, the usual places are looked at (on Debian, libpython3.11-testsuite brings it). Taken are
the examples of doctests, the strings given to compile, exec, eval and the checking methods of the
tests of syntax, and the files that must not compile. Exits with 77 when there are no tests.
"""
import ast
import doctest
import glob
import os
import sys
import sysconfig
import textwrap
import warnings

import verdicts

FILES = """
    test_syntax test_exceptions test_fstring test_grammar test_named_expressions test_patma
    test_positional_only_arg test_unpack_ex test_generators test_coroutines test_scope test_future
    test_except_star test_string_literals test_keywordonlyarg test_flufl test_compile test_global
    test_eof test_decorators test_dictcomps test_listcomps test_genexps test_setcomps test_with
    test_unicode_identifiers test_type_annotations test_asyncgen test_int test_bytes test_ast
    test_parser test_cmd_line_script test_metaclass test_extcall test_codeop test_peg_generator
    test_symtable test_complex test_float test_lambda test_pep646_syntax test_unpack test_raise
    test_contextlib test_dis test_peepholer test_tokenize test_compileall test_traceback
""".split()
METHODS = """
    compile exec eval check_syntax_error _check_error check_error checkAllRaise check
    assertAllRaise assertSyntaxError assert_syntax_error assertInvalid _check_noerror
    assertAllRaises assertRaises parse ast_parse dis_code run_code compile_single check_warning
    _testErrorAt
""".split()


def strings_in(node):
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, (str, bytes)):
            yield part.value


def called_name(call):
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def snippets_of_file(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called_name(node) in METHODS:
            yield from strings_in(node)
        elif isinstance(node, (ast.Assign, ast.For, ast.List, ast.Tuple)):
            # Tables of texts, of which the tests go through the rows.
            yield from strings_in(node)
    for docstring in (value for value in strings_in(tree) if isinstance(value, str)):
        if ">>>" in docstring:
            try:
                examples = doctest.DocTestParser().get_examples(docstring)
            except ValueError:
                continue
            yield from (example.source for example in examples)


def snippets_in(folder):
    for name in FILES:
        for path in glob.glob(os.path.join(folder, name + ".py")):
            yield from snippets_of_file(path)
    for path in glob.glob(os.path.join(folder, "**", "bad*.py"), recursive=True):
        with open(path, "rb") as file:
            yield file.read()


def as_file(snippet):
    """Bytes for compile(), or None for what no file can hold."""
    if isinstance(snippet, bytes):
        return snippet
    try:
        return snippet.encode("utf-8")
    except UnicodeEncodeError:
        return None


def collected(folders):
    texts = {}
    for folder in folders:
        for snippet in snippets_in(folder):
            for form in {snippet, textwrap.dedent(snippet) if isinstance(snippet, str) else snippet}:
                text = as_file(form)
                if text and len(text) < 200000:
                    texts[text] = True
    return list(texts)


def main():
    driver = sys.argv[1]
    stdlib = sysconfig.get_paths()["stdlib"]
    folders = sys.argv[2:] or [f for f in [os.path.join(stdlib, "test")]
                               if os.path.exists(os.path.join(f, "test_syntax.py"))]
    if not folders:
        print("skipped: CPython's tests are not installed (libpython3.11-testsuite)")
        return 77
    warnings.simplefilter("ignore")
    texts = collected(folders)
    differences, refused = 0, 0
    for text, ours in zip(texts, verdicts.of_trainlint(driver, texts)):
        theirs = verdicts.of_cpython(text)
        refused += theirs is not None
        difference = verdicts.disagreement(theirs, ours)
        if difference and not is_known(text, theirs):
            differences += 1
            print("%s\n    CPython %s, trainlint %s\n    %r" % (difference, theirs, ours, text[:300]))
    print("%d texts, %d refused by CPython, %d differences" % (len(texts), refused, differences))
    return 1 if differences else 0


def is_known(text, theirs):
    """What is left open on purpose: names of characters are not looked up, and nothing is said about
    a file that changes what the operators are."""
    if b"barry_as_FLUFL" in text:
        return True
    return theirs is not None and "unknown Unicode character name" in theirs[2]


if __name__ == "__main__":
    sys.exit(main())
