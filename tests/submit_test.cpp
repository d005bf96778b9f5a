#include <doctest/doctest.h>

#include "tests/support/program.h"

using namespace trainlint;

namespace {

// A `gcloud` that prints its arguments, a package that works and one that does not.
constexpr std::string_view place = R"(
-- bin/gcloud --
#!/bin/sh
printf '<%s>' "$@"
exit 7
-- good/trainer/__init__.py --
-- good/trainer/task.py --
import argparse

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--job-dir")
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--title")
    print(parser.parse_args())
-- bad/trainer/__init__.py --
-- bad/trainer/task.py --
from trainer import modle
)";

Outcome submit(const std::string& arguments) {
  Workplace workplace(place);
  workplace.shell("chmod +x bin/gcloud");
  return workplace.run("submit " + arguments, ".", "env PATH=\"$PWD/bin:$PATH\"");
}

constexpr const char* train =
    "gcloud ai-platform local train --module-name trainer.task --package-path ";

}  // namespace

TEST_CASE("submit becomes gcloud where nothing is wrong, and only there") {
  Outcome clean = submit(std::string("-- ") + train + "good/trainer -- --title '3  4'");
  CHECK(clean.status == 7);
  CHECK(clean.out ==
        "<ai-platform><local><train><--module-name><trainer.task><--package-path>"
        "<good/trainer><--><--title><3  4>");
  CHECK(has(clean.err, "no problems in 1 package (2 files)\n"));

  Outcome broken = submit(std::string("-- ") + train + "bad/trainer");
  CHECK(broken.status == 1);
  CHECK(broken.out == "");
  CHECK(has(broken.err, "bad/trainer/task.py:1:21: error:"));

  Outcome dry = submit(std::string("--dry-run -- ") + train + "good/trainer");
  CHECK(dry.status == 0);
  CHECK(dry.out == "");
}

TEST_CASE("submit refuses what gcloud would refuse, and commands that submit nothing") {
  Outcome flag = submit("-- gcloud ai-platform local train --modul-name trainer.task");
  CHECK(flag.status == 1);
  CHECK(flag.out == "");
  CHECK(has(flag.err, "has no flag '--modul-name'"));
  Outcome value = submit(std::string("-- ") + train + "good/trainer -- --epochs=many");
  CHECK(value.status == 1);
  CHECK(value.out == "");
  CHECK(has(value.err, "<command line>:1:90: error:"));
  CHECK(has(value.err, "invalid int value: 'many'"));
  CHECK(submit("").status == 2);
  CHECK(submit("-- rm -rf x").status == 2);
  CHECK(submit("-- gcloud storage ls").status == 2);
  CHECK(submit(std::string("-- ") + train + "nowhere/trainer").status == 2);
}

TEST_CASE("submit judges its own command, and no other of the folder") {
  Workplace workplace(place);
  workplace.shell(
      "chmod +x bin/gcloud; echo 'gcloud ai custom-jobs create --region eu' > good/other.sh; "
      "echo '{workerPoolSpecs: [{machineSpec: {machineType: 1}}]}' > job.yaml");
  auto submit_here = [&](const std::string& arguments) {
    return workplace.run("submit " + arguments, ".", "env PATH=\"$PWD/bin:$PATH\"");
  };
  CHECK(submit_here(std::string("-- ") + train + "good/trainer").status == 7);
  CHECK(submit_here("-- gcloud ai custom-jobs create --help").out ==
        "<ai><custom-jobs><create><--help>");
  const std::string job = "-- gcloud ai custom-jobs create --display-name x --region us-central1 ";
  Outcome file = submit_here(job + "--config job.yaml");
  CHECK(file.status == 1);
  CHECK(has(file.err, "job.yaml:1:48: error:"));
  CHECK(submit_here(job + "--config bin").status == 2);
  CHECK(has(submit_here(job + "--config bin").err, "'bin' is a folder"));
  // The table of flags may be older than this gcloud.
  const std::string newer =
      job + "--worker-pool-spec machine-type=n1-standard-4,container-image-uri=gcr.io/a/b --new=1";
  CHECK(submit_here(newer).status == 7);
  CHECK(submit_here("--fail-on warning " + newer).status == 1);
}

TEST_CASE("submit lets a command through that packs nothing") {
  Outcome image = submit(
      "-- gcloud ai custom-jobs create --display-name x --region us-central1 "
      "--worker-pool-spec "
      "machine-type=n1-standard-4,replica-count=1,container-image-uri=gcr.io/a/b");
  CHECK(image.status == 7);
  CHECK(has(image.err, "no code is packed by this command"));
}
