#!/usr/bin/env bash
# lab_test.sh PROGRAM: the program against the lab, with the notes' faults typed in. Exit 77 where there can be no lab.
set -euo pipefail
# There is one lab on a machine. Not by a descriptor: what the lab starts would hold it.
[ -n "${LAB_TEST_LOCKED:-}" ] ||
    LAB_TEST_LOCKED=1 exec flock -o -w 3600 -E 1 "${TMPDIR:-/tmp}/troposcope-lab-test.lock" "$0" "$@"
program=$1
here=$(cd "$(dirname "$0")" && pwd)
lab=$here/lab
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

step() { printf '\n== %s\n' "$*"; }
fail() {
    printf 'FAILED: %s\n' "$*"
    failures=$((failures + 1))
}

# read_live NAME: inspects the lab as JSON into NAME.json, what it says meanwhile into NAME.err; the status into $status.
read_live() {
    status=0
    "$lab" exec "$program" inspect --costs --format json --fleet "$fleet" >"$work/$1.json" 2>"$work/$1.err" || status=$?
    grep -E '^(not read|cost)' "$work/$1.err" || true
}

# ids FILE: the findings' ids, a line each.
ids() {
    perl -MJSON::PP -0777 -ne 'print map { "$_->{id}\n" } @{decode_json($_)->{findings}}' "$1" | sort
}

# message FILE ID
message() {
    perl -MJSON::PP -0777 -e 'my $id = pop; $_ = <>; print map { "$_->{message}\n" } grep { $_->{id} eq $id } @{decode_json($_)->{findings}}' "$1" "$2"
}

# expect NAME ID...: these findings are there.
expect() {
    local name=$1 id
    shift
    for id in "$@"; do
        ids "$work/$name.json" | grep -qxF "$id" || fail "$name: no finding $id; there are: $(ids "$work/$name.json" | tr '\n' ' ')"
    done
}

# disk_is_full: the disk of this machine, which its hypervisors stand on. What they say of it then is true, and not the lab's.
disk_is_full() { (($(df -kP / | awk 'NR == 2 { print int($5) }') >= 90)); }

# quiet NAME: nothing above info.
quiet() {
    local but=none
    ! disk_is_full || but=host-disk-full
    perl -MJSON::PP -0777 -e 'my $but = pop; $_ = <>; print map { "$_->{id}: $_->{message}\n" }
            grep { $_->{severity} ne "info" && $_->{rule} ne $but } @{decode_json($_)->{findings}}' "$work/$1.json" "$but" >"$work/loud"
    [ ! -s "$work/loud" ] || fail "$1: a healthy fleet has findings: $(cat "$work/loud")"
}

step "bringing the lab up"
"$lab" up || { status=$?; [ "$status" -eq 77 ] && exit 77; exit "$status"; }
"$lab" heal all
fleet=$("$lab" env | sed -n 's/^LAB_FLEET_FILE=//p')

step "a healthy fleet is silent above info, and read whole"
read_live healthy
[ "$status" -le 1 ] || fail "healthy: exit status $status"
quiet healthy
! grep -q '^not read' "$work/healthy.err" || fail "healthy: something was not read"

step "a float, healthily assigned, is silent too"
"$lab" fault float
read_live float
quiet float
! ids "$work/float.json" | grep -qx float-unassigned:float/float1 || fail "float1 is held, yet called free"
"$lab" heal float

step "the notes' faults, typed as in the notes"
"$lab" fault float-duplicate
"$lab" fault hwaddr
"$lab" fault swarm
"$lab" fault swarm-duplicate
"$lab" exec "$program" capture --fleet "$fleet" --output "$work/c" 2>"$work/capture.err" || fail "capture: $(cat "$work/capture.err")"
read_live live
[ "$status" -eq 1 ] || fail "live: exit status $status"
"$program" inspect --format json --capture "$work/c" >"$work/captured.json" || true
expect live float-mac-ip-mismatch:trop02/vm/Acilamwen/if/ens5 float-duplicate-nic:trop02/vm/Acilamwen
ids "$work/live.json" | grep -q '^container-task-duplicate:trop02/vm/' || fail "live: the Swarm duplicate was not found"
perl -MJSON::PP -0777 -ne 'exit !grep { $_->{rule} eq "container-task-duplicate" && $_->{seen} eq "once" } @{decode_json($_)->{findings}}' \
    "$work/live.json" || fail "live: the Swarm duplicate is not marked as seen once"
perl -MJSON::PP -0777 -ne 'exit !grep { $_->{service} eq "web" && $_->{verdict} eq "over-count" } @{decode_json($_)->{swarm}}' \
    "$work/live.json" || fail "live: the Swarm's table does not show the slot that runs twice"
diff -u <(ids "$work/captured.json") <(ids "$work/live.json") || fail "the capture and the live reading do not say the same"

step "inside and outside are matched by PCI address, though all MACs are equal"
message "$work/live.json" float-mac-ip-mismatch:trop02/vm/Acilamwen/if/ens5 >"$work/mismatch"
grep -qE 'Outside it is vnet[0-9]+, by its PCI address' "$work/mismatch" || fail "ens5 was not matched to its tap: $(cat "$work/mismatch")"
message "$work/live.json" float-duplicate-nic:trop02/vm/Acilamwen >"$work/duplicates"
for name in ens5 ens8 ens9 ens10; do
    grep -qE "$name \\(vnet[0-9]+\\)" "$work/duplicates" || fail "$name was not matched to its tap: $(cat "$work/duplicates")"
done

"$lab" heal all

step "a black hole and a stopped sshd cost the others nothing"
"$lab" fault blackhole trop04
"$lab" fault sshd-stop Ulov
read_live dead
expect dead source-unreachable:trop04 source-unreachable:trop02/vm/Ulov
for name in trop01 trop02 trop03; do
    grep -q "^read $name libvirt" "$work/dead.err" || fail "$name was not read while trop04 was dead"
done
for name in Acilamwen Eterathiel Lothigometh Ibalehar; do
    grep -q "^read trop02 guest $name" "$work/dead.err" || fail "$name was not read while Ulov hung"
done
"$lab" heal all

step "libvirtd killed: the host and its guests' last known places are still there"
"$lab" fault libvirtd-kill trop03
read_live nolibvirt
expect nolibvirt source-unreachable:trop03
grep -q '^read trop03 host' "$work/nolibvirt.err" || fail "trop03's own system was not read without its libvirtd"
"$lab" heal all

printf '\n%d failures\n' "$failures"
[ "$failures" -eq 0 ]
