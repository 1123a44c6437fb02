// fork, exec, and the two ends of its output. No shell is involved.
#include "child.hpp"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <memory>
#include <stdexcept>

namespace ringside::scenarios {
namespace {

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Close>;

File scratch_file() {
  File file{std::tmpfile()};
  if (!file) throw std::runtime_error{"tmpfile"};
  return file;
}

std::string content(const File& file) {
  std::string text;
  std::rewind(file.get());
  for (int c = std::fgetc(file.get()); c != EOF; c = std::fgetc(file.get())) text += static_cast<char>(c);
  return text;
}

[[noreturn]] void become(const std::string& program, const std::vector<std::string>& arguments,
                         const std::vector<std::string>& environment) {
  for (const std::string& variable : environment) putenv(const_cast<char*>(variable.c_str()));
  std::vector<char*> argv{const_cast<char*>("ringside")};
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  execv(program.c_str(), argv.data());
  _exit(127);
}

}  // namespace

Outcome run_child(const std::string& program, const std::vector<std::string>& arguments,
                  const std::vector<std::string>& environment) {
  const File out = scratch_file();
  const File err = scratch_file();
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error{"fork"};
  if (child == 0) {
    dup2(fileno(out.get()), STDOUT_FILENO);
    dup2(fileno(err.get()), STDERR_FILENO);
    become(program, arguments, environment);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return {.exit = WIFEXITED(status) ? WEXITSTATUS(status) : -1, .out = content(out), .err = content(err)};
}

}  // namespace ringside::scenarios
