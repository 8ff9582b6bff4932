#!/usr/bin/env bash
# fix_test.sh PROGRAM [PART…]: plans applied to the lab: what they do is read from the machines, not from the program.
# Parts: duplicates moves revert faults swarm hostile; all without. FAULTS: a regex of the faults to be tried. Exit 77 where there can be no lab.
set -euo pipefail
# There is one lab on a machine. Not by a descriptor: what the lab starts would hold it.
[ -n "${LAB_TEST_LOCKED:-}" ] ||
    LAB_TEST_LOCKED=1 exec flock -o -w 3600 -E 1 "${TMPDIR:-/tmp}/troposcope-lab-test.lock" "$0" "$@"
program=$(readlink -f "$1")
shift
parts=${*:-duplicates moves revert faults swarm hostile}
here=$(cd "$(dirname "$0")" && pwd)
lab=$here/lab
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0
float_ip=129.215.175.100
float_mac=52:54:00:00:01:00
hypervisors=(trop01 trop02 trop03 trop04)

step() { printf '\n== %s (%d s)\n' "$*" "$SECONDS"; }
fail() {
    printf 'FAILED: %s\n' "$*"
    failures=$((failures + 1))
}

# wait_for SECONDS COMMAND…
wait_for() {
    local end=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        ((SECONDS < end)) || return 1
        sleep 0.1
    done
}

tropo() { "$lab" exec "$program" "$@"; }

# apply ARGS…: exit status in $status, what it says in $work/err.
apply() {
    local started=$SECONDS
    status=0
    tropo apply --fleet "$fleet" --yes "$@" >"$work/out" 2>"$work/err" || status=$?
    printf 'apply %s: exit %d after %d s: %s\n' "$*" "$status" $((SECONDS - started)) "$(last_words "$work/err")"
}

last_words() { grep -vE '^(read |cost|[0-9]+/[0-9]+ |not read)' "$1" | tail -2 | tr '\n' ' ' | cut -c1-600; }

# applied ARGS…: it must succeed.
applied() {
    apply "$@"
    [ "$status" -eq 0 ] || { fail "apply $*"; sed 's/^/    /' "$work/err" | grep -v ' read ' | tail -40; }
    grep -F 'Read again, ' -A20 "$work/out" || fail "apply $*: it does not say what differs"
}

findings() {
    tropo inspect --format json --fleet "$fleet" 2>/dev/null |
        perl -MJSON::PP -0777 -ne 'print map { "$_->{id}\n" } @{decode_json($_)->{findings}}' | sort
}

# nics MAC: HYPERVISOR VM FORM SLOT of each NIC with it, asked of the hypervisors themselves.
nics() {
    local hv
    for hv in "${hypervisors[@]}"; do
        # shellcheck disable=SC2016  # expanded on the hypervisor
        "$lab" on "$hv" sh -c '
            for vm in $(virsh list --all --name); do
                for form in live persistent; do
                    [ $form = live ] && [ "$(virsh domstate "$vm" | head -1)" = "shut off" ] && continue
                    virsh dumpxml "$vm" $([ $form = live ] || echo --inactive) | tr "\"" "'"'"'" |
                        awk -F"'"'"'" -v mac="$1" -v at="$2 $vm $form" '"'"'
                            /<interface / { inside = 1; found = 0 }
                            inside && /<mac / && $2 == mac { found = 1 }
                            inside && found && /<address type/ { print at, $8 }
                            /<\/interface>/ { inside = 0 }'"'"'
                done
            done' - "$1" "$hv"
    done
}

# inside GUEST: what it has of the float: files with their sums, and addresses.
inside() {
    # shellcheck disable=SC2016
    "$lab" on "$1" 'cd /etc/sysconfig/network-scripts && for f in $(grep -lF '"$float_ip"' ifcfg-* 2>/dev/null); do
        echo "'"$1"' file $(sudo -n stat -c %a:%U "$f") $(sudo -n sha256sum "$f")"; done
        ip -o -4 addr | awk -v ip='"$float_ip"' '"'"'index($4, ip "/") == 1 { print "'"$1"' address", $2 }'"'" || echo "$1 does not answer"
}

