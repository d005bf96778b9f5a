#include "lint/graph/names.h"

namespace trainlint {

void Journal::set(Scope& scope, std::string_view name, const Binding& binding) {
  auto [entry, inserted] = scope.names.try_emplace(name);
  if (depth_ > 0 && !exhausted()) {
    changes_.push_back({&scope, name, entry->second, !inserted});
    ++work_;
  }
  entry->second = binding;
}

Journal::Changes Journal::take_back(size_t mark) {
  Changes taken;
  if (exhausted()) {
    forget();
    return taken;
  }
  for (size_t i = changes_.size(); i-- > mark;) {
    Change& change = changes_[i];
    auto entry = change.scope->names.find(change.name);
    // The last change of a name is met first, and its present value is what the way ended with.
    taken.try_emplace({change.scope, change.name}, entry->second);
    if (change.existed)
      entry->second = change.before;
    else
      change.scope->names.erase(entry);
  }
  changes_.resize(mark);
  forget();
  return taken;
}

Binding join(const Binding& a, const Binding& b) {
  Binding joined;
  joined.bound = a.bound == b.bound ? a.bound : Bound::maybe;
  const bool same = a.meaning == b.meaning || b.bound == Bound::no;
  joined.meaning = same ? a.meaning : a.bound == Bound::no ? b.meaning : Meaning{};
  return joined;
}

static Binding present(const Scope& scope, std::string_view name) {
  const Binding* binding = scope.find(name);
  return binding ? *binding : Binding{};
}

void apply_changes(Journal& journal, const Journal::Changes& changes) {
  for (const auto& [name, binding] : changes) journal.set(*name.first, name.second, binding);
}

Journal::Changes join(const Journal::Changes& one, const Journal::Changes& other) {
  auto value_in = [](const Journal::Changes& changes, const Journal::Name& name) {
    auto found = changes.find(name);
    return found != changes.end() ? found->second : present(*name.first, name.second);
  };
  Journal::Changes joined;
  for (const auto& [name, binding] : one) joined[name] = join(binding, value_in(other, name));
  for (const auto& [name, binding] : other)
    if (!one.contains(name)) joined[name] = join(binding, present(*name.first, name.second));
  return joined;
}

}  // namespace trainlint
