// Catch2 under one include, whichever version the distribution has: 2 in Debian 12, 3 in Ubuntu 24.04 and
// Debian 13.
#pragma once

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
using Catch::Approx;
#else
#include <catch2/catch.hpp>
#endif