# Everything that a float's move changes, as it stands.
state() {
    nics "$float_mac"
    inside Acilamwen
    inside Larithiel
    inside Ulov
}

holder() { nics "$float_mac" | awk '$3 == "live" { print $2 }' | sort -u | xargs; }
# What the wire says at the operator's place: the MACs that answer for the float.
answering() {
    local device
    device=$("$lab" exec ip -o -4 addr | awk '$4 ~ /^129\.215\.175\.90\// { print $2 }')
    "$lab" exec busybox arping -b -c 2 -w 2 -I "$device" "$float_ip" | sed -nE 's/.*reply from.*\[([0-9a-f:]+)\].*/\1/p' | sort -u | xargs
}
answers() { "$lab" exec busybox ping -c 1 -W 1 "$float_ip"; }

# sampling: every moment's holders and who answers, until stop_sampling.
sampling() {
    : >"$work/samples"
    (
        while :; do
            printf '%s holders: %s answering: %s\n' "$(date +%T)" "$(holder)" "$(answering)" >>"$work/samples"
        done
    ) 2>/dev/null &
    sampler=$!
}

stop_sampling() {
    kill "$sampler" 2>/dev/null || true
    wait "$sampler" 2>/dev/null || true
    local several
    several=$(grep -cE 'holders: [^ ]+ [^ ]+ .*answering|answering: [^ ]+ [^ ]+' "$work/samples" || true)
    printf '%d samples, %d with more than one holder\n' "$(wc -l <"$work/samples")" "$several"
    [ "$several" -eq 0 ] || { fail "$1: two held it at once"; cat "$work/samples"; }
}

newest_journal() {
    find "$(dirname "$fleet")/home/.local/state/troposcope/journal" -maxdepth 1 -name '*.jsonl' -printf '%T@ %p\n' | sort -n | tail -1 | cut -d' ' -f2-
}

step "bringing the lab up"
"$lab" up || { status=$?; [ "$status" -eq 77 ] && exit 77; exit "$status"; }
"$lab" heal all
fleet=$("$lab" env | sed -n 's/^LAB_FLEET_FILE=//p')

# ---------------------------------------------------------------- the notes' case

