# shellcheck shell=bash
# What every tool here needs before it starts; sourced, never run.
#
# It finds Swift, checks its version, and sees to the system packages that the build links with:
# installs them where it may, and otherwise names the one line to type.

# The program needs this much of Swift 6; a tool may ask for more.
readonly SWIFT_NEEDED_MINOR=1
readonly EX_UNAVAILABLE=69

# A crash prints no backtrace: the backtracer can take all of a small machine.
export SWIFT_BACKTRACE=enable=no

say() { printf '%s\n' "$@"; }
warn() { printf '%s\n' "$@" >&2; }

# die CODE SENTENCE…
die() {
  local code=$1
  shift
  warn "$@"
  exit "$code"
}

# The comment at the head of a tool, as its --help.
say_header() { sed -n '2,/^[^#]/{s/^# \{0,1\}//p;}' "$1"; }

# The folder of the package, whatever the current one is.
package_folder() { (cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd); }

# Puts Swift on the PATH when it stands in one of its usual places.
find_swift() {
  command -v swift >/dev/null 2>&1 && return 0
  local folder
  for folder in \
    "${SWIFTLY_BIN_DIR:-}" "$HOME/.local/share/swiftly/bin" "$HOME/.swiftly/bin" \
    /opt/swift/usr/bin /usr/local/swift/usr/bin /usr/libexec/swift/*/bin /opt/swift*/usr/bin
  do
    if [ -n "$folder" ] && [ -x "$folder/swift" ]; then
      export PATH="$folder:$PATH"
      return 0
    fi
  done
  return 1
}

say_how_to_get_swift() {
  local minor=$1 found=$2
  die "$EX_UNAVAILABLE" "Swift 6.$minor or newer is needed; $found." \
    "https://www.swift.org/install/linux/ tells how to get it. In short:" \
    "  curl -O https://download.swift.org/swiftly/linux/swiftly-$(uname -m).tar.gz" \
    "  tar zxf swiftly-$(uname -m).tar.gz && ./swiftly init && . ~/.local/share/swiftly/env.sh" \
    "Then run this again."
}

# need_swift [MINOR]: finds Swift 6.MINOR or newer and names it in SWIFT_FOUND.
need_swift() {
  local minor_needed=${1:-$SWIFT_NEEDED_MINOR} text major minor
  find_swift || say_how_to_get_swift "$minor_needed" "there is none on the PATH"
  # A toolchain whose own libraries are missing can't say its version; packages come first then.
  if ! swift --version >/dev/null 2>&1; then need_packages; fi
  text=$(swift --version 2>&1) || die "$EX_UNAVAILABLE" "$(command -v swift) does not start:" "$text"
  SWIFT_FOUND=$(sed -n 's/.*Swift version \([0-9][0-9.]*\).*/\1/p' <<<"$text" | head -n 1)
  IFS=. read -r major minor _ <<<"$SWIFT_FOUND.0.0"
  if [ "${major:-0}" -lt 6 ] || { [ "$major" -eq 6 ] && [ "$minor" -lt "$minor_needed" ]; }; then
    say_how_to_get_swift "$minor_needed" \
      "found ${SWIFT_FOUND:-an unknown version} at $(command -v swift)"
  fi
}

# Whether the toolchain can compile and link what this package needs: the C and C++ libraries,
# SQLite and zlib with their headers.
can_build() {
  local folder answer=1
  folder=$(mktemp -d)
  printf '%s\n' '#include <sqlite3.h>' '#include <zlib.h>' '#include <string>' 'int main() {' \
    'return std::string(sqlite3_libversion()).empty() || std::string(zlibVersion()).empty(); }' \
    >"$folder/probe.cpp"
  printf '%s\n' 'import Foundation' 'print(Date.now > Date.distantPast)' >"$folder/probe.swift"
  if "$(toolchain_clang)" "$folder/probe.cpp" -o "$folder/probe-c" -lstdc++ -lsqlite3 -lz \
    >"$folder/log" 2>&1 && "$folder/probe-c" >>"$folder/log" 2>&1 &&
    swiftc "$folder/probe.swift" -o "$folder/probe-swift" >>"$folder/log" 2>&1 &&
    "$folder/probe-swift" >>"$folder/log" 2>&1
  then
    answer=0
  fi
  PROBE_LOG=$(tail -n 5 "$folder/log" 2>/dev/null || true)
  rm -rf "$folder"
  return "$answer"
}

