# Sourced by setup: which Debian packages are needed, which are missing, and how to get them although an archive is
# not in order. Everything apt says goes to the file $log; functions return non-zero instead of ending the program.

native_packages=(g++ cmake ninja-build git ccache nlohmann-json3-dev libcli11-dev libfmt-dev libvalijson-dev
  libexpected-dev googletest libbenchmark-dev libssl-dev python3 python3-jsonschema jq)
# What only the tests with sanitizers and the fuzz targets need.
clang_packages=(clang libclang-rt-dev llvm)
windows_packages=(g++-mingw-w64-x86-64-posix g++-mingw-w64-i686-posix wine wine64 wine32:i386)

missing_packages() { # <package>... -> the missing ones, one a line
  local installed package
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package} ${Package}:${Architecture} \n' "$@" 2>/dev/null |
    grep '^installed ') || true
  for package in "$@"; do
    if [[ $installed != *" $package "* ]]; then echo "$package"; fi
  done
}

as_root=()
can_become_root() {
  ((EUID)) || return 0
  # Without a terminal nobody can type a password.
  if [[ -t 0 ]]; then as_root=(sudo); else as_root=(sudo -n); fi
  command -v sudo >/dev/null && "${as_root[@]}" true 2>/dev/null
}

options=() # that make apt see other sources than the machine's
apt() {
  echo "# apt-get $*" >>"$log"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=600 "${options[@]}" "$@" \
    </dev/null 2>&1 | tee -a "$log"
}
# --no-remove: better no Wine than a machine that lost somebody's packages.
apt_install() { apt install -y --no-install-recommends --no-remove "$@" >/dev/null; }

last_error() { # of apt, in one line
  grep '^E: ' "$log" | tail -1 | sed 's/^E: //' | cut -c1-160
}

# Leaves apt only the distribution's release and its updates: neither the security suite nor other vendors' archives.
hide_security_suite() { # <empty folder>
  local ID VERSION_CODENAME
  . /etc/os-release
  # apt reads the machine's sources for us, whichever of the two formats they are in.
  apt-get indextargets --format '$(ORIGIN)|$(RELEASE)|deb $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
    awk -F'|' -v id="$ID" -v release="$VERSION_CODENAME" \
      'tolower($1) == id && ($2 == release || $2 == release "-updates") && !seen[$3]++ { print $3 }' >"$1/release.list"
  # List-Cleanup: what is known of the hidden archives stays for the next plain call of apt.
  options=(-o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$1" -o APT::Get::List-Cleanup=false)
  [[ -s $1/release.list ]]
}

# A library that both architectures share must have one version. With the security suite hidden the installed native
# one may be newer than what i386 can get. These are the shared libraries of that kind, both architectures of each.
libraries_ahead_of_i386() { # <package>...
  local name installed candidate
  # What apt would install on an empty system is all that the packages depend on.
  apt-get "${options[@]}" -o Dir::State::status=/dev/null -s install --no-install-recommends "$@" 2>>"$log" |
    sed -n 's/^Inst \([^ ]*\):i386 (\([^ ]*\) .*/\1 \2/p' |
    while read -r name candidate; do
      installed=$(dpkg-query -W -f '${Version}' "$name:$(dpkg --print-architecture)" 2>/dev/null) || continue
      if dpkg --compare-versions "$installed" gt "$candidate"; then echo "$name $name:i386"; fi
    done
}

# Installs with libraries taken back to the version of the release where 32-bit Wine needs that, and says which.
install_with_older_libraries() { # <empty folder> <package>...
  local folder=$1 libraries downgrades
  shift
  mapfile -t libraries < <(libraries_ahead_of_i386 "$@" | tr ' ' '\n')
  ((${#libraries[@]})) || return 1
  # A priority above 1000 lets apt take back also what depends on those libraries in just their version.
  printf 'Package: *\nPin: release n=%s*\nPin-Priority: 1001\n' "$(. /etc/os-release && echo "$VERSION_CODENAME")" \
    >"$folder/preferences"
  options+=(-o "Dir::Etc::preferences=$folder/preferences" -o Dir::Etc::preferencesparts=/dev/null)
  set -- --allow-downgrades "$@" "${libraries[@]}"
  downgrades=$(apt install -s --no-install-recommends --no-remove "$@" |
    sed -n 's/^Inst \([^ ]*\) \[\([^]]*\)\] (\([^ ]*\) .*/\1 \2 \3/p' |
    while read -r name installed candidate; do
      if dpkg --compare-versions "$installed" gt "$candidate"; then echo -n " $name $installed -> $candidate,"; fi
    done) || return 1
  say "taking back, as Wine needs one version for both architectures and i386 has no newer one:${downgrades%,}"
  apt_install "$@"
}

install_packages() { # <package>...
  local folder status=0
  apt update >/dev/null || say "an archive of this machine is not in order: $(last_error)"
  apt_install "$@" && return
  say "not installable: $(last_error)"
  say "trying without the security suite and other vendors' archives"
  folder=$(mktemp -d)
  mkdir "$folder/sources"
  hide_security_suite "$folder/sources" && apt update >/dev/null &&
    { apt_install "$@" || install_with_older_libraries "$folder" "$@"; } || status=1
  rm -r "$folder"
  options=()
  return "$status"
}