part_duplicates() {
    step "the notes' case: four NICs with one MAC, and the wrong HWADDR"
    "$lab" fault float-duplicate
    "$lab" fault hwaddr
    local used before
    used=$("$lab" on Acilamwen "ip -o -4 addr" | awk -v ip="$float_ip" 'index($4, ip "/") == 1 { print $2 }')
    before=$(nics 52:54:00:00:01:01)
    printf '%s\nthe guest uses %s\n' "$before" "$used"
    tropo plan nic-remove-duplicates Acilamwen --fleet "$fleet" --format sh 2>/dev/null >"$work/runbook" || fail "no runbook"
    bash -n "$work/runbook" || fail "the runbook is not sh"
    applied nic-remove-duplicates Acilamwen
    nics 52:54:00:00:01:01 >"$work/left"
    cat "$work/left"
    grep -q "^trop02 Acilamwen live 0x$(printf '%02x' "${used#ens}")$" "$work/left" || fail "the NIC that the guest uses is gone"
    [ "$(wc -l <"$work/left")" -eq 2 ] || fail "not one NIC of each form is left"
    "$lab" on Acilamwen "ip -o -4 addr show dev $used" | grep -qF "$float_ip/" || fail "$used lost its address"
    applied float-repair float1 --keep ip
    findings >"$work/after"
    ! grep -E '^(float-mac-ip-mismatch|float-duplicate-nic|nic-mac-duplicate|nic-config-drift)' "$work/after" || fail "inspect still says the above"
    [ "$(holder)" = Acilamwen ] || fail "float1 is at '$(holder)'"
    wait_for 20 answers || fail "$float_ip does not answer"
    # The lab's own marks: these faults are no more.
    rm -f "$(dirname "$fleet")"/../faults/{float-duplicate,hwaddr}
}

# ---------------------------------------------------------------- moves

# Float1 to Acilamwen, wherever it is.
settle() {
    [ "$(holder)" = Acilamwen ] && answers >/dev/null && return 0
    if [ -z "$(holder)" ]; then applied float-assign float1 Acilamwen; else applied float-reassign float1 Acilamwen; fi
    [ "$(holder)" = Acilamwen ] || fail "float1 could not be put on Acilamwen"
}

# move VM HYPERVISOR
move() {
    step "float1 to $1 on $2"
    sampling
    applied float-reassign float1 "$1"
    stop_sampling "to $1"
    [ "$(holder)" = "$1" ] || fail "held by '$(holder)', not $1"
    wait_for 20 answers || fail "$float_ip does not answer at $1"
    [ "$(answering)" = "${float_mac//:0/:}" ] || [ "$(answering)" = "$float_mac" ] || fail "answering: $(answering)"
}

reboot_guest() {
    step "$1 is shut down and started: from the persistent description"
    "$lab" on "$2" virsh shutdown "$1" >/dev/null
    wait_for 60 is_off "$1" "$2" || fail "$1 does not shut down"
    "$lab" on "$2" virsh start "$1" >/dev/null
    wait_for 120 "$lab" on "$1" true || fail "$1 does not come back"
    wait_for 30 answers || fail "$float_ip does not answer after the start of $1"
    [ "$(holder)" = "$1" ] || fail "held by '$(holder)' after the start"
}
is_off() { [ "$("$lab" on "$2" virsh domstate "$1" | head -1)" = "shut off" ]; }

part_moves() {
    settle
    move Ulov trop02
    move Larithiel trop03
    reboot_guest Larithiel trop03
    move Acilamwen trop02
    findings >"$work/after"
    ! grep -E '^float-' "$work/after" | grep -v '^float-unassigned:float/float[234]' || fail "inspect says the above after the moves"
}

# ---------------------------------------------------------------- faults

# begin ARGS…: applies in the background.
begin() {
    rm -f "$work/run.pid"
    : >"$work/run.err"
    # shellcheck disable=SC2016
    "$lab" exec bash -c 'echo $$ >"$1"; shift; exec "$@"' - "$work/run.pid" "$program" apply --fleet "$fleet" --yes "$@" \
        >"$work/run.out" 2>"$work/run.err" &
    runner=$!
}

said() { grep -qE "$1" "$work/run.err"; }

# at REGEX COMMAND…: when the run says it, it is held while the command runs.
at() {
    local regex=$1 end=$((SECONDS + 400))
    shift
    until said "$regex"; do
        kill -0 "$runner" 2>/dev/null || { fail "it ended before it said $regex"; return 0; }
        ((SECONDS < end)) || { fail "it never said $regex"; return 0; }
        sleep 0.02
    done
    kill -STOP "$(cat "$work/run.pid")"
    "$@" >"$work/fault.out" 2>&1 || { fail "the fault could not be set: $(tail -1 "$work/fault.out")"; }
    kill -CONT "$(cat "$work/run.pid")" 2>/dev/null || true
}

finish() {
    status=0
    wait "$runner" || status=$?
}

where_it_stands() { # BEFORE
    if [ "$(state)" = "$1" ]; then
        echo "as before"
    elif [ "$(holder)" = Larithiel ] && answers >/dev/null; then
        echo "as wished"
    else
        echo "between"
    fi
}

# fault NAME REGEX SET HEAL BACK: sets a fault when the run says REGEX, and heals it when the run has ended. Where
# something stands, BACK (undo or resume) brings it to an end.
fault() {
    local name=$1 regex=$2 set=$3 heal=$4 back=$5 before stands ended ended_with after
    [[ $name =~ ${FAULTS:-.} ]] || return 0
    step "fault: $name"
    settle
    before=$(state)
    begin float-reassign float1 Larithiel
    # shellcheck disable=SC2086  # a command and its words
    at "$regex" $set
    finish
    ended_with=$status
    ended=$(last_words "$work/run.err")
    grep -E '^[0-9]+/[0-9]+ (failed|invalidated|unclear)' "$work/run.err" || true
    printf 'exit %d: %s\n' "$status" "$ended"
    $heal >"$work/heal.out" 2>&1 || fail "$name could not be healed: $(tail -1 "$work/heal.out")"
    stands=$(where_it_stands "$before")
    after=$stands
    if [ "$stands" = between ]; then
        apply "--$back" "$(newest_journal)"
        after=$(where_it_stands "$before")
        [ "$after" != between ] || { fail "$name: $back left it between"; diff <(echo "$before") <(state) || true; sed 's/^/    /' "$work/err" | tail -20; }
    fi
    printf '| %s | %s | %s | %s | %s |\n' "$name" "$ended_with" "$(grep -E '^[0-9]+/[0-9]+ ' "$work/run.err" | tail -1 | cut -c1-160)" \
        "$stands" "$([ "$stands" = between ] && echo "$back: $after" || echo '-')" >>"$work/table"
}

kill_run() { kill -KILL "$(cat "$work/run.pid")"; }
# shellcheck disable=SC2016  # expanded in the guest
read_only() { "$lab" on Acilamwen 'd=/etc/sysconfig/network-scripts; sudo -n mount --bind $d $d && sudo -n mount -o remount,ro,bind $d'; }
writable() { "$lab" on Acilamwen 'sudo -n umount /etc/sysconfig/network-scripts'; }
full() { "$lab" on Larithiel 'sudo -n sh -c "dd if=/dev/zero of=/fill bs=1M 2>/dev/null; dd if=/dev/zero of=/fill2 bs=4k 2>/dev/null; sync; true"'; }
roomy() { "$lab" on Larithiel 'sudo -n rm -f /fill /fill2'; }
resume_guest() { "$lab" heal suspend Acilamwen; }

part_faults() {
    : >"$work/table"
    fault "libvirtd killed before the live detach" '[0-9]+/[0-9]+ checking: Detach ' "$lab fault libvirtd-kill trop02" "$lab heal libvirtd-kill trop02" undo
    fault "libvirtd killed while it attaches" '[0-9]+/[0-9]+ applying: Attach ' "$lab fault libvirtd-kill trop03" "$lab heal libvirtd-kill trop03" resume
    fault "guest suspended at the live detach" '[0-9]+/[0-9]+ checking: Detach ' "$lab fault suspend Acilamwen" "resume_guest" undo
    fault "file read-only" '[0-9]+/[0-9]+ (checking|applying): Remove the file' read_only writable undo
    fault "guest's sshd stopped" '[0-9]+/[0-9]+ checking: Remove the file' "$lab fault sshd-stop Acilamwen" "$lab heal sshd-stop Acilamwen" undo
    fault "disk full" '[0-9]+/[0-9]+ (checking|applying): Write .*ifcfg' full roomy undo
    fault "link to the target's hypervisor cut" '[0-9]+/[0-9]+ checking: Write .*ifcfg' "$lab fault blackhole trop03" "$lab heal blackhole trop03" resume
    fault "killed -9 in the detach" '[0-9]+/[0-9]+ applying: Detach ' kill_run true undo
    fault "killed -9 in the write" '[0-9]+/[0-9]+ applying: Write .*ifcfg' kill_run true resume
    printf '\n| fault | exit | last step | stands | then |\n|---|---|---|---|---|\n'
    cat "$work/table"
    settle
}

# ---------------------------------------------------------------- taken back by itself

came_back() { [ "$(holder)" = Acilamwen ] && answers; }

part_revert() {
    settle
    step "a move whose desktop goes away is taken back by the machines"
    local before
    before=$(state)
    begin float-reassign float1 Larithiel --revert 180
    at '[0-9]+/[0-9]+ checking: Read back: ' kill_run
    finish
    [ "$(holder)" = Larithiel ] || fail "it had not been moved when the desktop went away: $(holder)"
    sampling
    wait_for 320 came_back || fail "nobody took it back: it is at '$(holder)'"
    stop_sampling "taken back by itself"
    wait_for 60 as_it_was "$before" || { fail "it is not as before"; diff <(echo "$before") <(state) || true; }
    apply --undo "$(newest_journal)"
    [ "$status" -eq 0 ] || fail "its journal cannot be settled"
    as_it_was "$before" || fail "the undo changed something"

    step "a move that is kept stays"
    applied float-reassign float1 Ulov --revert 180
    for guest in Acilamwen Ulov; do
        ! "$lab" on $guest 'ls /run/troposcope-revert/*/armed' >/dev/null 2>&1 || fail "a timer is still armed in $guest"
    done
    [ "$(holder)" = Ulov ] || fail "held by '$(holder)'"
    settle
}
as_it_was() { [ "$(state)" = "$1" ]; }

# ---------------------------------------------------------------- Swarm

copies() { # GUEST
    "$lab" on "$1" 'docker ps --no-trunc --filter label=com.docker.swarm.service.name=web --format "{{.ID}}"' | sort
}

part_swarm() {
    step "a real Swarm duplicate"
    "$lab" fault swarm
    "$lab" fault swarm-duplicate
    local before_manager before_worker kept
    before_manager=$(copies Eterathiel)
    before_worker=$(copies Acilamwen)
    printf 'Eterathiel: %s\nAcilamwen: %s\n' "${before_manager//$'\n'/ }" "${before_worker//$'\n'/ }"
    applied container-remove-duplicates web
    kept=$(copies Acilamwen)
    [ "$(copies Eterathiel)" = "$before_manager" ] || fail "the Swarm's own tasks were touched"
    (($(wc -w <<<"$kept") + $(wc -w <<<"$before_manager") == 2)) || fail "not two copies run: $kept $before_manager"
    local folder
    folder=$(newest_journal)
    folder=${folder%.jsonl}
    find "$folder" -type f -printf '%m %s %f\n' || fail "nothing was kept of the container"
    [ "$(find "$folder" -type f -perm 600 | wc -l)" -ge 2 ] || fail "description and log were not kept, or for all to read"
    "$lab" on Eterathiel 'docker service ls --format "{{.Name}} {{.Replicas}}"'
    "$lab" heal all # which ends the Swarm
}

# ---------------------------------------------------------------- hostile names

part_hostile() {
    step "a hostile name is only a name"
    local name="x;\$(touch pwned)'\"\`touch pwned\`" uuid=0badf00d-0000-4000-8000-000000000001
    "$lab" on trop04 sh -c 'cat >/tmp/hostile.xml && virsh define /tmp/hostile.xml' <<X
<domain type='qemu'><name>x;\$(touch pwned)&apos;&quot;\`touch pwned\`</name><uuid>$uuid</uuid><memory unit='MiB'>32</memory>
<os><type arch='x86_64' machine='pc'>hvm</type></os></domain>
X
    applied autostart-on "trop04/$name"
    "$lab" on trop04 virsh dominfo "$uuid" | grep -E 'Autostart: +enable' >/dev/null || fail "it does not start by itself"
    tropo plan autostart-on "trop04/$name" --fleet "$fleet" --format sh >/dev/null 2>&1 && fail "it is planned though it is so"
    "$lab" on trop04 virsh autostart --disable "$uuid" >/dev/null
    tropo plan autostart-on "trop04/$name" --fleet "$fleet" --format sh 2>/dev/null >"$work/runbook" || fail "no runbook"
    bash -n "$work/runbook" || fail "the runbook is not sh"
    # shellcheck disable=SC2016  # expanded there
    "$lab" exec bash -c 'cd "$1" && bash runbook' - "$work" >/dev/null 2>&1 || fail "the runbook does not run"
    "$lab" on trop04 virsh dominfo "$uuid" | grep -E 'Autostart: +enable' >/dev/null || fail "the runbook did nothing"
    if [ -e pwned ] || [ -e "$work/pwned" ]; then fail "something was run at the operator's"; fi
    "$lab" on trop04 sh -c 'ls /pwned /root/pwned 2>/dev/null' && fail "something was run on trop04"
    "$lab" on trop04 virsh undefine "$uuid" >/dev/null
}

for part in $parts; do "part_$part"; done

printf '\n%d failures\n' "$failures"
[ "$failures" -eq 0 ]
