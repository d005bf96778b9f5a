#include <algorithm>

#include "lint/rule/rule.h"
#include "lint/source/archive_facts.h"

namespace trainlint {

static Severity severity_of(MemberFaultKind kind) {
  bool refused = kind == MemberFaultKind::outside || kind == MemberFaultKind::unnameable;
  return refused ? Severity::error : Severity::warning;
}

static std::string message_of(const MemberFault& fault) {
  switch (fault.kind) {
    case MemberFaultKind::outside:
      return "leads out of the folder it is unpacked in, so pip refuses the archive";
    case MemberFaultKind::link_outside:
      return fmt::format(
          "a link to '{}', out of the folder it is unpacked in: newer pip refuses "
          "the archive",
          fault.target);
    case MemberFaultKind::special:
      return "neither a file nor a folder: pip leaves it out or refuses the archive";
    case MemberFaultKind::repeated:
      return "is in the archive more than once; the last one holds";
    case MemberFaultKind::backslash:
      return "has a backslash in its name, which is no divider of folders on the worker";
    case MemberFaultKind::unnameable:
      return "has a name that no file system of the worker takes, so pip stops";
  }
  return "";
}

static void check(const Package& package, Report& report) {
  const ArchiveFacts* archive = package.tree->archive();
  if (archive == nullptr) return;
  constexpr size_t most_of_a_kind = 5;
  const std::vector<MemberFault>& faults = archive->faults;
  for (size_t begin = 0; begin < faults.size();) {
    size_t end = begin;
    while (end < faults.size() && faults[end].kind == faults[begin].kind) ++end;
    for (size_t i = begin; i < std::min(end, begin + most_of_a_kind); ++i) {
      Report::Added added = report.add({faults[i].member, std::nullopt}, message_of(faults[i]));
      added.severity(severity_of(faults[i].kind));
      if (i == begin && end - begin > most_of_a_kind)
        added.note(fmt::format("{} members are like this", end - begin));
    }
    begin = end;
  }
}

extern constinit const Rule unsafe_archive_member = {
    .name = "unsafe-archive-member",
    .severity = Severity::error,
    .summary = "a member of the archive cannot be unpacked as it is named",
    .explanation = R"(
pip unpacks an archive into an empty folder and stops at a member that would come to lie outside it:
an absolute path, or one with `..` in it. It also stops at names that no file system takes. Such
archives are made by hand, from the wrong folder, or by somebody who means harm.

Other members are a warning: links that lead out of the archive (refused from pip 25 on), devices
and pipes, names with a backslash, as some tools on Windows write them, and names that come twice,
of which the last one holds.
)",
    .bad = R"(
trainer-0.1.tar.gz
-- trainer-0.1/setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages())
-- trainer-0.1/trainer/__init__.py --
-- trainer-0.1/trainer/task.py --
print("training")
-- trainer-0.1/../rows.csv --
1,2
)",
    .good = R"(
trainer-0.1.tar.gz
-- trainer-0.1/setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages())
-- trainer-0.1/trainer/__init__.py --
-- trainer-0.1/trainer/task.py --
print("training")
-- trainer-0.1/rows.csv --
1,2
)",
    .check = check,
};

}  // namespace trainlint
