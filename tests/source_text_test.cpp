#include <doctest/doctest.h>

#include <memory>
#include <string>

#include "lint/python/source_text.h"

using namespace trainlint;

static SourceText decode(std::string bytes) {
  return decode_source(std::make_shared<const std::string>(std::move(bytes)));
}

TEST_CASE("text in UTF-8 is taken as it is, without its byte order mark") {
  SourceText plain = decode("x = 'é'\n");
  CHECK(*plain.text == "x = 'é'\n");
  CHECK(plain.exact);
  CHECK_FALSE(plain.fault);
  CHECK(*decode("\xEF\xBB\xBFx = 1\n").text == "x = 1\n");
}

TEST_CASE("an encoding comment in the first two lines decides") {
  CHECK(*decode("# -*- coding: latin-1 -*-\nx = '\xE9'\n").text ==
        "# -*- coding: latin-1 -*-\nx = 'é'\n");
  CHECK(*decode("#!/usr/bin/python\n# vim: set fileencoding=cp1251 :\n# \xE6\n").text ==
        "#!/usr/bin/python\n# vim: set fileencoding=cp1251 :\n# ж\n");
  CHECK(*decode("# coding=gbk\n# \xD6\xD0\n").text == "# coding=gbk\n# 中\n");
  CHECK_FALSE(decode("x = 1\n# coding: nonsense\n").fault);
  CHECK_FALSE(decode("\n\n# coding: nonsense\n").fault);
}

TEST_CASE("of what only Python's own codec decodes nothing is known") {
  CHECK(decode("# coding: hz\n~{VPND~} = 1\n").unknown);
  CHECK(decode("# coding: cp950\n\xC7\xD5 = 1\n").unknown);
  CHECK(decode("# coding: gbk\n# \xFF\n").unknown);
  CHECK_FALSE(decode("# coding: gbk\n\xD6\xD0 = 1\n").unknown);
  CHECK_FALSE(decode("# coding: iso2022_jp\nx = '\x1B$B4A\x1B(B'\n").unknown);
}

TEST_CASE("encodings that CPython refuses are faults on the line that names them") {
  auto message = [](std::string bytes) {
    SourceText source = decode(std::move(bytes));
    return source.fault ? source.fault->message : "no fault";
  };
  CHECK(message("\n# coding: nonsense\n") == "unknown encoding: nonsense");
  CHECK(message("# coding: rot13\n") == "'rot13' is not a text encoding");
  CHECK(message("\xEF\xBB\xBF# coding: latin-1\n") == "encoding problem: iso-8859-1 with BOM");
  CHECK(message("# coding: ascii\nx = '\xE9'\n") ==
        "'ascii' codec can't decode byte 0xe9 in position 21");
  CHECK(message("# coding: cp1252\nx = '\x81'\n") ==
        "'cp1252' codec can't decode byte 0x81 in position 22");
  CHECK(message("x\n = '" + std::string(1, '\0') + "'") ==
        "source code string cannot contain null bytes");
}

TEST_CASE("invalid UTF-8 is replaced and the lines stay") {
  SourceText source = decode("# \xFF\nx = 1\n");
  CHECK(*source.text == "# \xEF\xBF\xBD\nx = 1\n");
  CHECK_FALSE(source.exact);
  CHECK_FALSE(source.fault);
}
