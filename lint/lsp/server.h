#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "lint/lsp/client.h"
#include "lint/lsp/workspace.h"

namespace trainlint {

// The language server (LSP 3.17), without its streams: messages come in by receive(), and what is
// to be sent goes to `send`. Nothing happens but in work(), one message or one package at a time,
// so that what is cancelled before its turn is not done.
class Server {
 public:
  using Send = std::function<void(const Json& message)>;
  Server(Sources sources, Send send);

  // The content of a message.
  void receive(const std::string& content);
  // False when there is nothing to do until the next message.
  bool work();
  // How the program is to end, once "exit" has come: 0 after "shutdown", else 1.
  std::optional<int> exit_status() const { return exit_status_; }
  bool was_shut_down() const { return state_ == State::shut_down; }

 private:
  enum class State { new_born, running, shut_down };
  using Handler = void (Server::*)(const Json& params);
  using Answerer = Json (Server::*)(const Json& params);

  void handle(const Json& message);
  void answer(const Json& message, const std::string& method);
  void notice(const std::string& method, const Json& params);
  void ask(std::string_view method, Json params,
           std::function<void(const Json& result)> then = nullptr);
  void say(std::string_view method, Json params);
  bool lint();
  void finish(const std::string& file);
  bool overdue() const;

  // Lifecycle (server.cpp).
  Json initialize(const Json& params);
  Json shut_down(const Json& params);
  void initialized(const Json& params);
  void ask_for_configuration();
  void apply_configuration(const std::string& folder, const Json& settings);
  void begin_progress();
  void report_progress();

  // Documents and files (synchronize.cpp).
  void did_open(const Json& params);
  void did_change(const Json& params);
  void did_save(const Json& params);
  void did_close(const Json& params);
  void did_change_watched_files(const Json& params);
  void did_change_folders(const Json& params);
  void did_change_configuration(const Json& params);

  // Diagnostics (diagnose.cpp).
  void publish();
  bool is_pulled(const std::string& file) const;
  void withdraw_pushed(bool open_files);
  Json pull_document(const Json& params);
  Json pull_workspace(const Json& params);
  std::string result_id(const std::string& file, const Json& diagnostics);

  // Actions (act.cpp).
  Json hover(const Json& params);
  Json code_actions(const Json& params);
  Json document_links(const Json& params);  // links.cpp
  Json execute_command(const Json& params);
  Json fix_action(const Run& run, const Fix& fix) const;
  void add_actions(const FileInRun& file, const std::string& shown, const Json& params,
                   Json& actions) const;
  bool may_create(const std::string& file) const;

  // A file that was pushed, or pulled under an identifier.
  struct Known {
    Json diagnostics;
    uint64_t id = 0;
  };

  Workspace workspace_;
  Send send_;
  State state_ = State::new_born;
  std::optional<int> exit_status_;
  Client client_;
  std::deque<Json> inbox_;
  std::set<std::string> cancelled_;  // requests, by the text of their id
  int64_t next_id_ = 1;
  std::map<std::string, std::function<void(const Json&)>> waiting_for_;
  bool look_at_disk_ = false;
  std::chrono::steady_clock::time_point waiting_since_{};
  std::string progress_;  // the token; "" for none
  size_t progress_total_ = 0;

  std::map<std::string, Json> pushed_;  // by file: what the client shows
  std::map<std::string, Known> pulled_;
  uint64_t last_result_ = 0;
  bool pulls_documents_ = false, pulls_workspace_ = false;  // the client has done so
};

}  // namespace trainlint
