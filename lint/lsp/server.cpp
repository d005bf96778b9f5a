#include "lint/lsp/server.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "lint/lsp/settings.h"
#include "lint/lsp/uri.h"

namespace trainlint {

using Clock = std::chrono::steady_clock;

// While messages keep coming, findings still appear this often.
static constexpr auto longest_wait = std::chrono::milliseconds(200);

Server::Server(Sources sources, Send send)
    : workspace_(std::move(sources)), send_(std::move(send)) {}

void Server::receive(const std::string& content) {
  std::optional<Json> message = parse_message(content);
  if (!message) {
    send_(error_reply(nullptr, RpcError::parse_error, "the message is no JSON"));
    return;
  }
  if (text_in(*message, "method") == "$/cancelRequest") {
    cancelled_.insert(member(*message, "params/id").dump());
    return;
  }
  if (inbox_.empty()) waiting_since_ = Clock::now();
  inbox_.push_back(std::move(*message));
}

bool Server::overdue() const {
  return Clock::now() - waiting_since_ > longest_wait;
}

bool Server::work() {
  if (!inbox_.empty() && !overdue()) {
    Json message = std::move(inbox_.front());
    inbox_.pop_front();
    handle(message);
    return true;
  }
  const bool linted = state_ == State::running && lint();
  waiting_since_ = Clock::now();
  if (inbox_.empty()) cancelled_.clear();  // what was cancelled too late
  return linted || !inbox_.empty();
}

// One package; then what it changes is shown.
bool Server::lint() {
  if (look_at_disk_) workspace_.refresh(true);
  look_at_disk_ = false;
  const bool linted = workspace_.step();
  report_progress();
  publish();
  return linted;
}

// Before an answer about a file: what it is about is shown then.
void Server::finish(const std::string& file) {
  if (look_at_disk_) workspace_.refresh(true);
  look_at_disk_ = false;
  workspace_.finish(file);
  publish();
}

void Server::handle(const Json& message) {
  const Json& id = member(message, "id");
  const std::string method = text_in(message, "method");
  if (!message.is_object() || (method.empty() && id.is_null())) {
    send_(error_reply(nullptr, RpcError::invalid_request, "neither a request nor a response"));
  } else if (method.empty()) {
    auto found = waiting_for_.find(id.dump());
    if (found == waiting_for_.end()) return;
    auto then = std::move(found->second);
    waiting_for_.erase(found);
    if (then && message.contains("result")) then(message["result"]);
  } else if (id.is_null()) {
    notice(method, member(message, "params"));
  } else {
    answer(message, method);
  }
}

void Server::answer(const Json& message, const std::string& method) {
  static const std::map<std::string, Answerer, std::less<>> answerers = {
      {"initialize", &Server::initialize},
      {"shutdown", &Server::shut_down},
      {"textDocument/hover", &Server::hover},
      {"textDocument/codeAction", &Server::code_actions},
      {"textDocument/documentLink", &Server::document_links},
      {"textDocument/diagnostic", &Server::pull_document},
      {"workspace/diagnostic", &Server::pull_workspace},
      {"workspace/executeCommand", &Server::execute_command},
  };
  const Json& id = message["id"];
  auto refuse = [&](RpcError code, std::string_view why) { send_(error_reply(id, code, why)); };
  if (cancelled_.erase(id.dump()) > 0)
    return refuse(RpcError::request_cancelled, "cancelled by the client");
  const bool first = method == "initialize";
  if (state_ == State::new_born && !first)
    return refuse(RpcError::server_not_initialized, "'initialize' comes first");
  if (state_ == State::shut_down || (first && state_ != State::new_born))
    return refuse(RpcError::invalid_request, "not at this time");
  auto found = answerers.find(method);
  if (found == answerers.end())
    return refuse(RpcError::method_not_found, fmt::format("no method '{}'", method));
  send_(reply(id, (this->*found->second)(member(message, "params"))));
}

void Server::notice(const std::string& method, const Json& params) {
  static const std::map<std::string, Handler, std::less<>> handlers = {
      {"initialized", &Server::initialized},
      {"textDocument/didOpen", &Server::did_open},
      {"textDocument/didChange", &Server::did_change},
      {"textDocument/didSave", &Server::did_save},
      {"textDocument/didClose", &Server::did_close},
      {"workspace/didChangeWatchedFiles", &Server::did_change_watched_files},
      {"workspace/didChangeWorkspaceFolders", &Server::did_change_folders},
      {"workspace/didChangeConfiguration", &Server::did_change_configuration},
  };
  if (method == "exit") {
    exit_status_ = state_ == State::shut_down ? 0 : 1;
    return;
  }
  auto found = handlers.find(method);
  if (state_ == State::running && found != handlers.end()) (this->*found->second)(params);
}

void Server::ask(std::string_view method, Json params, std::function<void(const Json&)> then) {
  Json id = next_id_++;
  waiting_for_[id.dump()] = std::move(then);
  send_(request(id, method, std::move(params)));
}

void Server::say(std::string_view method, Json params) {
  send_(notification(method, std::move(params)));
}

// The folders that the client works in; older ones name a single root.
static std::vector<std::string> folders_in(const Json& params) {
  std::vector<std::string> folders;
  const Json& given = member(params, "workspaceFolders");
  if (given.is_array()) {
    for (const Json& folder : given)
      if (std::optional<std::string> path = path_of_uri(text_in(folder, "uri")))
        folders.push_back(std::move(*path));
  } else if (std::optional<std::string> root = path_of_uri(text_in(params, "rootUri"))) {
    folders.push_back(std::move(*root));
  } else if (std::string path = text_in(params, "rootPath"); !path.empty()) {
    folders.push_back(std::move(path));
  }
  return folders;
}

Json Server::initialize(const Json& params) {
  state_ = State::running;
  client_ = read_client(member(params, "capabilities"));
  workspace_.set_related(client_.related_information);
  const Json& options = member(params, "initializationOptions");
  apply_configuration("", options.contains("trainlint") ? options["trainlint"] : options);
  workspace_.set_folders(folders_in(params));
  Json capabilities = {
      {"positionEncoding", "utf-16"},
      {"textDocumentSync", {{"openClose", true}, {"change", 2}, {"save", true}}},
      {"hoverProvider", true},
      {"documentLinkProvider", {{"resolveProvider", false}}},
      {"codeActionProvider", {{"codeActionKinds", {"quickfix", "source.fixAll.trainlint"}}}},
      {"executeCommandProvider", {{"commands", {"trainlint.explain", "trainlint.createFile"}}}},
      {"workspace", {{"workspaceFolders", {{"supported", true}, {"changeNotifications", true}}}}}};
  if (client_.pulls_diagnostics)
    capabilities["diagnosticProvider"] = {{"identifier", "trainlint"},
                                          {"interFileDependencies", true},
                                          {"workspaceDiagnostics", true}};
  return {{"capabilities", std::move(capabilities)},
          {"serverInfo", {{"name", "trainlint"}, {"version", TRAINLINT_VERSION}}}};
}

Json Server::shut_down(const Json&) {
  state_ = State::shut_down;
  return nullptr;
}

void Server::initialized(const Json&) {
  Json registrations = Json::array();
  if (client_.watches_files)
    registrations.push_back({{"id", "files"},
                             {"method", "workspace/didChangeWatchedFiles"},
                             {"registerOptions", {{"watchers", {{{"globPattern", "**/*"}}}}}}});
  if (!registrations.empty())
    ask("client/registerCapability", {{"registrations", std::move(registrations)}});
  ask_for_configuration();
  begin_progress();
}

void Server::ask_for_configuration() {
  if (!client_.has_configuration) return;
  Json items = Json::array();
  items.push_back({{"section", "trainlint"}});
  const std::vector<std::string> folders = workspace_.folders();
  for (const std::string& folder : folders)
    items.push_back({{"scopeUri", file_uri(folder)}, {"section", "trainlint"}});
  ask("workspace/configuration", {{"items", std::move(items)}},
      [this, folders](const Json& result) {
        if (!result.is_array()) return;
        for (size_t i = 0; i < result.size() && i <= folders.size(); ++i)
          if (result[i].is_object()) apply_configuration(i == 0 ? "" : folders[i - 1], result[i]);
      });
}

void Server::apply_configuration(const std::string& folder, const Json& settings) {
  ClientSettings read = read_client_settings(settings);
  for (const std::string& fault : read.faults)
    say("window/logMessage", {{"type", 2}, {"message", fmt::format("trainlint: {}", fault)}});
  workspace_.set_settings(folder, read.layer);
}

// A first scan of one or two packages is over before anybody could read of it.
void Server::begin_progress() {
  const size_t packages = workspace_.waiting();
  if (!client_.shows_progress || packages < 3) return;
  ask("window/workDoneProgress/create", {{"token", "trainlint/scan"}}, [this](const Json&) {
    progress_total_ = workspace_.waiting();
    if (progress_total_ == 0) return;
    progress_ = "trainlint/scan";
    say("$/progress", {{"token", progress_},
                       {"value", {{"kind", "begin"}, {"title", "trainlint"}, {"percentage", 0}}}});
  });
}

void Server::report_progress() {
  if (progress_.empty()) return;
  const size_t left = std::min(workspace_.waiting(), progress_total_);
  const size_t done = progress_total_ - left;
  Json value = {{"kind", "end"}};
  if (left > 0)
    value = {{"kind", "report"},
             {"message", fmt::format("{} of {} packages", done, progress_total_)},
             {"percentage", 100 * done / progress_total_}};
  say("$/progress", {{"token", progress_}, {"value", std::move(value)}});
  if (left == 0) progress_.clear();
}

}  // namespace trainlint
