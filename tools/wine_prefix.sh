# Sourced by setup: makes the one Wine prefix in which candidates run.

wine_version() { dpkg-query -W -f '${Version}' libwine:i386 2>/dev/null; }

prefix_is_current() { [[ -f $prefix_marker && $(<"$prefix_marker") == "$(wine_version)" ]]; }

# Wine copies its own DLLs into a prefix, 1.2 GB of them. Those that equal the system's become links to them.
link_builtin_files() { # <folder of the prefix> <folder of the system>
  local file
  for file in "$1"/*; do
    if [[ -f $file && ! -L $file ]] && cmp -s "$file" "$2/${file##*/}"; then
      ln -sf "$2/${file##*/}" "$file"
    fi
  done
}

# Makes the prefix anew; non-zero if Wine does not run in it.
make_prefix() {
  local target=$WINEPREFIX windows
  # Made under another name, so that an interrupted setup leaves nothing that looks finished.
  local -x WINEPREFIX=$target.unfinished
  rm -rf "$WINEPREFIX"
  mkdir -p "$WINEPREFIX"
  (
    close_inherited_files
    "$wine_x64" wineboot --init
    "$wineserver" -w
  )
  windows=$WINEPREFIX/drive_c/windows
  link_builtin_files "$windows/system32" /usr/lib/x86_64-linux-gnu/wine/x86_64-windows
  link_builtin_files "$windows/syswow64" /usr/lib/i386-linux-gnu/wine/i386-windows
  # A newer Wine would update the prefix by writing through those links into the system's files. We make a new one then.
  echo disable >"$WINEPREFIX/.update-timestamp"
  runs_both_bitnesses || return 1
  wine_version >"$WINEPREFIX/${prefix_marker##*/}"
  "$wineserver" -k -w || true
  WINEPREFIX=$target "$wineserver" -k -w || true
  rm -rf "$target"
  mv "$WINEPREFIX" "$target"
}

runs_both_bitnesses() {
  (
    close_inherited_files
    status=0
    "$wine_x64" 'C:\windows\system32\cmd.exe' /c exit 64 || status=$?
    ((status == 64)) || exit 1
    status=0
    "$wine_x86" 'C:\windows\syswow64\cmd.exe' /c exit 32 || status=$?
    ((status == 32))
  )
}
