#!/usr/bin/env bash
# shellcheck disable=SC2016,SC2162,SC2094  # the texts of tools expand when they run; `run read` is no read
# change_test.sh [SHELL…]: runs the change script under every shell that is here (or those named), on files
# below a folder of our own and with tools of our own making; then, where root may make a network
# namespace, on real interfaces. Exit 0: all well; 1: what failed is named.
set -u
export LC_ALL=C
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
change=${CHANGE:-$here/../../resources/change/change.sh}
part=${PART:-}

# As root no file is read-only: run as nobody. In a mount namespace of its own, which has a small disk to fill.
if [ -z "$part" ] && [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
    stage=$(mktemp -d)
    trap 'rm -rf "$stage"' EXIT
    cp "$change" "$stage/change.sh"
    cp "${BASH_SOURCE[0]}" "$stage/"
    mkdir "$stage/small"
    chmod -R a+rX "$stage"
    export CHANGE=$stage/change.sh HOME=/nonexistent TMPDIR=/tmp
    nobody=(setpriv --reuid=65534 --regid=65534 --clear-groups bash "$stage/${BASH_SOURCE[0]##*/}" "$@")
    if unshare -m true 2>/dev/null; then
        export small=$stage/small
        PART=files unshare -m bash -c 'mount -t tmpfs -o size=64k,mode=777 tmpfs "$small" || unset small; exec "$@"' - "${nobody[@]}" || exit 1
    else
        PART=files "${nobody[@]}" || exit 1
    fi
    if unshare -n -m mount -t sysfs sysfs /sys 2>/dev/null && command -v ip >/dev/null; then
        PART=network unshare -n -m bash "${BASH_SOURCE[0]}" "$@"
    else
        echo "no network namespace here: real interfaces were left out"
    fi
    exit
fi

scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+rwX "$scratch"; rm -rf "$scratch"' EXIT
root=$scratch/root
tools=$scratch/tools
failures=0
text=$(cat "$change")

fail() {
    echo "FAILED under $shell, $scenario: $*" >&2
    failures=$((failures + 1))
}

# ---- what the scenarios are made of

# NAME: a tool of the scenario, its text from standard input.
tool() {
    rm -f "$tools/$1"
    { echo '#!/bin/sh'; cat; } >"$tools/$1"
    chmod +x "$tools/$1"
}

# NAME TEXT: the real tool, with TEXT run before.
tool_after() {
    local real
    real=$(type -P "$1")
    { echo "$2"; echo "exec $real \"\$@\""; } | tool "$1"
}

scenario() {
    scenario=$1
    chmod -R u+rwX "$root" 2>/dev/null
    rm -rf "$root" "$tools" "$scratch/log"
    mkdir -p "$root/etc/sysconfig/network-scripts" "$root/etc/NetworkManager/system-connections" "$root/etc/netplan" \
        "$root/etc/network" "$root/var/lib" "$tools"
    for name in cat chmod cp false flock grep head ln ls mkdir mv rm sed sha256sum sleep stat sync timeout tr true; do
        ! path=$(type -P "$name") || ln -s "$path" "$tools/$name"
    done
    ifcfg=/etc/sysconfig/network-scripts/ifcfg-ens5
    old=$scratch/old
    new=$scratch/new
    printf 'DEVICE=ens5\nHWADDR=52:54:00:00:01:01\nIPADDR=129.215.175.100\n' >"$old"
    printf 'DEVICE=ens5\nHWADDR=52:54:00:00:01:00\nIPADDR=129.215.175.100\n' >"$new"
    old_sha=$(sha "$old")
    new_sha=$(sha "$new")
    plan=20210208-float1
    via=
}

sha() {
    sha256sum <"$1" | cut -c1-64
}

# VERB ARGUMENT…, with standard input: runs the script.
run() {
    # shellcheck disable=SC2086  # a shell and its options
    (cd "$scratch" && exec env -i PATH="$tools" LANG=C.UTF-8 LC_ALL=C.UTF-8 LOG="$scratch/log" ROOT="$root" TROPOSCOPE_CHANGE_ROOT="$root" \
        $shell_path -c "$text" troposcope-change "$via" "$@") >"$scratch/stdout" 2>"$scratch/stderr"
    status=$?
    [ ! -s "$scratch/stderr" ] || fail "$1 writes to stderr: $(head -c 300 "$scratch/stderr")"
    [ "$(head -n 1 "$scratch/stdout")" = 'troposcope-change 1' ] || fail "$1: no header: $(head -c 300 "$scratch/stdout")"
    [ "$(tail -n 1 "$scratch/stdout" | tr -d '\0')" = end ] || fail "$1: no end: $(tail -c 300 "$scratch/stdout")"
}

# RESULT [KEY VALUE]…: that is what the last run answered.
expect() {
    local result=$1
    shift
    case $result:$status in
        done:0 | already:0 | moved:3 | impossible:4 | failed:1 | misused:2) ;;
        *) fail "status $status instead of $result" ;;
    esac
    grep -qaxF "result $result" "$scratch/stdout" || fail "not $result: $(tr '\n\0' ';?' <"$scratch/stdout")"
    [ "$status" = 0 ] || grep -qa '^reason [^ ]' "$scratch/stdout" || fail "no reason: $(cat "$scratch/stdout")"
    [ "$status" != 0 ] || ! grep -qa '^reason' "$scratch/stdout" || fail "a reason: $(cat "$scratch/stdout")"
    while [ $# -gt 0 ]; do
        grep -qaxF -- "$1 $2" "$scratch/stdout" || fail "no '$1 $2' in: $(tr '\n\0' ';?' <"$scratch/stdout")"
        shift 2
    done
}

expect_reason() {
    grep -q "^reason .*$1" "$scratch/stdout" || fail "reason '$1' not in: $(tr '\n\0' ';?' <"$scratch/stdout")"
}