# The C compiler that came with Swift, which is the one that the package is built with.
toolchain_clang() {
  local beside
  beside="$(dirname -- "$(readlink -f -- "$(command -v swiftc || command -v swift)")")/clang"
  if [ -x "$beside" ]; then printf '%s' "$beside"; else command -v clang || printf cc; fi
}

# Debian's and Ubuntu's names for what the build needs.
readonly SYSTEM_PACKAGES=(
  build-essential git ca-certificates libsqlite3-dev libcurl4-openssl-dev libxml2-dev zlib1g-dev
  tzdata python3
)

# Installs the system packages, or says which line does.
need_packages() {
  local install=(apt-get install -y --no-install-recommends "${SYSTEM_PACKAGES[@]}")
  if ! command -v apt-get >/dev/null 2>&1; then
    die "$EX_UNAVAILABLE" \
      "A C compiler, libstdc++, SQLite and zlib with their headers, git and Python 3 are needed." \
      "This machine has no apt-get: install them its own way, then run this again." \
      "${PROBE_LOG:-}"
  fi
  if ! find_root; then
    die "$EX_UNAVAILABLE" \
      "System packages are missing, and this account may not install them without a password." \
      "Type this, then run this again:" "  sudo apt-get update && sudo ${install[*]}"
  fi
  warn "Installing missing system packages: ${SYSTEM_PACKAGES[*]}"
  "${AS_ROOT[@]}" apt-get update -qq >&2 </dev/null || warn "apt-get update failed; going on without."
  # Newer systems keep the linker that Swift asks for in a package of its own.
  if apt-cache show binutils-gold >/dev/null 2>&1; then install+=(binutils-gold); fi
  if ! "${AS_ROOT[@]}" env DEBIAN_FRONTEND=noninteractive "${install[@]}" -qq >&2 </dev/null
  then
    die "$EX_UNAVAILABLE" "The system packages could not be installed; apt-get's own words stand above." \
      "When that is put right: ${install[*]}"
  fi
}

# The words that run a command as root without a password, in AS_ROOT; fails where there are none.
find_root() {
  AS_ROOT=()
  [ "$(id -u)" -eq 0 ] && return 0
  sudo -n true >/dev/null 2>&1 || return 1
  AS_ROOT=(sudo -n)
}

# want_command COMMAND PACKAGE: installs what only some tests use, where that may be done; otherwise
# it says what to type, and fails.
want_command() {
  local command=$1 package=$2
  local install=(apt-get install -y --no-install-recommends "$package")
  command -v "$command" >/dev/null 2>&1 && return 0
  if ! command -v apt-get >/dev/null 2>&1; then
    warn "There is no $command; the package that has it is called $package on Debian."
    return 1
  fi
  if ! find_root; then
    warn "There is no $command. To have it:" "  sudo apt-get update && sudo ${install[*]}"
    return 1
  fi
  warn "Installing a missing system package: $package"
  "${AS_ROOT[@]}" apt-get update -qq >&2 </dev/null || warn "apt-get update failed; going on without."
  "${AS_ROOT[@]}" env DEBIAN_FRONTEND=noninteractive "${install[@]}" -qq >&2 </dev/null ||
    warn "$package could not be installed; apt-get's own words stand above."
  command -v "$command" >/dev/null 2>&1
}

# need_everything [MINOR]: all that a build needs is here, or this says what to do.
need_everything() {
  need_swift "$@"
  if ! command -v git >/dev/null 2>&1 || ! python_with_sqlite >/dev/null || ! can_build; then
    need_packages
    can_build || die "$EX_UNAVAILABLE" \
      "Swift $SWIFT_FOUND still can't build a small program that uses SQLite and zlib:" "$PROBE_LOG"
  fi
}

# A Python 3 whose standard library has SQLite.
python_with_sqlite() {
  local python
  for python in python3 /usr/bin/python3; do
    if "$python" -c 'import sqlite3' >/dev/null 2>&1; then
      printf '%s' "$python"
      return 0
    fi
  done
  return 1
}

# Fewer compilers at once where memory is short: each may take more than a gigabyte.
build_jobs() {
  local cores kilobytes by_memory
  cores=$(nproc 2>/dev/null || echo 2)
  kilobytes=$(sed -n 's/^MemAvailable: *\([0-9]*\).*/\1/p' /proc/meminfo 2>/dev/null || echo 4000000)
  by_memory=$(((${kilobytes:-4000000}) / 1500000))
  [ "$by_memory" -ge 1 ] || by_memory=1
  if [ "$cores" -lt "$by_memory" ]; then echo "$cores"; else echo "$by_memory"; fi
}
