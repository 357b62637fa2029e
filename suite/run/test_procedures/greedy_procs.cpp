// Procedures that take what a sandbox limits; each comes to an end by itself where nothing stops it.
#include <chrono>
#include <cstdlib>

#include "suite/contract/mmsystem.h"

/// Allocates a GiB, and takes for granted that it gets it.
extern "C" LRESULT CALLBACK AllocatingProc(LPSTR, UINT, LPARAM, LPARAM) {
  constexpr std::size_t piece = 16u << 20;
  for (int i = 0; i < 64; ++i) {
    auto* memory = static_cast<volatile char*>(std::malloc(piece));
    memory[0] = 1;
  }
  return 0;
}

/// OPEN computes for as many milliseconds as the name says.
extern "C" LRESULT CALLBACK ComputingProc(LPSTR, UINT uMsg, LPARAM lParam1, LPARAM) {
  if (uMsg != MMIOM_OPEN) return 0;
  const std::chrono::milliseconds wanted(std::atoi(reinterpret_cast<const char*>(lParam1)));
  const auto start = std::chrono::steady_clock::now();
  while (std::chrono::steady_clock::now() - start < wanted) {
  }
  return 0;
}
