# Sourced by what needs more than Rust. What is missing and cannot be installed is a failure.

fail() {
  echo "$0: $*" >&2
  exit 1
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# `installed COMMAND PACKAGE…`: Debian's packages, where the command is not there yet.
installed() {
  command -v "$1" > /dev/null && return
  command -v apt-get > /dev/null || fail "$1 is missing; install it"
  as_root apt-get update
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "${@:2}" || fail "$1 is missing, and could not be installed"
}
