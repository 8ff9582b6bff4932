# shellcheck shell=bash
# Sourced by app/run.sh, tests/run.sh and .ci/run: installs what is missing from Debian's packages.

say() { printf '== %s\n' "$*" >&2; }
stop() { printf 'stopped: %s\n' "$*" >&2; exit 2; }

# install_missing LIST...: the packages named in the files, as root or with sudo.
install_missing() {
    command -v dpkg-query >/dev/null || stop "this is not Debian: install the packages in $* yourself, then build with cmake --preset release"
    local wanted missing=() package as_root=()
    wanted=$(sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$@")
    for package in $wanted; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || stop "these packages are missing, and you are neither root nor have sudo: ${missing[*]}"
        as_root=(sudo)
    fi
    say "installing ${missing[*]}"
    "${as_root[@]}" apt-get update -qq || stop "apt-get update failed; is a package mirror reachable?"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -yqq --no-install-recommends "${missing[@]}" >&2 ||
        stop "apt-get could not install ${missing[*]}"
}

# build PRESET: configures and builds, incrementally.
build() {
    say "building ($1)"
    cmake --preset "$1" >/dev/null || stop "cmake could not configure the build; see above"
    cmake --build --preset "$1" >&2 || stop "the build failed; see above"
}
