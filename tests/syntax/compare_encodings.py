#!/usr/bin/env python3
"""Compares trainlint with compile() on small texts in every encoding that Python's registry has.

    compare_encodings.py DRIVER [--count N] [--seed S]

DRIVER is the program made from check_texts.cpp. N texts are made for each codec, some of them
damaged or in UTF-8 after all. Nothing that compiles may be called wrong, and no fault be placed on
another line; what is not decoded here, or not as Python does, is silent and counted as missed.
"""
import argparse
import encodings.aliases
import random
import sys

import verdicts

WORDS = ["abc é", "你好世界中文变量数据模型训练", "データ学習モデル訓練テスト漢字", "모델학습데이터훈련한국어",
         "модельданныеобучение", "αβγδ", "naïve résumé"]
FORMS = ["# -*- coding: %s -*-\nx = '%s'\n", "# coding=%s\n# %s\nx = 1\n", "# coding: %s\nx%s = 1\n",
         "# coding: %s\nx = '%s\n", "# coding: %s\ndef f():\n  '''%s'''\n  return 1 +\n"]


def texts_in(codec, chance, count):
    for number in range(count):
        pool = chance.choice(WORDS)
        word = "".join(chance.choice(pool) for _ in range(chance.randint(1, 8)))
        text = chance.choice(FORMS) % (codec, word)
        try:
            data = text.encode(codec)
        except (LookupError, ValueError):
            data = text.encode("utf-8")
        if number % 5 == 0:
            place = chance.randrange(len(data))
            damage = bytes([chance.randrange(128, 256)])
            data = data[:place] + damage + data[place + chance.randint(0, 1):]
        yield data


def main():
    options = argparse.ArgumentParser()
    options.add_argument("driver")
    options.add_argument("--count", type=int, default=60)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    chance = random.Random(chosen.seed)
    codecs = sorted(set(encodings.aliases.aliases.values()) | {"koi8_u", "koi8_t", "utf_8_sig"})
    texts = [(codec, text) for codec in codecs for text in texts_in(codec, chance, chosen.count)]
    wrong, missed = 0, {}
    for (codec, text), ours in zip(texts, verdicts.of_trainlint(chosen.driver, [t for _, t in texts])):
        theirs = verdicts.of_cpython(text)
        difference = verdicts.disagreement(theirs, ours)
        if difference and difference.startswith("missed"):
            missed[codec] = missed.get(codec, 0) + 1
        elif difference:
            wrong += 1
            print("%s: %s (CPython %s, trainlint %s)\n    %r" % (codec, difference, theirs, ours, text))
    print("missed: " + ", ".join("%s %d" % item for item in missed.items()))
    print("%d texts in %d encodings, %d missed, %d wrong" %
          (len(texts), len(codecs), sum(missed.values()), wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