# FILE PATH: the path below the root has the bytes of FILE (or, for absent, is not there).
expect_file() {
    if [ "$1" = absent ]; then
        [ ! -e "$root$2" ] || fail "$2 is there"
    else
        cmp -s "$1" "$root$2" || fail "$2 is not $1: $(head -c 300 "$root$2")"
    fi
}

# Nothing temporary is left.
expect_clean() {
    local left
    left=$(find "$root" -name '.troposcope*' -o -name 'said.*' -o -name '*.part')
    [ -z "$left" ] || fail "left behind: $left"
}

expect_log() {
    [ "$(tr '\n' ';' <"$scratch/log" 2>/dev/null)" = "$1" ] || fail "log: '$(tr '\n' ';' <"$scratch/log")' instead of '$1'"
}

put() {
    cat "$1" >"$root$2"
    chmod "${3:-644}" "$root$2"
}

# ---- files

reads() {
    scenario 'reads'
    run read $ifcfg
    expect 'done' sha256 absent
    put "$old" $ifcfg 640
    run read $ifcfg
    expect 'done' sha256 "$old_sha" mode 640 owner "$(id -u):$(id -g)" size "$(wc -c <"$old")" links 1 content "$(wc -c <"$old")"
    sed -e '1,/^content /d' "$scratch/stdout" | head -c "$(wc -c <"$old")" | cmp -s - "$old" || fail "content: $(cat "$scratch/stdout")"

    # Any byte, no last newline, and lines that look like an answer.
    printf 'result failed\nend\n\0\1\377 x' >"$scratch/odd"
    put "$scratch/odd" $ifcfg
    run read $ifcfg
    expect 'done' content 23
    sed -e '1,/^content /d' "$scratch/stdout" | head -c 23 | cmp -s - "$scratch/odd" || fail "odd content"
    : >"$scratch/empty"
    put "$scratch/empty" /etc/netplan/50.yaml
    run read /etc/netplan/50.yaml
    expect 'done' size 0 content 0
    head -c 1100000 /dev/zero >"$root/etc/network/interfaces"
    run read /etc/network/interfaces
    expect impossible size 1100000
    expect_reason 'larger than 1 MiB'
}

# Secrets stay on the machine.
withholds() {
    scenario 'withholds'
    local line
    for line in psk=TOPSECRET '#WPA_PSK="TOPSECRET' 'password: TOPSECRET' 'wireless-key TOPSECRET' KEY1=s:TOPSECRET private-key=TOPSECRET \
        'x=http://joe:TOPSECRET@proxy/' pin=TOPSECRET 'token=TOPSECRET'; do
        printf 'a=b\0\n%s\n' "$line" >"$root/etc/NetworkManager/system-connections/x.nmconnection"
        run read /etc/NetworkManager/system-connections/x.nmconnection
        expect 'done' secrets yes sha256 "$(sha "$root/etc/NetworkManager/system-connections/x.nmconnection")"
        ! grep -aq TOPSECRET "$scratch/stdout" || fail "prints $line"
    done
    chmod 000 "$root/etc/NetworkManager/system-connections/x.nmconnection"
    run read /etc/NetworkManager/system-connections/x.nmconnection
    expect failed
    expect_reason 'cannot be read'
}

writes() {
    scenario 'writes'
    put "$old" $ifcfg 640
    run write $ifcfg "$old_sha" "$new_sha" 600 $plan <"$new"
    expect 'done' sha256 "$new_sha" mode 640 kept "/var/lib/troposcope/kept/$plan$ifcfg.$old_sha"
    expect_file "$new" $ifcfg
    expect_file "$old" "/var/lib/troposcope/kept/$plan$ifcfg.$old_sha"
    [ "$(stat -c %a "$root/var/lib/troposcope/kept/$plan")" = 700 ] || fail 'others may look into the kept copies'
    expect_clean
    run write $ifcfg "$old_sha" "$new_sha" 600 $plan <"$new"
    expect already sha256 "$new_sha" mode 640
    run restore $ifcfg $plan "$old_sha" "$new_sha"
    expect 'done' sha256 "$old_sha" mode 640
    expect_file "$old" $ifcfg
    run restore $ifcfg $plan "$old_sha" "$new_sha"
    expect already sha256 "$old_sha"
    expect_clean
    [ "$(find "$root/etc" -type f | wc -l)" = 1 ] || fail "$(find "$root/etc" -type f)"
}

makes_new() {
    scenario 'makes new'
    local path
    for path in $ifcfg '/etc/NetworkManager/system-connections/Wired 1' /etc/netplan/60-float1.yaml /etc/network/interfaces; do
        run write "$path" absent "$new_sha" 600 $plan <"$new"
        expect 'done' sha256 "$new_sha" mode 600
        expect_file "$new" "$path"
        run write "$path" absent "$new_sha" 600 $plan <"$new"
        expect already
        run write "$path" absent "$old_sha" 600 $plan <"$old"
        expect moved sha256 "$new_sha"
        expect_file "$new" "$path"
    done
    : >"$scratch/empty"
    run write /etc/netplan/empty.yaml absent "$(sha "$scratch/empty")" 644 $plan </dev/null
    expect 'done' mode 644 size 0
    expect_clean
    [ ! -e "$root/var/lib/troposcope/kept" ] || fail 'a copy of nothing'
}

