#include "ringside/packetdrill/command.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "characters.hpp"
#include "numbers.hpp"
#include "shell.hpp"

namespace ringside::packetdrill {
namespace {

constexpr std::size_t max_operations = 4096;  // of one command: defaults.sh is short, what it sets is not
constexpr std::int64_t max_file = std::int64_t{1} << 30;
constexpr std::string_view settings_folder = "/proc/sys/";

std::string_view base_name(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == path.npos ? path : path.substr(slash + 1);
}

// One blank between words, none around them.
std::string with_single_blanks(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!blank)
      result += c;
    else if (!result.empty() && result.back() != ' ')
      result += ' ';
  }
  if (result.ends_with(' ')) result.pop_back();
  return result;
}

class Emulation {
 public:
  explicit Emulation(std::string_view file) : file_{file} {}

  // Whatever is understood succeeds, and so what is behind `||` does not happen.
  void run(const std::vector<ShellCommand>& commands) {
    for (const ShellCommand& command : commands) {
      if (command.if_failed) continue;
      command_ = &command;
      if (command.filters) {
        filter();
        continue;
      }
      arguments_ = std::span{command.words}.subspan(runs_a_file(command.words) ? 1 : 0);
      one();
    }
  }
  std::vector<SettingOperation> settings() { return std::move(operations_); }
  std::vector<FileOperation> files() { return std::move(files_); }
  std::vector<CountOperation> counts() { return std::move(counts_); }

 private:
  using Words = std::span<const std::string>;

  // . FILE, sh FILE, python3 FILE
  static bool runs_a_file(Words words) {
    constexpr std::string_view interpreters[]{".", "source", "sh", "bash", "python", "python3"};
    return words.size() > 1 && std::find(std::begin(interpreters), std::end(interpreters),
                                         base_name(words.front())) != std::end(interpreters);
  }

  void one() {
    counted_ = false;
    const std::string_view name = base_name(arguments_.front());
    arguments_ = arguments_.subspan(1);
    if (name == "defaults.sh") return defaults();
    if (name == "set_sysctls.py") return save_and_set();
    if (name == "sysctl_restore_${PPID}.sh") return add(RestoreSettings{});
    if (name == "sysctl") return sysctl();
    if (name == "echo") return echo();
    if (name == "dd") return fill_file();
    if (name == "touch") return make_files();
    if (name == "rm") return remove_files();
    if (name == "tc") return queue();
    if (name == "nstat") return read_counts();
    if (name == "true" || name == ":") return;
    if (flushes_metrics(name)) return add(ForgetMetrics{});
    if (!has_no_effect(name)) unsupported();
  }

  void defaults() {
    for (const Setting& setting : default_settings())
      add(SetSetting{std::string{setting.name}, std::string{setting.value}});
  }

  void save_and_set() {
    for (const std::string& argument : arguments_) {
      SetSetting setting = assignment(argument);
      add(SaveSetting{setting.name});
      add(std::move(setting));
    }
  }

  // sysctl [-q] [-w] name=value ...; a name alone would be printed.
  void sysctl() {
    for (const std::string& argument : arguments_) {
      const bool flags = argument.size() > 1 && argument.front() == '-' &&
                         argument.find_first_not_of("qwe", 1) == argument.npos;
      if (flags) continue;
      if (argument.starts_with('-')) unsupported();
      if (argument.find('=') != argument.npos)
        add(assignment(argument));
      else
        setting_name(argument);
    }
  }

  void echo() {
    const std::string output = command_->output.value_or("/dev/null");
    if (output == "/dev/null") return;
    if (!output.starts_with(settings_folder)) unsupported();
    const Words values = arguments_.subspan(!arguments_.empty() && arguments_.front() == "-n" ? 1 : 0);
    add(SetSetting{setting_name(output), value(fmt::format("{}", fmt::join(values, " ")))});
  }

  // dd bs=1 count=5 if=/dev/zero of=/tmp/file status=none
  void fill_file() {
    std::string path, source;
    std::int64_t block = 512, count = -1;
    for (const std::string_view argument : arguments_) {
      const std::size_t equals = argument.find('=');
      const std::string_view name = argument.substr(0, equals);
      const std::string_view value = equals == argument.npos ? "" : argument.substr(equals + 1);
      if (name == "of")
        path = value;
      else if (name == "if")
        source = value;
      else if (name == "bs" || name == "count")
        (name == "bs" ? block : count) = parse_integer(value).value_or(-1);
      else if (name != "status")
        unsupported();
    }
    const bool bounded = block >= 0 && count >= 0 && block <= max_file && count <= max_file;
    if (source != "/dev/zero" || path.empty() || !bounded || block * count > max_file) unsupported();
    add(FileOperation{path, block * count, false});
  }

  void make_files() {  // touch FILE ...
    for (const std::string& argument : arguments_) {
      if (argument.starts_with('-')) unsupported();
      add(FileOperation{argument, 0, true});
    }
  }

  void remove_files() {
    for (const std::string& argument : arguments_)
      if (!argument.starts_with('-')) add(FileOperation{argument, std::nullopt, false});
  }

  void read_counts() {  // nstat [-n] [-s]
    CountOperation operation;
    for (const std::string& argument : arguments_) {
      if (argument != "-n" && argument != "-s") unsupported();
      operation.count_on = operation.count_on || argument == "-s";
    }
    add(std::move(operation));
    counted_ = true;
  }

