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
# Trees of linux-x64 that are built for other things besides running; see tools/cmake/instrument.cmake.
instrumented_trees=(linux-x64-sanitize linux-x64-coverage)
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

# Without winedbg a candidate's crash costs 30 ms instead of 1.4 s; mscoree and mshtml would offer downloads;
# winemenubuilder would add to the user's menus. Without a display a message box returns at once.
export WINEPREFIX=${MMIO_CTS_WINEPREFIX:-$cache/wine}
export WINEARCH=win64 WINEDEBUG=-all WINEDLLOVERRIDES="mscoree=;mshtml=;winedbg.exe=d;winemenubuilder.exe=d"
unset DISPLAY WAYLAND_DISPLAY
wine_x64=/usr/lib/wine/wine64
wine_x86=/usr/lib/wine/wine
wineserver=/usr/lib/wine/wineserver
prefix_marker=$WINEPREFIX/made-by-mmio-cts

# Whether programs of an ABI can be built and run here.
abi_ready() {
  local programs=(cmake ninja) needed
  case $1 in
    linux-x64) programs+=(g++) ;;
    windows-x64) programs+=(x86_64-w64-mingw32-g++-posix "$wine_x64") ;;
    windows-x86) programs+=(i686-w64-mingw32-g++-posix "$wine_x86") ;;
  esac
  for needed in "${programs[@]}"; do
    command -v "$needed" >/dev/null || return
  done
  [[ $1 == linux-x64 || -f $prefix_marker ]]
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
    exec {lock}>"$WINEPREFIX/wineserver.lock"
    flock "$lock"
    # Exit code 2: a server was there.
    if "$wineserver" -p300 {lock}>&-; then
      "$wine_x64" wineboot {lock}>&-
    fi
  ) || true
}

# Whatever a program of this folder needs before it can run candidates: packages, a prefix, all that is built, a warm
# Wine. Sets ready_abis: the wanted ABIs that can be had; setup and build say why another one cannot.
# prepare [--program]: as for tools/build.
prepare() {
  local abi trees=(linux-x64)
  "$project_root/tools/setup" || abi_ready linux-x64 || exit 70
  ready_abis=()
  for abi in "${wanted_abis[@]}"; do
    if abi_ready "$abi"; then ready_abis+=("$abi"); fi
  done
  for abi in "${ready_abis[@]}"; do
    # linux-x64 is built in any case: the program that starts every other ABI's workers is native.
    [[ $abi == linux-x64 ]] || trees+=("$abi")
  done
  "$project_root/tools/build" "$@" "${trees[@]}"
  if ((${#trees[@]} > 1)); then warm_wine; fi
}
all_wanted_are_ready() { ((${#ready_abis[@]} == ${#wanted_abis[@]})); }
