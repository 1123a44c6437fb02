// A descriptor of the kernel, closed when its owner goes.
#pragma once

#include <string_view>
#include <utility>

namespace ringside::tap {

class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int number) : number_{number} {}
  ~FileDescriptor();
  FileDescriptor(FileDescriptor&& other) noexcept : number_{std::exchange(other.number_, -1)} {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  int number() const { return number_; }

 private:
  int number_ = -1;
};

// What a system call returned. A negative value throws Missing: what was wanted, and why the kernel refused.
int checked(int returned, std::string_view wanted);

}  // namespace ringside::tap