  // nstat | grep NAME | grep -q " 3 ": words, no expressions.
  void filter() {
    arguments_ = std::span{command_->words}.subspan(1);
    if (!arguments_.empty() && arguments_.front() == "-q") arguments_ = arguments_.subspan(1);
    const bool plain = command_->words.front() == "grep" && arguments_.size() == 1 &&
                       arguments_.front().find_first_of("-.*[]^$\\") == std::string::npos;
    if (!counted_ || !plain) unsupported();
    counts_.back().patterns.push_back(arguments_.front());
  }

  bool flushes_metrics(std::string_view name) const {
    const std::string all = fmt::format("{} {}", name, fmt::join(arguments_, " "));
    return all == "ip tcp_metrics flush all" || all == "ip tcp_metrics flush";
  }

  // What would change something that a simulator without offloads does not have.
  bool has_no_effect(std::string_view name) const {
    constexpr std::string_view of_modules[]{"modprobe", "kldload", "kldunload", "kldstat"};
    if (std::find(std::begin(of_modules), std::end(of_modules), name) != std::end(of_modules)) return true;
    return name == "ethtool" && turns_offloads_off();
  }

  // tc qdisc add dev tun0 root fq, tc qdisc add dev tun0 root pfifo limit 0, tc qdisc del dev tun0 root
  void queue() {
    constexpr std::string_view set[]{"add", "replace", "change"}, removed[]{"del", "delete"};
    const auto is_one_of = [&](const auto& words) {
      return std::find(std::begin(words), std::end(words), arguments_[1]) != std::end(words);
    };
    const std::size_t count = arguments_.size();
    const bool of_a_device =
        count >= 5 && arguments_[0] == "qdisc" && arguments_[2] == "dev" && arguments_[4] == "root";
    const bool sets = of_a_device && count >= 6 && is_one_of(set);
    const std::string queue = sets ? fmt::format("{}", fmt::join(arguments_.subspan(5), " ")) : "pfifo";
    const bool known = sets && (queue == "pfifo" || queue == "fq" || queue == full_queue);
    if (!known && !(of_a_device && count == 5 && is_one_of(removed))) unsupported();
    add(SetSetting{std::string{queue_setting}, queue});
  }

  bool turns_offloads_off() const {  // ethtool -K tun0 tso off gso off
    constexpr std::string_view offloads[]{"tso", "gso", "gro", "lro"};
    if (arguments_.size() < 4 || arguments_.size() % 2 != 0 || arguments_[0] != "-K") return false;
    for (std::size_t i = 2; i < arguments_.size(); i += 2) {
      const bool known =
          std::find(std::begin(offloads), std::end(offloads), arguments_[i]) != std::end(offloads);
      if (!known || arguments_[i + 1] != "off") return false;
    }
    return true;
  }

  SetSetting assignment(std::string_view text) const {
    const std::size_t equals = text.find('=');
    if (equals == text.npos) expected("NAME=value", text);
    return {setting_name(text.substr(0, equals)), value(text.substr(equals + 1))};
  }

  std::string setting_name(std::string_view text) const {
    std::string_view path = text;
    if (path.starts_with(settings_folder)) path.remove_prefix(settings_folder.size());
    std::string name{path};
    std::replace(name.begin(), name.end(), '/', '.');
    constexpr std::string_view characters =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.";
    if (name.empty() || name.find_first_not_of(characters) != name.npos)
      expected("the name of a setting", text);
    return name;
  }

  std::string value(std::string_view text) const {
    std::string result = with_single_blanks(text);
    if (result.empty()) expected("a value", text);
    return result;
  }

  template <class Operation>
  void add(Operation operation) {
    if (operations_.size() + files_.size() + counts_.size() == max_operations)
      fail(Fault::unsupported,
           fmt::format("unsupported: commands that change more than {} settings", max_operations));
    if constexpr (std::is_same_v<Operation, FileOperation>)
      files_.push_back(std::move(operation));
    else if constexpr (std::is_same_v<Operation, CountOperation>)
      counts_.push_back(std::move(operation));
    else
      operations_.push_back(std::move(operation));
  }

  [[noreturn]] void unsupported() const {
    std::string words;
    for (const std::string& word : command_->words) {
      if (words.size() > 100) break;  // it is cut, anyway
      words += (words.empty() ? "" : " ") + word;
    }
    if (command_->output) words += " > " + *command_->output;
    fail(Fault::unsupported, fmt::format("unsupported: the command '{}'", shown(words, 80)));
  }
  [[noreturn]] void expected(std::string_view what, std::string_view found) const {
    fail(Fault::malformed, fmt::format("expected {}, found '{}'", what, shown(found)));
  }
  [[noreturn]] void fail(Fault fault, const std::string& message) const {
    throw ScriptError{fault, file_, command_->at, message};
  }

  std::string_view file_;
  const ShellCommand* command_ = nullptr;
  Words arguments_{};
  std::vector<SettingOperation> operations_{};
  std::vector<FileOperation> files_{};
  std::vector<CountOperation> counts_{};
  bool counted_ = false;  // by the command that is filtered now
};

}  // namespace

std::vector<SettingOperation> settings_of(const Command& command, std::string_view file) {
  Emulation emulation{file};
  emulation.run(parse_shell(command, file));
  return emulation.settings();
}

std::vector<FileOperation> files_of(const Command& command, std::string_view file) {
  Emulation emulation{file};
  emulation.run(parse_shell(command, file));
  return emulation.files();
}

std::vector<CountOperation> counts_of(const Command& command, std::string_view file) {
  Emulation emulation{file};
  emulation.run(parse_shell(command, file));
  return emulation.counts();
}

}  // namespace ringside::packetdrill
