# Sourced by the programs of this folder: the one home of where things are, which ABIs are wanted, and of Wine's settings.
#
#   MMIO_CTS_ABIS         the ABIs to work with, separated by spaces or commas; default: all three
#   MMIO_CTS_WINEPREFIX   where Wine's prefix lies; default: the user's cache

project_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/mmio-cts
program=$(basename "$0")

say() { printf '%s: %s\n' "$program" "$*" >&2; }
fail() { # <exit code> <one line>
  local code=$1
  shift
  say "$*"
  exit "$code"
}

all_abis="linux-x64 windows-x64 windows-x86"
require_abi_names() {
  local abi
  for abi in "$@"; do
    [[ " $all_abis " == *" $abi "* ]] || fail 2 "unknown ABI '$abi'; there are: $all_abis"
  done
}
wanted=${MMIO_CTS_ABIS:-$all_abis}
read -r -d '' -a wanted_abis <<<"${wanted//,/ }" || true
((${#wanted_abis[@]})) || fail 2 "MMIO_CTS_ABIS names no ABI; there are: $all_abis"
require_abi_names "${wanted_abis[@]}"
windows_wanted() { [[ " ${wanted_abis[*]}" == *" windows-"* ]]; }

# Without winedbg a candidate's crash costs 30 ms instead of 1.4 s; mscoree and mshtml would offer downloads. A display
# is taken away so that a message box returns at once instead of waiting for somebody.
export WINEPREFIX=${MMIO_CTS_WINEPREFIX:-$cache/wine}
export WINEARCH=win64 WINEDEBUG=-all WINEDLLOVERRIDES="mscoree=;mshtml=;winedbg.exe=d"
unset DISPLAY WAYLAND_DISPLAY
wine_x64=/usr/lib/wine/wine64
wine_x86=/usr/lib/wine/wine
prefix_marker=$WINEPREFIX/made-by-mmio-cts

# Whether programs of an ABI can be built and run here.
abi_ready() {
  case $1 in
    linux-x64) command -v cmake ninja g++ ;;
    windows-x64) command -v cmake ninja x86_64-w64-mingw32-g++-posix "$wine_x64" && [[ -f $prefix_marker ]] ;;
    windows-x86) command -v cmake ninja i686-w64-mingw32-g++-posix "$wine_x86" && [[ -f $prefix_marker ]] ;;
  esac >/dev/null
}
ready_abis() { # the wanted ones, one a line
  local abi
  for abi in "${wanted_abis[@]}"; do
    if abi_ready "$abi"; then echo "$abi"; fi
  done
}

# What Wine keeps running in the background holds every file it inherits, for as long as it runs: somebody who reads
# from a pipe among them would wait for its end.
close_inherited_files() {
  local fd
  exec </dev/null >/dev/null 2>&1
  for fd in "/proc/$BASHPID/fd/"*; do
    fd=${fd##*/}
    # 255 is where bash reads this script from; programs do not inherit it.
    if ((fd > 2 && fd != 255)); then exec {fd}>&-; fi
  done
}

# Starts the server and services of the prefix, unless they run already (5 ms), so that the first candidate neither pays
# for that (0.7 s) nor hands its pipes to them. They end by themselves five minutes after the last program. Until they
# are up nobody else may start a program: hence the lock.
warm_wine() {
  (
    close_inherited_files
    exec {lock}>"$cache/wineserver.lock"
    flock "$lock"
    # Exit code 2: a server was there.
    if wineserver -p300 {lock}>&-; then
      "$wine_x64" wineboot {lock}>&-
    fi
  ) || true
}
