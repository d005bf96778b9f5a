#include <doctest/doctest.h>

#include <string_view>
#include <utility>
#include <vector>

#include "lint/launch/job/plain_scalar.h"

using namespace trainlint;

// The kinds are those of yaml.org/type/{null,bool,int,float,timestamp}.html.
TEST_CASE("plain scalars of a job file are what YAML 1.1 takes them for") {
  const std::vector<std::pair<JobShape, std::vector<std::string_view>>> kinds = {
      {JobShape::nothing, {"", "~", "null", "NULL"}},
      {JobShape::boolean, {"y", "No", "TRUE", "off"}},
      {JobShape::integer,
       {"685230", "+685_230", "02472256", "0x_0A_74_AE", "0b1010_0111", "190:20:30", "0", "-7"}},
      {JobShape::number,
       {"6.8523015e+5", "685.230_15e+03", "685_230.15", "190:20:30.15", "-.inf", ".NaN", "1.",
        "1e3", ".5", ".5e+3"}},
      {JobShape::date,
       {"2001-12-14", "2001-12-14t21:59:43.10-05:00", "2001-12-14 21:59:43.10 -5",
        "2001-12-15 2:59:43.10", "2001-1-1T1:00:00Z"}},
      {JobShape::text,
       {"_", "nULL", "tRue", "08:", "1:.5", "12:60", "+.nan", ".5e3", "1e", "0o7", "2001-1-1",
        "2001-12-14 ", "2001-12-14T21:59", "1.5:3", "us-central1"}}};
  for (const auto& [shape, texts] : kinds)
    for (std::string_view text : texts) {
      INFO(text);
      CHECK(shape_of_plain(text) == shape);
    }
}
