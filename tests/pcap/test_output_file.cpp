// Complete or absent.
#include <filesystem>
#include <string>
#include <vector>

#include "catch.hpp"
#include "ringside/pcap/output_file.hpp"
#include "scratch.hpp"

using namespace ringside::pcap;

TEST_CASE("the file appears under its name when it is complete") {
  const Scratch folder;
  OutputFile file{folder / "result.json"};
  file.write("{\"ok\":");
  CHECK_FALSE(std::filesystem::exists(folder / "result.json"));
  file.write("true}");
  file.finish();
  CHECK(contents(folder / "result.json") == "{\"ok\":true}");
  CHECK(folder.files() == std::vector<std::string>{"result.json"});
}

TEST_CASE("without finish() nothing is left, and an older file of the name stays") {
  const Scratch folder;
  put(folder / "result.json", "older");
  {
    OutputFile file{folder / "result.json"};
    file.write("half");
    CHECK(folder.files().size() == 2);
  }
  CHECK(contents(folder / "result.json") == "older");
  CHECK(folder.files() == std::vector<std::string>{"result.json"});
}

TEST_CASE("two writers of one name do not disturb each other: the last to finish stays") {
  const Scratch folder;
  OutputFile first{folder / "result.csv"};
  OutputFile second{folder / "result.csv"};
  first.write("first");
  second.write("second");
  second.finish();
  first.finish();
  CHECK(contents(folder / "result.csv") == "first");
}

TEST_CASE("the finished file has the permissions of any new file") {
  const Scratch folder;
  put(folder / "ordinary", "");
  OutputFile file{folder / "finished"};
  file.finish();
  const auto permissions = [](const std::string& path) {
    return std::filesystem::status(path).permissions();
  };
  CHECK(permissions(folder / "finished") == permissions(folder / "ordinary"));
}

TEST_CASE("what cannot be written says where and why") {
  const Scratch folder;
  put(folder / "file", "not a folder");
  const auto opening = [](const std::string& path) { return error_of([&] { OutputFile{path}; }); };
  CHECK(opening(folder / "missing/a.json") == folder / "missing/a.json" + ": No such file or directory");
  CHECK(opening(folder / "file/a.json") == folder / "file/a.json" + ": Not a directory");
}

TEST_CASE("a folder of that name is refused at once") {
  const Scratch folder;
  std::filesystem::create_directory(folder / "taken");
  CHECK(error_of([&] { OutputFile{folder / "taken"}; }) == folder / "taken" + ": Is a directory");
  CHECK(folder.files() == std::vector<std::string>{"taken"});
}

TEST_CASE("a name that is taken by a folder meanwhile leaves no temporary file") {
  const Scratch folder;
  {
    OutputFile file{folder / "taken"};
    std::filesystem::create_directory(folder / "taken");
    CHECK_THROWS_AS(file.finish(), OutputError);
  }
  CHECK(folder.files() == std::vector<std::string>{"taken"});
}

TEST_CASE("a device stays a device") {
  OutputFile file{"/dev/null"};
  file.write("text");
  file.finish();
  CHECK(std::filesystem::is_character_file("/dev/null"));
}

TEST_CASE("a link stays a link: the file behind it is replaced") {
  const Scratch folder;
  std::filesystem::create_directory(folder / "kept");
  put(folder / "kept/result.json", "older");
  std::filesystem::create_symlink("kept/result.json", folder / "latest.json");
  OutputFile file{folder / "latest.json"};
  file.write("newer");
  file.finish();
  CHECK(std::filesystem::is_symlink(folder / "latest.json"));
  CHECK(contents(folder / "kept/result.json") == "newer");
  CHECK(std::distance(std::filesystem::directory_iterator{folder / "kept"}, {}) == 1);
}

TEST_CASE("/dev/stdout is the standard output, wherever that goes") {
  const Scratch folder;
  {
    const RedirectedOutput redirected{folder / "stdout"};
    OutputFile before{"-"};
    before.write("a line\n");
    before.finish();
    OutputFile file{"/dev/stdout"};
    file.write("another\n");
    file.finish();
  }
  CHECK(contents(folder / "stdout") == "a line\nanother\n");
  CHECK(std::filesystem::is_symlink("/dev/stdout"));
}

TEST_CASE("- is the standard output") {
  const Scratch folder;
  {
    const RedirectedOutput redirected{folder / "stdout"};
    OutputFile file{"-"};
    file.write("a line\n");
    file.finish();
  }
  CHECK(contents(folder / "stdout") == "a line\n");
}

TEST_CASE("a full disk is noticed when the file is finished, at the latest") {
  if (!std::filesystem::exists("/dev/full")) return;
  const auto write_all = [] {
    OutputFile file{"/dev/full"};
    file.write("a line\n");
    file.finish();
  };
  CHECK(error_of(write_all) == "/dev/full: No space left on device");
}
