#!/usr/bin/env bash
# revert_test.sh: the revert script as a machine's shells run it, with files below a folder of its own.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
text=$(cat "$here/../../resources/change/revert.sh")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export TROPOSCOPE_CHANGE_ROOT=$work
failures=0

fail() {
    printf 'FAILED (%s): %s\n' "$shell" "$*"
    failures=$((failures + 1))
}

# wait_for COMMAND…
wait_for() {
    local end=$((SECONDS + 20))
    until "$@" >/dev/null 2>&1; do
        ((SECONDS < end)) || return 1
        sleep 0.1
    done
}

# What the script says; $shell is a command and its words.
revert() {
    # shellcheck disable=SC2086
    $shell -c "$text" troposcope-revert "$text" "$@" || true
}

expect() { # WHAT IS WISHED-PATTERN
    # shellcheck disable=SC2254
    case $2 in $3) ;; *) fail "$1: '$2', not '$3'" ;; esac
}

is() { case $(revert state "$1") in *" $2"*) ;; *) return 1 ;; esac; }

try_shell() {
    local shell=$1
    rm -rf "$work/run" "$work"/ran*
    expect "none is armed" "$(revert state a-1)" 'a-1 absent'
    expect "arming" "$(echo "touch '$work/ran'" | revert arm a-1 300 lock)" 'a-1 armed [23]??'
    expect "arming again" "$(echo "touch '$work/ran'" | revert arm a-1 300 lock)" 'a-1 armed [23]??'
    expect "several are extended" "$(revert extend a-1 a-2 | tr '\n' ';')" 'a-1 armed [23]??;a-2 absent;'
    expect "disarming" "$(revert disarm a-1)" 'a-1 disarmed'
    expect "disarming again" "$(revert disarm a-1)" 'a-1 disarmed'
    expect "what is disarmed is not armed again" "$(echo true | revert arm a-1 300 lock)" 'refused *'

    echo "touch '$work/ran-2'; exit 3" | revert arm a-2 0 lock >/dev/null
    wait_for is a-2 'done' || fail "a timer that is over does not run: $(revert state a-2)"
    [ -e "$work/ran-2" ] || fail "it did not do what it was for"
    expect "its exit status" "$(revert state a-2)" 'a-2 done 3'
    expect "what has run cannot be kept" "$(revert disarm a-2)" 'a-2 done 3'
    [ ! -e "$work/ran" ] || fail "a disarmed timer ran"

    expect "a hostile name" "$(echo true | revert arm '../x;touch y' 300 lock)" 'refused no name *'
    expect "no number" "$(echo true | revert arm a-3 '1;x' lock)" 'refused no number *'
    expect "no verb" "$(revert nothing a-3)" 'refused no such verb*'
}

for shell in dash bash 'busybox ash' mksh; do
    command -v "${shell%% *}" >/dev/null || continue
    try_shell "$shell"
    printf '%s: tried\n' "$shell"
done
printf '%d failures\n' "$failures"
[ "$failures" -eq 0 ]