removes() {
    scenario 'removes'
    put "$old" $ifcfg 600
    run remove $ifcfg "$new_sha" $plan
    expect moved sha256 "$old_sha"
    run remove $ifcfg "$old_sha" $plan
    expect 'done' sha256 absent kept "/var/lib/troposcope/kept/$plan$ifcfg.$old_sha"
    expect_file absent $ifcfg
    run remove $ifcfg "$old_sha" $plan
    expect already sha256 absent
    run restore $ifcfg other-plan "$old_sha" absent
    expect impossible
    expect_reason 'no copy was kept'
    run restore $ifcfg $plan "$old_sha" "$new_sha"
    expect moved sha256 absent
    run restore $ifcfg $plan "$old_sha" absent
    expect 'done' sha256 "$old_sha" mode 600
    expect_file "$old" $ifcfg
    # A copy that is no longer what was kept is not put back.
    run remove $ifcfg "$old_sha" $plan
    chmod u+w "$root/var/lib/troposcope/kept/$plan$ifcfg.$old_sha"
    echo >>"$root/var/lib/troposcope/kept/$plan$ifcfg.$old_sha"
    run restore $ifcfg $plan "$old_sha" absent
    expect impossible
    expect_reason 'damaged'
    expect_file absent $ifcfg
    # And is kept anew.
    put "$old" $ifcfg
    run remove $ifcfg "$old_sha" $plan
    expect 'done'
    expect_file "$old" "/var/lib/troposcope/kept/$plan$ifcfg.$old_sha"
}

# NetworkManager and netplan are told, and no other.
forgets() {
    scenario 'forgets'
    local keyfile=/etc/NetworkManager/system-connections/float1.nmconnection
    tool nmcli <<<'echo "nmcli $*" >>"$LOG"; echo not running; exit 8'
    tool netplan <<<'echo "netplan $*" >>"$LOG"'
    put "$old" $keyfile
    run remove $keyfile "$old_sha" $plan
    expect 'done' sha256 absent note 'nmcli connection reload: not running'
    put "$old" /etc/netplan/60.yaml
    run remove /etc/netplan/60.yaml "$old_sha" $plan
    expect 'done'
    put "$old" /etc/network/interfaces
    run remove /etc/network/interfaces "$old_sha" $plan
    expect 'done'
    expect_log 'nmcli connection reload;netplan generate;'
    rm "$tools/nmcli" "$tools/netplan"
    put "$old" $keyfile
    run remove $keyfile "$old_sha" $plan
    expect 'done'
    expect_clean
}

refuses_other_files() {
    scenario 'refuses other files'
    local path
    put "$old" /etc/passwd
    put "$old" /etc/sysconfig/network-scripts/ifup-eth
    put "$old" /etc/netplan/README
    mkdir "$root/etc/netplan/dir.yaml"
    for path in /etc/passwd etc/netplan/a.yaml /etc/netplan/../passwd /etc/netplan/x/../../passwd /etc/sysconfig/network-scripts/ifup-eth \
        /etc/sysconfig/network-scripts/ifcfg- /etc/netplan/README /etc/netplan/.yaml /etc/netplan/.x.yaml /etc/NetworkManager/system-connections/ \
        /etc/NetworkManager/system-connections/.. /etc/NetworkManager/system-connections/.hidden /etc/network/interfaces.d/x \
        "/etc/netplan/a${newline}b.yaml" "/etc/netplan${newline}/a.yaml" $'/etc/netplan/a\tb.yaml' $'/etc/netplan/a\x1bb.yaml' '' / \
        "/etc/netplan/$(printf '%0200d' 1).yaml" /etc//netplan/a.yaml "/etc/passwd$newline/etc/netplan/a.yaml"; do
        run read "$path"
        expect misused
        run write "$path" "$old_sha" "$new_sha" 644 $plan <"$new"
        expect misused
        run remove "$path" "$old_sha" $plan
        expect misused
        run restore "$path" $plan "$old_sha" "$new_sha"
        expect misused
    done
    expect_file "$old" /etc/passwd
    run write /etc/netplan/dir.yaml absent "$new_sha" 644 $plan <"$new"
    expect impossible
    expect_reason 'no plain file'
    local arguments
    for arguments in '' x "write $ifcfg" "write $ifcfg $old_sha xyz 644 p" "write $ifcfg $old_sha $new_sha 4755 p" "write $ifcfg $old_sha $new_sha 6x4 p" \
        "write $ifcfg $old_sha $new_sha 644 ../p" "write $ifcfg $old_sha $new_sha 644 -p" "write $ifcfg $old_sha $new_sha 644 .." "write $ifcfg ABSENT $new_sha 644 p" \
        "remove $ifcfg absent p" "restore $ifcfg p absent $new_sha" 'read a b' 'settle' "remove $ifcfg ${old_sha%?} p"; do
        # shellcheck disable=SC2086  # several arguments
        run $arguments </dev/null
        expect misused
    done
    [ ! -e "$root/var/lib/troposcope/kept" ] || fail 'something was done'
}

refuses_links() {
    scenario 'refuses links'
    put "$old" /etc/passwd
    ln -s ../../passwd "$root$ifcfg"
    run read $ifcfg
    expect impossible
    run write $ifcfg "$old_sha" "$new_sha" 644 $plan <"$new"
    expect impossible
    expect_reason 'is a link'
    rm "$root$ifcfg"
    ln -s nowhere "$root$ifcfg"
    run write $ifcfg absent "$new_sha" 644 $plan <"$new"
    expect impossible
    [ "$(readlink "$root$ifcfg")" = nowhere ] || fail 'the link has gone'
    rmdir "$root/etc/netplan"
    ln -s network "$root/etc/netplan"
    run write /etc/netplan/a.yaml absent "$new_sha" 644 $plan <"$new"
    expect impossible
    expect_reason 'netplan is a link'
    rm "$root$ifcfg"
    put "$old" $ifcfg
    ln "$root$ifcfg" "$root/etc/profile"
    run write $ifcfg "$old_sha" "$new_sha" 644 $plan <"$new"
    expect impossible
    expect_reason '2 names'
    rm "$root/etc/profile"
    # Where kept copies should go.
    mkdir -p "$root/elsewhere" "$root/var/lib/troposcope/kept"
    ln -s ../../../../elsewhere "$root/var/lib/troposcope/kept/$plan"
    run remove $ifcfg "$old_sha" $plan
    expect impossible
    expect_reason 'is a link'
    expect_file "$old" $ifcfg
    [ -z "$(ls "$root/elsewhere")" ] || fail 'a copy went elsewhere'
    rm -r "$root/var/lib/troposcope"
    ln -s ../../elsewhere "$root/var/lib/troposcope"
    run write $ifcfg "$old_sha" "$new_sha" 644 $plan <"$new"
    expect impossible
    expect_file "$old" $ifcfg
    expect_clean
}

