// SHA-256 of what passes by, through OpenSSL.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

struct evp_md_ctx_st;

namespace ringside::scenarios {

class Sha256 {
 public:
  Sha256();
  void add(std::span<const std::uint8_t> bytes);
  std::string hex() const;  // of everything added so far

 private:
  struct Free {
    void operator()(evp_md_ctx_st*) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

}  // namespace ringside::scenarios