newline='
'
hostile() {
    scenario 'hostile names and contents'
    local name path
    printf '`touch %s/pwned`$(touch %s/pwned);"\047\n\0\xff' "$scratch" "$scratch" >"$new"
    new_sha=$(sha "$new")
    for name in "ifcfg-\$(touch $scratch/pwned)" 'ifcfg-;touch pwned' "ifcfg-it's \"a\" \\name" 'ifcfg-*' 'ifcfg-a b  c' 'ifcfg-`id`' 'ifcfg--n' $'ifcfg-\xff\xfe' 'ifcfg-%s%n' 'ifcfg-$HOME'; do
        [ "${name#*/}" = "$name" ] || name=${name//\//_}
        path=/etc/sysconfig/network-scripts/$name
        run write "$path" absent "$new_sha" 600 $plan <"$new"
        expect 'done' sha256 "$new_sha"
        expect_file "$new" "$path"
        run read "$path"
        expect 'done' sha256 "$new_sha"
        run write "$path" "$new_sha" "$old_sha" 600 $plan <"$old"
        expect 'done' sha256 "$old_sha"
        run remove "$path" "$old_sha" $plan
        expect 'done' sha256 absent
        run restore "$path" $plan "$new_sha" absent
        expect 'done'
        expect_file "$new" "$path"
    done
    [ "$(find "$root/etc" -type f | wc -l)" = 10 ] || fail "not ten files: $(find "$root/etc" -type f)"
    [ -z "$(find "$scratch" -name pwned)" ] || fail 'code was run'
    expect_clean
}

# Somebody else changes the file while we do.
races() {
    scenario 'races'
    [ "$applets" = no ] || return 0 # our cp and sync are not asked
    local race
    # Before the copy, after it, and at the last moment.
    for race in cp chmod; do
        put "$old" $ifcfg
        tool_after $race "echo '# by another' >>\"\$ROOT$ifcfg\""
        run write $ifcfg "$old_sha" "$new_sha" 644 $plan <"$new"
        expect moved
        expect_reason 'changed'
        [ "$(tail -n 1 "$root$ifcfg")" = '# by another' ] || fail "$race: the other's change is lost"
        expect_clean
        rm "$tools/$race"
        ln -s "$(type -P $race)" "$tools/$race"
    done
    tool_after sync "case \$1 in *kept*part) ;; *kept*) echo '# by another' >>\"\$ROOT$ifcfg\" ;; esac"
    put "$old" $ifcfg
    rm -rf "$root/var/lib/troposcope"
    run remove $ifcfg "$old_sha" $plan
    expect moved
    [ "$(tail -n 1 "$root$ifcfg")" = '# by another' ] || fail "the other's change is lost"
    rm "$root$ifcfg"
    tool_after sync "case \$1 in *.troposcope-*) echo '# by another' >\"\$ROOT$ifcfg\" ;; esac"
    run write $ifcfg absent "$new_sha" 644 $plan <"$new"
    expect moved
    [ "$(cat "$root$ifcfg")" = '# by another' ] || fail "the other's file is lost"
    expect_clean
    # Somebody puts a link there.
    rm "$tools/sync"
    put "$old" $ifcfg
    tool_after sync "case \$1 in *.troposcope-*) ln -sf /etc/passwd \"\$ROOT$ifcfg\" ;; esac"
    run write $ifcfg "$old_sha" "$new_sha" 644 $plan <"$new"
    expect moved
    [ -L "$root$ifcfg" ] || fail 'the link was overwritten'
}

# What arrives is not what was sent: a cut connection.
cut_content() {
    scenario 'cut content'
    put "$old" $ifcfg
    head -c 20 "$new" >"$scratch/cut"
    run write $ifcfg "$old_sha" "$new_sha" 644 $plan <"$scratch/cut"
    expect failed
    expect_reason 'did not arrive'
    { cat "$new"; echo; } >"$scratch/more"
    run write $ifcfg "$old_sha" "$new_sha" 644 $plan <"$scratch/more"
    expect failed
    head -c 3000000 /dev/zero >"$scratch/huge"
    run write $ifcfg "$old_sha" "$(sha "$scratch/huge")" 644 $plan <"$scratch/huge"
    expect failed
    expect_file "$old" $ifcfg
    run write /etc/netplan/a.yaml absent "$new_sha" 644 $plan </dev/null
    expect failed
    expect_file absent /etc/netplan/a.yaml
    expect_clean
    [ ! -e "$root/var/lib/troposcope/kept" ] || fail 'a copy of what does not change'
}

no_room() {
    scenario 'no room'
    put "$old" $ifcfg
    head -c 70000 /dev/zero | tr '\0' '#' >"$scratch/big"
    (ulimit -f 40; trap '' XFSZ; run write $ifcfg "$old_sha" "$(sha "$scratch/big")" 644 $plan <"$scratch/big"; expect failed; exit $failures) || failures=$((failures + 1))
    expect_file "$old" $ifcfg
    expect_clean

    chmod a-w "$root/etc/sysconfig/network-scripts"
    run write $ifcfg "$old_sha" "$new_sha" 644 $plan <"$new"
    expect failed
    run remove $ifcfg "$old_sha" $plan
    expect failed
    expect_reason '[Pp]ermission denied'
    expect_file "$old" $ifcfg
    chmod u+w "$root/etc/sysconfig/network-scripts"

    # Nowhere to keep a copy: then nothing is changed.
    rm -rf "$root/var/lib/troposcope"
    chmod a-w "$root/var/lib"
    run write $ifcfg "$old_sha" "$new_sha" 644 $plan <"$new"
    expect failed
    expect_reason 'no copy can be kept'
    run remove $ifcfg "$old_sha" $plan
    expect failed
    expect_file "$old" $ifcfg
    expect_clean
    chmod u+w "$root/var/lib"
    rmdir "$root/etc/netplan"
    run write /etc/netplan/a.yaml absent "$new_sha" 644 $plan <"$new"
    expect impossible
    expect_reason 'no folder'
    run read /etc/netplan/a.yaml
    expect 'done' sha256 absent

    [ -n "${small-}" ] || return 0
    local kept_root=$root
    root=$small
    mkdir -p "$root/etc/netplan" "$root/var/lib"
    put "$old" /etc/netplan/a.yaml
    run write /etc/netplan/a.yaml "$old_sha" "$(sha "$scratch/big")" 644 $plan <"$scratch/big"
    expect failed
    expect_reason 'No space left\|I/O error'
    expect_file "$old" /etc/netplan/a.yaml
    # Room for the new file, and none for the copy.
    put "$old" /etc/netplan/a.yaml
    head -c 30000 "$scratch/big" >"$root/etc/netplan/b.yaml"
    head -c 1000000 /dev/zero >"$root/filler" 2>/dev/null
    run write /etc/netplan/a.yaml "$old_sha" "$new_sha" 644 $plan <"$new"
    expect failed
    run remove /etc/netplan/b.yaml "$(sha "$root/etc/netplan/b.yaml")" $plan
    expect failed
    expect_file "$old" /etc/netplan/a.yaml
    expect_clean
    rm -rf "${small:?}"/*
    root=$kept_root
}

# What a run that was killed has left is cleared away.
after_a_kill() {
    scenario 'after a kill'
    put "$old" $ifcfg
    echo half >"$root/etc/sysconfig/network-scripts/.troposcope-4711"
    mkdir -p "$root/var/lib/troposcope/kept/$plan/etc/sysconfig/network-scripts"
    echo half >"$root/var/lib/troposcope/kept/$plan$ifcfg.$old_sha.part"
    echo half >"$root/var/lib/troposcope/kept/$plan$ifcfg.$old_sha"
    run write $ifcfg "$old_sha" "$new_sha" 644 $plan <"$new"
    expect 'done'
    expect_file "$old" "/var/lib/troposcope/kept/$plan$ifcfg.$old_sha"
    expect_clean
}

# Two at once: one after the other.
locks() {
    scenario 'locks'
    [ "$applets" = no ] || return 0
    put "$old" $ifcfg
    mkdir -p "$root/var/lib/troposcope"
    tool flock <<<'exit 1'
    run write $ifcfg "$old_sha" "$new_sha" 644 $plan <"$new"
    expect failed
    expect_reason 'another change'
    expect_file "$old" $ifcfg
}

labels() {
    scenario 'SELinux'
    put "$old" $ifcfg
    tool chcon <<<'echo "chcon $*" | sed "s|$ROOT||g; s|troposcope-[0-9]*|T|" >>"$LOG"'
    tool restorecon <<<'echo "restorecon $*" | sed "s|$ROOT||g; s|troposcope-[0-9]*|T|" >>"$LOG"'
    run write $ifcfg "$old_sha" "$new_sha" 644 $plan <"$new"
    [ ! -e "$scratch/log" ] || fail 'labels without SELinux'
    [ "$applets" = no ] || return 0
    mkdir -p "$root/sys/fs/selinux"
    echo 1 >"$root/sys/fs/selinux/enforce"
    run write $ifcfg "$new_sha" "$old_sha" 644 $plan <"$old"
    expect 'done'
    run write /etc/netplan/a.yaml absent "$new_sha" 644 $plan <"$new"
    expect 'done'
    expect_log "chcon --reference=$ifcfg /etc/sysconfig/network-scripts/.T;restorecon /etc/netplan/.T;"
    rm "$tools/chcon" "$tools/restorecon"
    run write $ifcfg "$old_sha" "$new_sha" 644 $plan <"$new"
    expect 'done'
}

# Nobody reads the answer any longer: the work is done all the same, and whole.
cut_connection() {
    scenario 'cut connection'
    put "$old" $ifcfg
    # shellcheck disable=SC2086  # a shell and its options
    { (exec env -i PATH="$tools" TROPOSCOPE_CHANGE_ROOT="$root" $shell_path -c "$text" troposcope-change '' write $ifcfg "$old_sha" "$new_sha" 644 $plan <"$new") 2>/dev/null; } | true
    expect_file "$new" $ifcfg
    expect_clean
}

old_tools() {
    scenario 'old tools'
    [ "$applets" = no ] || return 0
    put "$old" $ifcfg
    rm "$tools/sha256sum" "$tools/timeout" "$tools/flock" "$tools/sync"
    tool sync <<<'[ $# -eq 0 ] || exit 1'
    run read $ifcfg
    if type -P openssl >/dev/null; then
        expect impossible
        ln -s "$(type -P openssl)" "$tools/openssl"
        run write $ifcfg "$old_sha" "$new_sha" 644 $plan <"$new"
        expect 'done' sha256 "$new_sha"
    else
        expect impossible
    fi
    rm -f "$tools/openssl"
    ! type -P shasum >/dev/null || { tool shasum <<<'[ "$*" = "-a 256" ] && exec /usr/bin/sha256sum'; }
    [ ! -e "$tools/shasum" ] || { run read $ifcfg; expect 'done'; }
}

# Half a script does nothing.
cut_script() {
    scenario 'cut script'
    put "$old" $ifcfg
    local size at
    size=$(wc -c <"$change")
    for ((at = 197; at < size - 25; at += size / 25)); do
        # shellcheck disable=SC2086  # a shell and its options
        env -i PATH="$tools" TROPOSCOPE_CHANGE_ROOT="$root" $shell_path -c "$(head -c "$at" "$change")" troposcope-change '' remove $ifcfg "$old_sha" $plan >/dev/null 2>&1
    done
    expect_file "$old" $ifcfg
}

# ---- interfaces, on tools of our own making

# A machine with ens5, whose ip keeps its state in files.
fake_network() {
    mkdir -p "$root/sys/class/net/ens5"
    echo 52:54:00:00:01:00 >"$root/sys/class/net/ens5/address"
    echo 0x1003 >"$root/sys/class/net/ens5/flags"
    echo 129.215.175.100/24 >"$root/addresses"
    tool ip <<'T'
net=$ROOT/sys/class/net/ens5
case "$*" in
    '-o -4 addr show dev ens5' | '-o addr show dev ens5')
        while read -r a; do echo "3: ens5    inet $a brd 129.215.175.255 scope global ens5\       valid_lft forever"; done <"$ROOT/addresses" ;;
    'link set dev ens5 up') echo 0x1003 >"$net/flags"; echo "$*" >>"$LOG" ;;
    'link set dev ens5 down') echo 0x1002 >"$net/flags"; echo "$*" >>"$LOG" ;;
    '-4 addr flush dev ens5') : >"$ROOT/addresses"; echo "$*" >>"$LOG" ;;
    'route show default') ;;
    *) echo "$*" >>"$LOG"; echo 'RTNETLINK answers: no' >&2; exit 2 ;;
esac
T
    tool sleep <<<'echo "sleep $*" >>"$LOG"'
}

takes_down() {
    scenario 'takes down'
    fake_network
    put "$old" $ifcfg
    tool ifdown <<<'echo "ifdown $*" >>"$LOG"; echo "Device ens5 has MAC address x, instead of configured address y. Ignoring."; exit 1'
    run ifdown ens5 $ifcfg
    expect 'done' device ens5 state down mac 52:54:00:00:01:00 note 'ifdown ens5: Device ens5 has MAC address x, instead of configured address y. Ignoring.'
    expect_log 'ifdown ens5;-4 addr flush dev ens5;link set dev ens5 down;'
    run ifdown ens5 $ifcfg
    expect already
    run ifdown ens9 $ifcfg
    expect already state absent

    # The connection that we speak over.
    rm "$scratch/log"
    fake_network
    for via in 129.215.175.100 ::1; do
        run ifdown ens5 $ifcfg
        [ $via = ::1 ] || expect impossible state up address 129.215.175.100/24
        [ $via = ::1 ] || expect_reason 'by which this connection came in'
        [ $via != ::1 ] || expect 'done'
        fake_network
    done
    via=129.215.175.100
    run link ens5 down
    expect impossible
    run addrdel ens5 129.215.175.100/24
    expect impossible
    via=129.215.175.10
    run link ens5 down
    expect 'done' state down
    run link ens5 down
    expect already
    run link ens5 up
    expect 'done' state up
    run link ens7 up
    expect moved state absent
    expect_clean

    scenario 'takes down with NetworkManager'
    fake_network
    tool nmcli <<'T'
echo "nmcli $*" >>"$LOG"
case "$*" in
    '-t -f DEVICE,STATE device') echo 'ens5:connected'; echo 'lo:unmanaged' ;;
    '-w 45 device disconnect ens5') : >"$ROOT/addresses"; echo 0x1002 >"$ROOT/sys/class/net/ens5/flags" ;;
esac
T
    run ifdown ens5 /etc/NetworkManager/system-connections/float1.nmconnection
    expect 'done' state down
    expect_log 'nmcli -t -f DEVICE,STATE device;nmcli -w 45 device disconnect ens5;'

    scenario 'takes down what stays up'
    fake_network
    tool ip <<'T'
case "$*" in *show*) echo '3: ens5    inet 10.0.0.1/24 brd x' ;; *) echo 'not permitted' >&2; exit 2 ;; esac
T
    run ifdown ens5 /etc/netplan/a.yaml
    expect failed state up address 10.0.0.1/24
    expect_reason 'still up'
}

takes_up() {
    scenario 'takes up, ifcfg'
    fake_network
    put "$new" $ifcfg
    echo 0x1002 >"$root/sys/class/net/ens5/flags"
    # A daemon that stays keeps none of our pipes open.
    tool ifup <<<'echo "ifup $* $(umask)" >>"$LOG"; /bin/sh -c "kill -HUP \$\$; echo deaf >>\"\$LOG\""; /bin/sleep 30 & echo 0x1003 >"$ROOT/sys/class/net/ens5/flags"'
    SECONDS=0
    run ifup ens5 $ifcfg
    expect 'done' state up address 129.215.175.100/24
    [ "$SECONDS" -lt 20 ] || fail 'waited for a daemon'
    expect_log 'ifup ens5 0022;'
    tool ifup <<<'echo "Error: \$(x) not found${newline}" >&2; exit 1'
    run ifup ens5 $ifcfg
    expect failed
    expect_reason 'ifup ens5: Error: $(x) not found'
    tool ifup <<<'echo 0x1002 >"$ROOT/sys/class/net/ens5/flags"'
    run ifup ens5 $ifcfg
    expect failed state down
    run ifup ens5 /etc/sysconfig/network-scripts/ifcfg-ens6
    expect moved
    run ifup ens9 $ifcfg
    expect moved state absent
    run ifup 'ens5;id' $ifcfg
    expect misused
    run ifup ens5 /etc/passwd
    expect misused
    expect_clean

    scenario 'takes up, NetworkManager'
    fake_network
    keyfile='/etc/NetworkManager/system-connections/float 1.nmconnection'
    put "$new" "$keyfile"
    tool nmcli <<'T'
echo "nmcli $*" >>"$LOG"
case "$*" in
    '-t -e no -f UUID,FILENAME connection show')
        echo '11111111-aaaa-bbbb-cccc-000000000000:/run/NetworkManager/x:y'
        echo '22222222-aaaa-bbbb-cccc-000000000000:/etc/NetworkManager/system-connections/float 1.nmconnection' ;;
esac
T
    run ifup ens5 "$keyfile"
    expect 'done' state up
    expect_log "nmcli connection load $keyfile;nmcli -t -e no -f UUID,FILENAME connection show;nmcli -w 45 connection up uuid 22222222-aaaa-bbbb-cccc-000000000000 ifname ens5;"
    # An old one tells no file names; network scripts have gone.
    rm "$scratch/log"
    printf 'DEVICE=ens5\nUUID="33333333-aaaa-bbbb-cccc-000000000000"\n' >"$root$ifcfg"
    tool nmcli <<<'echo "nmcli $*" >>"$LOG"; case "$*" in *FILENAME*) exit 2 ;; "connection load"*) exit 10 ;; esac'
    run ifup ens5 $ifcfg
    [ "$applets" = yes ] || expect 'done'
    [ "$applets" = yes ] || expect_log "nmcli connection load $ifcfg;nmcli connection reload;nmcli -t -e no -f UUID,FILENAME connection show;nmcli -w 45 connection up uuid 33333333-aaaa-bbbb-cccc-000000000000 ifname ens5;"
    tool nmcli <<<'exit 10'
    run ifup ens5 "$keyfile"
    expect failed

    scenario 'takes up, netplan'
    fake_network
    put "$new" /etc/netplan/60-float1.yaml
    : >"$root/addresses"
    tool netplan <<<'echo "netplan $*" >>"$LOG"'
    tool networkctl <<<'echo "networkctl $*" >>"$LOG"; [ "$1" != reconfigure ] || echo 10.0.0.1/24 >"$ROOT/addresses"'
    run ifup ens5 /etc/netplan/60-float1.yaml
    expect 'done' address 10.0.0.1/24
    expect_log 'netplan generate;networkctl reload;networkctl reconfigure ens5;'
    tool networkctl <<<'echo "Unknown operation reload." >&2; exit 1'
    run ifup ens5 /etc/netplan/60-float1.yaml
    expect impossible
    expect_reason 'Unknown operation reload'
    tool netplan <<<'echo "60-float1.yaml:3:1: Error" >&2; exit 1'
    run ifup ens5 /etc/netplan/60-float1.yaml
    expect failed
    expect_reason '60-float1.yaml:3:1: Error'
    rm "$tools/netplan"
    run ifup ens5 /etc/netplan/60-float1.yaml
    expect impossible

    scenario 'takes up, for ever'
    fake_network
    put "$new" $ifcfg
    local whole=$text
    text=${text//run 90 ifup/run 1 ifup}
    tool ifup <<<'exec /bin/sleep 60'
    SECONDS=0
    run ifup ens5 $ifcfg
    expect failed
    expect_reason 'no end within'
    [ "$SECONDS" -lt 20 ] || fail "took $SECONDS s"
    text=$whole
}

announces() {
    scenario 'announces'
    fake_network
    echo 7 >"$root/sys/class/net/ens5/ifindex"
    local said
    tool arping <<<'case "$*" in *-h*) echo "  -s source : source ip address" ;; *) echo "arping $*" >>"$LOG" ;; esac'
    run announce ens5 129.215.175.100 2
    expect 'done' sender 52:54:00:00:01:00 rounds 2 tool arping address 129.215.175.100/24
    said='-c 1 -w 1 -I ens5 -s 129.215.175.100 129.215.175.100;'
    expect_log "arping -q -U ${said}arping -q -A ${said}sleep 2;arping -q -U ${said}arping -q -A $said"
    rm "$scratch/log"
    tool arping <<<'case "$*" in *-h*) echo "ARPing 2.23, by Thomas Habets" ;; *) echo "arping $*" >>"$LOG"; exit 1 ;; esac'
    run announce ens5 129.215.175.100 1
    expect 'done' tool habets
    said='-c 1 -i ens5 -S 129.215.175.100 129.215.175.100;'
    expect_log "arping -q -U ${said}arping -q -U -P $said"
    run announce ens5 129.215.175.101 3
    expect moved rounds 0
    expect_reason 'does not have 129.215.175.101'
    # It is taken away meanwhile.
    tool sleep <<<'echo 129.215.175.1/24 >"$ROOT/addresses"'
    run announce ens5 129.215.175.100 3
    expect moved rounds 1
    echo 129.215.175.100/24 >"$root/addresses"
    tool arping <<<'case "$*" in *-h*) ;; *) echo "bind: no" >&2; exit 2 ;; esac'
    run announce ens5 129.215.175.100 1
    expect failed
    expect_reason 'bind: no'
    rm "$tools/arping"
    run announce ens5 129.215.175.100 1
    expect impossible
    expect_reason 'can announce'
    echo 0x1002 >"$root/sys/class/net/ens5/flags"
    tool arping <<<'exit 0'
    run announce ens5 129.215.175.100 1
    expect moved
    for said in 0 11 x -1 ''; do
        run announce ens5 129.215.175.100 "$said"
        expect misused
    done
    for said in 1.2.3 1.2.3.256 1.2.3.4.5 01.2.3.4 '1.2.3.4;id' 1..2.3 .1.2.3 1.2.3. ''; do
        run announce ens5 "$said" 1
        expect misused
        run addradd ens5 "$said/24"
        expect misused
    done
    for said in 1.2.3.4 1.2.3.4/33 1.2.3.4/ 1.2.3.4/24/24 1.2.3.4/024; do
        run addrdel ens5 "$said"
        expect misused
    done
}

names_devices() {
    scenario 'names devices'
    mkdir -p "$root/sys/devices/pci0000:00/0000:00:07.0/virtio3" "$root/sys/class/net/ens5" "$root/sys/class/net/ens6" "$root/sys/class/net/tun0"
    ln -s ../../../devices/pci0000:00/0000:00:07.0/virtio3 "$root/sys/class/net/ens5/device"
    for name in ens5 ens6; do echo 52:54:00:00:01:01 >"$root/sys/class/net/$name/address"; done
    echo 1 >"$root/sys/class/net/ens5/carrier"
    : >"$root/sys/class/net/tun0/carrier"
    echo 0 >"$root/sys/class/net/ens6/carrier"
    run device 0000:00:07.0
    expect 'done' device 'ens5 52:54:00:00:01:01 0000:00:07.0'
    [ "$(grep -c ^device "$scratch/stdout")" = 1 ] || fail 'too many'
    run device 52:54:00:00:01:01
    expect 'done' device 'ens5 52:54:00:00:01:01 0000:00:07.0' device 'ens6 52:54:00:00:01:01 -'
    run device
    expect 'done' device 'tun0 - -'
    run device 0000:00:08.0
    expect 'done'
    ! grep -q ^device "$scratch/stdout" || fail 'a device'
    run device '*'
    expect misused
    run carrier ens5 ens6 tun0 ens9
    expect 'done' carrier 'ens5 1' carrier 'ens6 0' carrier 'tun0 unknown' carrier 'ens9 absent'
    run carrier
    expect misused
    run carrier ../ens5
    expect misused
    run carrier averyveryverylongname
    expect misused
}

# ---- real interfaces: va, whose other end is vb

# real VERB ARGUMENT…
real() {
    # shellcheck disable=SC2086  # a shell and its options
    (exec env -i PATH="$real_path" $shell_path -c "$text" troposcope-change '' "$@") >"$scratch/stdout" 2>"$scratch/stderr" </dev/null
    status=$?
    [ ! -s "$scratch/stderr" ] || fail "$1 writes to stderr: $(head -c 300 "$scratch/stderr")"
}

# Prints the ARP frames that arrive at vb, in hex, until it is ended. Called in the background.
listen() {
    exec perl -MSocket -e '$| = 1; socket(my $s, 17, SOCK_RAW, 0x0608) or die "$!"; bind($s, pack("SnlSCCa8", 17, 0x806, $ARGV[0], 0, 0, 0, "")) or die "$!";
        print "listening\n"; while (recv($s, my $f, 2000, 0) // 0) { print unpack("H84", $f), "\n" }' "$(cat /sys/class/net/vb/ifindex)"
}

real_network() {
    scenario 'real interfaces'
    mount -t sysfs sysfs /sys
    mount -t tmpfs tmpfs /var/lib
    ip link add va type veth peer name vb
    ip link set vb up
    local mac hex address=10.99.0.1 tool
    mac=$(cat /sys/class/net/va/address)
    hex=${mac//:/}
    real link va up
    expect 'done' state up mac "$mac"
    real link va up
    expect already
    real carrier va
    expect 'done' carrier 'va 1'
    real addradd va $address/24 10.99.0.254
    expect 'done' address $address/24
    real addradd va $address/24 10.99.0.254
    expect already
    ip route show default | grep -q 'default via 10.99.0.254 dev va' || fail "no route: $(ip route)"
    for real_path in "$scratch/none" /nonexistent; do
        mkdir -p "$scratch/none"
        for tool in '' busybox perl python3; do
            [ "$real_path" = "$scratch/none" ] || [ -z "$tool" ] || continue
            announce_by "$tool"
        done
    done
    real addrdel va $address/24
    expect 'done' state up
    real addrdel va $address/24
    expect already
    real addrdel va 10.99.0.2/24
    expect already
    real addradd va 10.99.0.1/24 10.98.0.1
    expect failed address 10.99.0.1/24
    real announce va 10.99.0.7 1
    expect moved
    real ifdown va /etc/netplan/none.yaml
    expect 'done' state down
    real ifdown va /etc/netplan/none.yaml
    expect already
    real carrier va
    expect 'done' carrier 'va unknown'
    real device "$mac"
    expect 'done' device "va $mac -"
    ip link del va
    real link va down
    expect moved state absent
    umount /var/lib /sys
}

# TOOL: announces by that one; empty: by whatever the machine has.
announce_by() {
    local frames listener whole=$text
    if [ -n "$1" ]; then
        type -P "$1" >/dev/null || return 0
        # Without the others.
        text=${text//have arping;/false;}
        [ "$1" = busybox ] || text=${text//have busybox /false }
        [ "$1" != python3 ] || text=${text//have perl /false }
    fi
    listen >"$scratch/frames" &
    listener=$!
    until grep -qs listening "$scratch/frames"; do kill -0 $listener || break; done
    real announce va $address 1
    expect 'done' sender "$mac" rounds 1
    text=$whole
    frames=
    for _ in $(seq 50); do
        [ "$(grep -c "^ffffffffffff${hex}0806" "$scratch/frames")" -lt 2 ] || break
        sleep 0.1
    done
    kill $listener
    wait $listener 2>/dev/null
    frames=$(cat "$scratch/frames")
    # Both forms, from the device's own MAC, sender and target the address.
    grep -q "^ffffffffffff${hex}0806000108000604""0001${hex}0a630001............0a630001" <<<"$frames" || fail "by '$1', no request: $frames"
    grep -q "^ffffffffffff${hex}0806000108000604""0002${hex}0a630001............0a630001" <<<"$frames" || fail "by '$1', no reply: $frames"
}

[ $# -gt 0 ] || set -- dash 'bash --posix' 'busybox sh' mksh ksh93
for shell; do
    shell_path=$(command -v "${shell%% *}") || continue
    [ "$shell" = "${shell#* }" ] || shell_path="$shell_path ${shell#* }"
    applets=no # busybox runs its own ip, cp and sync whatever PATH says
    [ "$shell" != 'busybox sh' ] || applets=yes
    tried="${tried-}${tried+, }$shell"
    if [ "$part" = network ]; then
        real_path=$PATH
        real_network
        continue
    fi
    reads
    withholds
    writes
    makes_new
    removes
    forgets
    refuses_other_files
    refuses_links
    hostile
    races
    cut_content
    no_room
    after_a_kill
    locks
    labels
    cut_connection
    old_tools
    cut_script
    names_devices
    [ "$applets" = no ] || continue
    takes_down
    takes_up
    announces
done

if [ "$failures" != 0 ]; then
    echo "$failures failures" >&2
    exit 1
fi
echo "the change script is right on ${part:-files} under $tried"
