#!/usr/bin/env bash
# shellcheck disable=SC2016  # the texts of tools expand when they run
# probe_test.sh [SHELL…]: runs the probe under every shell that is here (or those named), against tools and
# files of our own making, and takes its output apart strictly (demultiplex.pl). Exit 0: all well; 1: what
# failed is named.
set -u
export LC_ALL=C
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
probe=${PROBE:-$here/../../resources/probe/probe.sh}
demultiplex=$here/demultiplex.pl

# As root no file is unreadable: run as nobody, from copies that nobody can read.
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
    stage=$(mktemp -d)
    trap 'rm -rf "$stage"' EXIT
    cp "$probe" "$stage/probe.sh"
    cp "${BASH_SOURCE[0]}" "$demultiplex" "$stage/"
    chmod -R a+rX "$stage"
    PROBE=$stage/probe.sh HOME=/nonexistent TMPDIR=/tmp setpriv --reuid=65534 --regid=65534 --clear-groups \
        bash "$stage/${BASH_SOURCE[0]##*/}" "$@"
    exit
fi

docker_host=DOCKER_HOST=unix:///somewhere
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+rwX "$scratch"; rm -rf "$scratch"' EXIT
root=$scratch/root
tools=$scratch/tools
failures=0

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

# FOLDER/FILE below the root, its bytes from standard input.
file() {
    mkdir -p "$root/$(dirname "$1")"
    cat >"$root/$1"
}

scenario() {
    scenario=$1
    chmod -R u+rwX "$root" 2>/dev/null
    rm -rf "$root" "$tools" "$scratch/log"
    mkdir -p "$root" "$tools"
    for name in awk cat date false git grep head id ls od readlink sed sleep tail timeout tr true uname wc; do
        ! path=$(type -P "$name") || ln -s "$path" "$tools/$name"
    done
}

# ARGUMENT…: runs the probe; its documents are in $got.
run() {
    got=$scratch/got
    rm -rf "$got"
    # shellcheck disable=SC2086  # a shell and its options
    (cd "$scratch" && exec env -i PATH="$tools" LANG=C.UTF-8 LC_ALL=C.UTF-8 LOG="$scratch/log" TROPOSCOPE_PROBE_ROOT="$root" $docker_host $shell_path -s -- "$@") \
        <"$probe" >"$scratch/stdout" 2>"$scratch/stderr"
    exit_status=$?
    [ "$exit_status" = 0 ] || fail "exit status $exit_status: $(head -c 300 "$scratch/stderr")"
    perl "$demultiplex" "$scratch/stdout" "$scratch/stderr" "$got" >"$scratch/complaint" 2>&1 ||
        fail "$(head -c 600 "$scratch/complaint")"
}

# PATH STATUS [FILE]: that document, of that status, with exactly the bytes of FILE or standard input (-).
expect() {
    grep -qxF "$1 $2" "$got/status" || {
        fail "no '$1 $2' in: $(tr '\n' ';' <"$got/status")"
        return
    }
    [ $# -lt 3 ] || diff -au "$3" "$got/out/$1" >"$scratch/diff" || fail "$1: $(cat "$scratch/diff")"
}

expect_none() {
    ! grep -q "^$1 " "$got/status" || fail "there should be no $1"
}

expect_error() {
    grep -q -- "$2" "$got/err/$1" || fail "$1: '$2' not in: $(cat "$got/err/$1")"
}

# ---- tools

modern_network() {
    tool hostname <<<'echo Acilamwen'
    tool ip <<'T'
case "$*" in
    '-j -d addr') printf '%s\n' '[{"ifname":"ens5","note":"a\\nb"}]' ;;
    '-j route') echo '[{"dst":"default"}]' ;;
    '-j neigh') echo '[ ]' ;;
    *) echo "asked: $*" ;;
esac
T
    tool bridge <<'T'
case "$*" in
    '-j link') echo '[{"ifname":"vnet1"}]' ;;
    '-j fdb show') echo '[{"mac":"fe:54:00:00:01:01"}]' ;;
esac
T
}

# df as GNU's, on a machine where some may not be looked at.
gnu_df() {
    tool df <<'T'
echo "df $*" >>"$LOG"
echo 'Filesystem     1024-blocks     Used Available Capacity Mounted on'
printf '%s\n' '/dev/vda1         32845584 30212284    939176      97% /mnt/a  b\n'
echo 'df: /var/lib/docker/overlay2/x/merged: Permission denied' >&2
exit 1
T
}

# Docker as a manager with two running containers, a paused one and a stopped one.
a=9683ea05bb04000000000000000000000000000000000000000000000000aaaa
b=a9775b40354e000000000000000000000000000000000000000000000000bbbb
c=aca731144335000000000000000000000000000000000000000000000000cccc
d=6216fd3ef158000000000000000000000000000000000000000000000000dddd
docker_answers() {
    sed -e "s/%a/$a/g" -e "s/%b/$b/g" -e "s/%c/$c/g" -e "s/%d/$d/g" <<'T'
echo "docker $*" >>"$LOG"
case "$1 $2" in
    'version --format') echo 'WARNING: no configuration' >&2; echo '{"Client":{"Version":"20.10"},"Server":{}}' ;;
    'ps -a')
        echo '{"Command":"\"/bin/sh\"","ID":"%a","Image":"firethorn/apache","Labels":"x=\"ID\":\"000000000000\",\"Status\":\"Up","Names":"apache","State":"running","Status":"Up 4 weeks"}'
        echo '{"Command":"\"python3\"","ID":"%b","Image":"firethorn/py","Labels":"","Names":"ft_py.1.abc,web/ft","State":"running","Status":"Up 5 days (healthy)"}'
        echo '{"Command":"\"x\"","ID":"%c","Image":"p","Labels":"","Names":"asleep","State":"paused","Status":"Up 5 days (Paused)"}'
        echo '{"Command":"\"x\"","ID":"%d","Image":"p","Labels":"","Names":"old","State":"exited","Status":"Exited (0) 2 days ago"}'
        ;;
    'inspect --type')
        shift 5
        for id; do echo "{\"Id\":\"$id\"}"; done
        ;;
    'info --format') echo '{"HttpProxy":"http://me:TOPSECRET@proxy:3128/","Swarm":{"ControlAvailable":true}}' ;;
    'service ls') echo '{"ID":"0123456789ab","Name":"ft"}'; echo '{"ID":"zyxwvutsrqpo","Name":"web"}' ;;
    'service inspect')
        case $4 in *Env* | *Secret* | *'json .}}'*) echo 'the whole of a service is asked for' >>"$LOG" ;; esac
        shift 4
        for id; do echo "{\"ID\":\"$id\",\"UpdateStatus\":null}"; done
        ;;
    'service ps') shift 5; echo "{\"tasks of\":\"$*\"}" ;;
    'node ls') echo '{"Hostname":"Acilamwen"}' ;;
    "exec %a") printf 'ID=fedora\n\0deadbeef end docker/os-release/apache.txt 0 1' ;;
    "exec %b") echo 'exec: "sh": executable file not found' >&2; exit 127 ;;
esac
T
}

# Root is who has FAKE_ROOT: sudo gives it, and opens what is in $root/locked.
sudo_works() {
    tool id <<<'echo 1000'
    tool sudo <<T
[ "\$1" = -n ] || exit 1
shift
echo "sudo \$*" >>"\$LOG"
export FAKE_ROOT=1
chmod -R u+rwX "$root"
"\$@"
status=\$?
while read -r locked; do chmod 000 "\$locked"; done <"$root/locked"
exit \$status
T
    ln -sf "$(command -v chmod)" "$tools/chmod"
}

# ---- scenarios

modern_guest() {
    scenario 'modern guest'
    modern_network
    tool docker < <(docker_answers)
    printf 'ID=fedora\nVERSION="28\0\n\n' | file etc/os-release
    file var/log/dpkg.log < <(seq 1 300)
    file etc/network/interfaces < <(printf 'auto lo')
    mkdir -p "$root/sys/devices/pci0000:00/0000:00:07.0/virtio3" "$root/sys/class/net/lo" "$root/sys/class/net/ens5" "$root/sys/class/net/tun0"
    ln -s ../../../devices/pci0000:00/0000:00:07.0/virtio3 "$root/sys/class/net/ens5/device"
    echo 52:54:00:00:01:01 >"$root/sys/class/net/ens5/address"
    echo 00:00:00:00:00:00 >"$root/sys/class/net/lo/address"
    : >"$root/sys/class/net/tun0/address"
    : >"$root/sys/class/net/bonding_masters"
    gnu_df
    file proc/sys/kernel/osrelease <<<'4.18.16-200.fc28.x86_64'
    printf '4f1d0c6d8b7a4a0f9f0ce5a54f1d0c6d' | file etc/machine-id
    file var/lib/dbus/machine-id <<<'00000000000000000000000000000001'
    file etc/ssh/ssh_host_ecdsa_key.pub <<<'ecdsa-sha2-nistp256 AAAA1 root@a\nb'
    file etc/ssh/ssh_host_rsa_key.pub < <(printf 'ssh-rsa AAAA2')
    file etc/udev/rules.d/70-persistent-net.rules < <(printf '# PCI device\n\nATTR{address}=="52:54:00:02:02:0f", NAME="eth0"')
    run guest no 10
    expect guest/kernel.txt 0 <(echo 4.18.16-200.fc28.x86_64)
    expect guest/machine-id.txt 0 <(echo 4f1d0c6d8b7a4a0f9f0ce5a54f1d0c6d)
    expect guest/ssh-host-keys.txt 0 <(printf '%s\n' 'ecdsa-sha2-nistp256 AAAA1 root@a\nb' 'ssh-rsa AAAA2')
    expect guest/udev-net.txt 0 "$root/etc/udev/rules.d/70-persistent-net.rules"
    if [ "$applets" = no ]; then
        expect guest/df.txt 0 <(printf '%s\n' 'Filesystem     1024-blocks     Used Available Capacity Mounted on' \
            '/dev/vda1         32845584 30212284    939176      97% /mnt/a  b\n')
        [ "$(grep ^df "$scratch/log")" = 'df -kPl' ] || fail "df was asked for more: $(grep ^df "$scratch/log")"
    fi
    expect package-history.txt 0 <(seq 101 300)
    expect guest/os-release.txt 0 "$root/etc/os-release"
    expect guest/interfaces.txt 0 "$root/etc/network/interfaces"
    expect interface-pci.txt 0 <(printf '%s\n' 'ens5 52:54:00:00:01:01 0000:00:07.0' 'lo 00:00:00:00:00:00 -' 'tun0 - -')
    expect guest/date.txt 0
    grep -qxE '20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2}' "$got/out/guest/date.txt" ||
        fail "date: $(cat "$got/out/guest/date.txt")"
    if [ "$applets" = no ]; then
        expect guest/hostname.txt 0 <(echo Acilamwen)
        expect guest/ip-addr.json 0 <(printf '%s\n' '[{"ifname":"ens5","note":"a\\nb"}]')
        expect guest/ip-route.json 0 <(echo '[{"dst":"default"}]')
        expect guest/ip-neigh.json 0 <(echo '[ ]')
        expect_none guest/ip-addr.txt
    fi
    expect guest/bridge-link.json 0 <(echo '[{"ifname":"vnet1"}]')
    expect guest/bridge-fdb.json 0 <(echo '[{"mac":"fe:54:00:00:01:01"}]')
    expect docker/version.json 0 <(echo '{"Client":{"Version":"20.10"},"Server":{}}')
    expect_error docker/version.json 'WARNING: no configuration'
    expect docker/ps.json 0
    expect docker/inspect.json 0 <(printf '[{"Id":"%s"}\n,{"Id":"%s"}\n,{"Id":"%s"}\n,{"Id":"%s"}]\n' "$a" "$b" "$c" "$d")
    expect docker/info.json 0 <(echo '{"HttpProxy":"http://<withheld>@proxy:3128/","Swarm":{"ControlAvailable":true}}')
    expect docker/services.json 0
    expect docker/tasks.json 0 <(echo '{"tasks of":"0123456789ab zyxwvutsrqpo"}')
    expect docker/service-inspect.json 0 <(printf '[{"ID":"0123456789ab","UpdateStatus":null}\n,{"ID":"zyxwvutsrqpo","UpdateStatus":null}]\n')
    ! grep -q 'whole of a service' "$scratch/log" || fail 'more of the services is asked for than the format names'
    expect docker/nodes.json 0 <(echo '{"Hostname":"Acilamwen"}')
    expect docker/os-release/apache.txt 0 <(printf 'ID=fedora\n\0deadbeef end docker/os-release/apache.txt 0 1')
    expect docker/os-release/ft_py.1.abc.txt 127 /dev/null
    expect_error docker/os-release/ft_py.1.abc.txt 'executable file not found'
    expect_none docker/os-release/asleep.txt
    expect_none docker/os-release/old.txt
    [ "$(grep -c ^docker "$scratch/log")" = 10 ] || fail "more calls of docker than needed: $(cut -c1-60 "$scratch/log")"
    ! grep 'inspect' "$scratch/log" | grep -q 'Env' || fail 'the environment of containers is asked for'
}

old_machine() {
    scenario 'tools of 2014'
    tool ip <<'T'
case "$*" in
    -j*) echo 'Option "-j" is unknown, try "ip -help".' >&2; exit 255 ;;
    '-d addr') echo '1: lo: <LOOPBACK,UP>' ;;
    route) printf 'default via 10.0.0.1' ;;
esac
T
    tool brctl <<'T'
[ "$1" = show ] && echo 'bridge name	bridge id' || exit 1
T
    tool yum <<<'printf "%s\n" "ID | $*"; echo "You do not have access" >&2; exit 1'
    tool docker <<'T'
case "$*" in
    'ps -a --no-trunc') echo 'CONTAINER ID   IMAGE' ;;
    *) echo 'flag provided but not defined: --format' >&2; exit 2 ;;
esac
T
    file etc/redhat-release <<<'Fedora release 20'
    file var/lib/dbus/machine-id <<<'4f1d0c6d8b7a4a0f9f0ce5a54f1d0c6d'
    run guest no 10
    expect guest/kernel.txt 0 <(uname -r)
    expect guest/machine-id.txt 0 "$root/var/lib/dbus/machine-id"
    expect_none guest/ssh-host-keys.txt
    expect_none guest/udev-net.txt
    expect guest/redhat-release.txt 0 "$root/etc/redhat-release"
    expect_none guest/os-release.txt
    if [ "$applets" = no ]; then
        expect guest/hostname.txt 0 <(uname -n)
        expect guest/ip-addr.txt 0 <(echo '1: lo: <LOOPBACK,UP>')
        expect guest/ip-route.txt 0 <(printf 'default via 10.0.0.1')
        expect guest/brctl-show.txt 0 <(printf 'bridge name\tbridge id\n')
        expect_none guest/ip-addr.json
    fi
    expect_none guest/ip-neigh.json
    expect_none guest/bridge-link.json
    expect package-history.txt 1 <(echo 'ID | -C history')
    expect_error package-history.txt 'do not have access'
    expect docker/ps.txt 0 <(echo 'CONTAINER ID   IMAGE')
    expect_none docker/version.json
    [ "$applets" = yes ] && return

    rm "$tools/ip" "$tools/brctl" "$tools/docker"
    tool ifconfig <<'T'
echo 'eth0      Link encap:Ethernet'
T
    tool bridge <<'T'
echo 'Option "-j" is unknown, try "bridge help".' >&2; exit 255
T
    run guest no 10
    expect guest/ifconfig.txt 0 <(echo 'eth0      Link encap:Ethernet')
    expect_none guest/bridge-link.json
    expect_none guest/ip-route.txt

    tool ip <<<'echo "Cannot open netlink socket" >&2; exit 1'
    rm "$tools/ifconfig"
    run guest no 10
    for name in addr.txt route.txt neigh.json; do
        expect "guest/ip-$name" 1 /dev/null
        expect_error "guest/ip-$name" 'Cannot open netlink socket'
    done
}

file_systems() {
    scenario 'file systems'
    [ "$applets" = no ] || return 0
    run guest no 10
    expect_none guest/df.txt

    scenario 'df without -l'
    tool df <<'T'
case $1 in
    -kP) echo 'Filesystem           1024-blocks    Used Available Capacity Mounted on' ;;
    *) echo "df: invalid option -- 'l'" >&2; exit 1 ;;
esac
T
    run host '' '' 10
    expect host/df.txt 0 <(echo 'Filesystem           1024-blocks    Used Available Capacity Mounted on')
    [ ! -s "$got/err/host/df.txt" ] || fail "it complains: $(cat "$got/err/host/df.txt")"

    scenario 'df fails'
    tool df <<<'echo "df: cannot read table of mounted file systems" >&2; exit 1'
    run guest no 10
    expect guest/df.txt 1 /dev/null
    expect_error guest/df.txt 'cannot read table'

    scenario 'df hangs'
    tool df <<<'echo head; echo "$*" >>"$LOG"; exec sleep 300'
    SECONDS=0
    run guest no 1
    expect guest/df.txt 124 <(echo head)
    expect interface-pci.txt 0
    [ "$(cat "$scratch/log")" = -kPl ] || fail 'df that hangs is asked again'
    [ "$SECONDS" -le 8 ] || fail "took $SECONDS s"
}

# A private key stays where it is, even below the name of a public one.
private_keys() {
    scenario 'private keys'
    file etc/ssh/ssh_host_rsa_key < <(printf -- '-----BEGIN OPENSSH PRIVATE KEY-----\nTOPSECRET\n')
    file etc/ssh/ssh_host_rsa_key.pub <<<'ssh-rsa AAAA2 root'
    file etc/ssh/ssh_host_dsa_key.pub < <(printf -- '-----BEGIN OPENSSH PRIVATE KEY-----\nTOPSECRET\n')
    file etc/ssh/ssh_host_ecdsa_key.pub < <(printf 'TOPSECRET')
    file etc/ssh/ssh_host_ed25519_key.pub < <(printf 'ssh-ed25519 AAAA1\nTOPSECRET\n')
    ${MKFIFO:-mkfifo} "$root/etc/ssh/ssh_host_fifo_key.pub"
    mkdir "$root/etc/udev/rules.d" -p
    ${MKFIFO:-mkfifo} "$root/etc/udev/rules.d/70-persistent-net.rules"
    SECONDS=0
    run host '' '' 5
    expect host/ssh-host-keys.txt 1 <(printf '%s\n' 'ssh-ed25519 AAAA1' 'ssh-rsa AAAA2 root')
    expect_error host/ssh-host-keys.txt '^/etc/ssh/ssh_host_dsa_key.pub: not a public key'
    ! grep -raq TOPSECRET "$got" || fail "left the machine: $(grep -ran TOPSECRET "$got" | head -5)"
    expect_none host/udev-net.txt
    [ "$SECONDS" -le 4 ] || fail "took $SECONDS s"
}

docker_down() {
    scenario 'docker down'
    tool docker <<'T'
echo call >>"$LOG"
echo '{"Client":{},"Server":null}'; echo 'Cannot connect to the Docker daemon' >&2; exit 1
T
    run guest no 10
    expect docker/version.json 1 <(echo '{"Client":{},"Server":null}')
    expect_error docker/version.json 'Cannot connect'
    expect_none docker/ps.json
    [ "$(wc -l <"$scratch/log")" = 1 ] || fail 'docker asked again'
}

no_docker_socket() {
    scenario 'docker without a socket'
    docker_host=
    tool docker <<<'echo call >>"$LOG"'
    # Installed and never started: no container host, and no fault.
    run guest no 10
    expect_none docker/version.json
    mkdir -p "$root/var/lib/docker"
    run guest no 10
    expect docker/version.json 1 /dev/null
    expect_error docker/version.json 'no .*/var/run/docker.sock'
    [ ! -e "$scratch/log" ] || fail 'docker asked'

    # A socket for others, and sudo: it is not tried without.
    mkdir -p "$root/var/run"
    perl -MSocket -e 'socket S, PF_UNIX, SOCK_STREAM, 0; bind S, sockaddr_un shift or die $!' "$root/var/run/docker.sock"
    chmod 000 "$root/var/run/docker.sock"
    sudo_works
    echo "$root/var/run/docker.sock" >"$root/locked"
    tool docker <<<'echo "docker ${FAKE_ROOT-refused} $1" >>"$LOG"; echo "{}"'
    run guest yes 10
    expect docker/version.json 0 <(echo '{}')
    [ "$applets" = yes ] || ! grep -q refused "$scratch/log" || fail "docker asked without sudo: $(tr '\n' ';' <"$scratch/log")"
    docker_host=DOCKER_HOST=unix:///somewhere
}

docker_hangs() {
    scenario 'docker hangs'
    # A child that the client leaves behind, and a deaf client; busybox's timeout ends only what it started.
    if [ "$applets" = no ]; then
        tool docker <<<'trap "" TERM; sleep 300 & sleep 301'
    else
        tool docker <<<'exec sleep 300'
    fi
    SECONDS=0
    run guest no 1
    expect guest/date.txt 0
    grep -qE '^docker/version.json (124|137|143)$' "$got/status" || fail "$(cat "$got/status")"
    [ "$SECONDS" -le 8 ] || fail "took $SECONDS s"

    { docker_answers | sed 's/^case /[ "$1" = info ] \&\& exec sleep 300\n&/'; } | tool docker
    SECONDS=0
    run guest no 1
    grep -qE '^docker/info.json (124|143)$' "$got/status" || fail "$(cat "$got/status")"
    expect docker/ps.json 0
    expect docker/os-release/apache.txt 0
    expect_none docker/services.json
    [ "$SECONDS" -le 8 ] || fail "took $SECONDS s"
}

only_root_may() {
    scenario 'only root may'
    sudo_works
    tool docker <<'T'
if [ -z "${FAKE_ROOT-}" ]; then
    echo '{"Client":{},"Server":null}'; echo 'permission denied while trying to connect' >&2; exit 1
fi
case "$1" in
    version) echo '{"Client":{},"Server":{}}' ;;
    info) echo '{"Swarm":{"ControlAvailable":false}}' ;;
esac
T
    tool dnf <<<'echo "${FAKE_ROOT-nobody}: $*"'
    file 'etc/NetworkManager/system-connections/Wired 1.nmconnection' <<<'[connection]'
    file etc/netplan/50-cloud.yaml <<<'network:'
    printf '%s\n' "$root/etc/NetworkManager/system-connections" "$root/etc/netplan/50-cloud.yaml" >"$root/locked"
    while read -r locked; do chmod 000 "$locked"; done <"$root/locked"

    run guest no 10
    expect nm 1 /dev/null
    expect_error nm 'Permission denied'
    expect netplan/50-cloud.yaml 1 /dev/null
    expect_error netplan/50-cloud.yaml 'Permission denied'
    expect docker/version.json 1
    expect_error docker/version.json 'permission denied'
    expect package-history.txt 0 <(echo 'nobody: -C history list')
    [ ! -e "$scratch/log" ] || fail 'sudo was used though it may not be'
    [ "$applets" = yes ] && return

    run guest yes 10
    expect nm/Wired%201.nmconnection 0 <(echo '[connection]')
    expect netplan/50-cloud.yaml 0 <(echo network:)
    expect docker/version.json 0 <(echo '{"Client":{},"Server":{}}')
    expect docker/inspect.json 0 <(echo '[]')
    expect docker/info.json 0
    expect_none docker/services.json
    expect package-history.txt 0 <(echo '1: -C history list')

    tool sudo <<<'echo refused >>"$LOG"; echo "sudo: a password is required" >&2; exit 1'
    rm -f "$scratch/log"
    run guest yes 10
    for path in nm netplan/50-cloud.yaml docker/version.json; do
        expect "$path" 1
        expect_error "$path" 'a password is required'
    done
    [ "$(wc -l <"$scratch/log")" = 1 ] || fail 'sudo asked again after it refused'
}

hostile_names() {
    scenario 'hostile names and contents'
    network=etc/NetworkManager/system-connections
    evil=$'a b%\n../../\xc3\xa9$(touch pwned)`touch pwned`;\'"'
    evil=${evil//\//_}
    file "$network/$evil" < <(printf '\n0123456789abcdef0123456789abcdef end nm/x 0 1\n[x]\nid=\0y')
    file "$network/..x" <<<'[hidden: a shell pattern does not see it]'
    file "$network/-n" < <(printf '\n\n')
    file "etc/sysconfig/network-scripts/ifcfg-" < /dev/null
    file "etc/sysconfig/network-scripts/ifcfg-..\\n" <<<'NAME=x'
    file "etc/sysconfig/network-scripts/keys-wlan0" <<<'KEY=TOPSECRET'
    mkdir -p "$root/etc/netplan/folder.yaml"
    ${MKFIFO:-mkfifo} "$root/etc/netplan/fifo.yaml"
    file etc/netplan/big.yaml < <(head -c 3000000 /dev/zero | tr '\0' '#')
    file etc/netplan/other.txt <<<'not asked for'
    SECONDS=0
    run guest no 5
    expect ifcfg/ifcfg- 0 /dev/null
    expect 'ifcfg/ifcfg-..%5Cn' 0 <(echo NAME=x)
    expect nm/-n.nmconnection 0 <(printf '\n\n')
    grep -qE '^nm/a%20b%25%0A\.\._\.\._%C3%A9%24%28touch%20pwned%29%60touch%20pwned%60%3B%27%22\.nmconnection 0$' "$got/status" ||
        fail "$(cat "$got/status")"
    # What a NUL becomes is for awk to say.
    perl -0777 -ne 'exit !/\A\n0123456789abcdef0123456789abcdef end nm\/x 0 1\n\[x\]\nid=[\0\n]?y?\z/' "$got"/out/nm/a*  || fail "evil content changed: $(od -c "$got"/out/nm/a*)"
    expect netplan/big.yaml 153
    [ "$(wc -c <"$got/out/netplan/big.yaml")" = 1048576 ] || fail 'not cut where it should be'
    expect_none netplan/other.txt
    expect_none netplan/fifo.yaml
    expect_none netplan/folder.yaml
    ! grep -q '^ifcfg/keys' "$got/status" || fail 'a file of keys was read'
    ! find "$scratch" -name 'pwned*' | grep -q . || fail 'a name was run'
    [ "$SECONDS" -le 20 ] || fail "took $SECONDS s"
}

secrets() {
    scenario 'secrets'
    for awk in ${1-awk}; do
        scenario="secrets, by $awk"
        tool awk <<<"exec $(type -P "${awk%%_*}") $([ "$awk" = "${awk#*_}" ] || echo "${awk#*_}") \"\$@\""
        secret_files
        run guest no 10
        ! grep -raq TOPSECRET "$got" || fail "left the machine: $(grep -ran TOPSECRET "$got/out" | head -5)"
        for path in nm/home.nmconnection ifcfg/ifcfg-wlan0 netplan/wifi.yaml guest/interfaces.txt; do
            expect "$path" 0 "$scratch/expected/$path"
        done
    done
    [ "$applets" = yes ] && return
    rm "$tools/awk"
    run guest no 10
    expect netplan/wifi.yaml 127 /dev/null
}

# PATH IN-THE-CAPTURE: standard input without its second column is what is on the machine, the second column
# (after a tab and >) what should come out where it differs.
secret_file() {
    mkdir -p "$scratch/expected/$(dirname "$2")"
    tee >(sed 's/.*	>//' >"$scratch/expected/$2") | sed 's/	>.*//' | file "$1"
    wait
}

secret_files() {
    secret_file etc/NetworkManager/system-connections/home.nmconnection nm/home.nmconnection <<'F'
[connection]
id=Home psk
permissions=user:joe:;
[wifi-security]
key-mgmt=wpa-psk
psk=TOPSECRET	>psk=<withheld>
psk-flags=0
#psk=TOPSECRET	>#psk=<withheld>
wep-key0 = TOPSECRET	>wep-key0 =<withheld>
wep-key-type=1
wep-tx-keyidx=0
leap-password=TOPSECRET	>leap-password=<withheld>
PSK=TOPSECRET=	>PSK=<withheld>
[802-1x]
identity=joe
private-key-password=TOPSECRET	>private-key-password=<withheld>
private-key=data:;base64,TOPSECRET	>private-key=<withheld>
[gsm]
pin=TOPSECRET	>pin=<withheld>
apn=mapping
[wireguard]
private-key=TOPSECRET	>private-key=<withheld>
[wireguard-peer.abc=]
preshared-key=TOPSECRET	>preshared-key=<withheld>
endpoint=10.0.0.1:1
[vpn]
Xauth password=TOPSECRET	>Xauth password=<withheld>
[vpn-secrets]
cookie=TOPSECRET	>cookie=<withheld>
TOPSECRET	># <withheld>
[proxy]
pac-url=http://joe:TOPSECRET@proxy/	>pac-url=http://<withheld>@proxy/
[ipv6]
token=::1
ip6-privacy=0
F
    secret_file etc/sysconfig/network-scripts/ifcfg-wlan0 ifcfg/ifcfg-wlan0 <<'F'
DEVICE="wlan0"
KEY_MGMT=WPA-PSK
KEY=TOPSECRET	>KEY=<withheld>
KEY1="s:TOPSECRET"	>KEY1=<withheld>
 export WPA_PSK='TOPSECRET'; IPADDR=1.2.3.4	> export WPA_PSK=<withheld>
IEEE_8021X_PASSWORD="TOP\"SECRET	>IEEE_8021X_PASSWORD=<withheld>
TOPSECRET	># <withheld>
TOPSECRET" # and it isn't over	># <withheld>
IPADDR=10.0.0.2 # that's all
PASSWORD=TOPSECRET\	>PASSWORD=<withheld>
TOPSECRET	># <withheld>
NETMASK=255.255.255.0
# PASSWORD='TOPSECRET	># PASSWORD=<withheld>
GATEWAY=10.0.0.1
SECRET=x # isn't it?	>SECRET=<withheld>
WIRELESS_OPTS="essid x key=TOPSECRET"	>WIRELESS_OPTS="essid x key=<withheld>"
HWADDR=52:54:00:00:01:01
IPV6_PRIVACY=no
F
    secret_file etc/netplan/wifi.yaml netplan/wifi.yaml <<'F'
network:
  version: 2
  wifis:
    wlan0:
      access-points:
        "Home":
          password: "TOPSECRET"	>          password: <withheld>
        "Work": {mode: adhoc, password: "TOP, \"SECRET TOPSECRET", hidden: true}	>        "Work": {mode: adhoc, password: <withheld>, hidden: true}
        Third: {'password' : TOPSECRET, auth: {key-management: eap, client-key-password: 'TOPSECRET'}}	>        Third: {'password' : <withheld>, auth: {key-management: eap, client-key-password: <withheld>}}
        Fourth:
          auth:
            key-management: psk
            password: >-	>            password: <withheld>
              TOPSECRET	>              # <withheld>

              TOPSECRET	>              # <withheld>
            identity: joe
# password: TOPSECRET	># password: <withheld>
      dhcp4: true
  tunnels:
    wg0:
      keys:	>      keys: <withheld>
        private: TOPSECRET	>        # <withheld>
# a word between
        input: TOPSECRET	>        # <withheld>
      peers:
        - endpoint: 10.0.0.1:5000
          keys: {public: abc, shared: TOPSECRET}	>          keys: <withheld>
          keepalive: 23
      addresses: [10.0.0.1/24]
F
    secret_file etc/network/interfaces guest/interfaces.txt <<'F'
auto wlan0
iface wlan0 inet dhcp
    wpa-ssid my key
    wpa-key-mgmt WPA-PSK
    wpa-psk TOPSECRET	>    wpa-psk <withheld>
    #wpa-psk TOPSECRET	>    #wpa-psk <withheld>
    wireless-key TOP\	>    wireless-key <withheld>
  TOPSECRET\	># <withheld>
  TOPSECRET	># <withheld>
    address 10.0.0.1
F
}

declared() {
    scenario 'declared configuration'
    below=src/cfg/tropo/trop02
    repository="$scratch/it's a \$(repository)"
    rm -rf "$repository"
    mkdir -p "$repository/$below/etc/network" "$repository/$below/etc/libvirt/qemu/networks"
    printf 'auto br0\n    wpa-psk TOPSECRET\nauto br1' >"$repository/$below/etc/network/interfaces"
    printf 'auto br0\n    wpa-psk <withheld>\nauto br1' >"$scratch/interfaces"
    networks=$repository/$below/etc/libvirt/qemu/networks
    printf '<network/>' >"$networks/bridged.xml"
    printf '<network>NAT</network>\n' >"$networks/a b\".xml"
    echo 'TOPSECRET of another' >"$scratch/shadow"
    ln -s "$scratch/shadow" "$networks/evil.xml"
    ln -s ../../../../../common.xml "$networks/common.xml"
    echo '<network>common</network>' >"$repository/$below/../common.xml"
    run host "$repository" "$below" 10
    expect host/date.txt 0
    expect declared/etc/network/interfaces 0 "$scratch/interfaces"
    expect declared/etc/libvirt/qemu/networks/bridged.xml 0 <(printf '<network/>')
    expect declared/etc/libvirt/qemu/networks/a%20b%22.xml 0 "$networks/a b\".xml"
    expect declared/etc/libvirt/qemu/networks/evil.xml 1 /dev/null
    expect_error declared/etc/libvirt/qemu/networks/evil.xml 'leads out of the repository'
    expect_none docker/version.json

    run host '' '' 10
    ! grep -q ^declared "$got/status" || fail 'declared nowhere, and yet found'
    run host /nonexistent "$below" 10
    expect declared 1 /dev/null
    expect_error declared 'no such folder'

    command -v git >/dev/null || return
    export HOME=$scratch
    (
        cd "$repository" && echo '<network/>' >"$networks/.hidden.xml" && git init -q . && git add -A &&
            git -c user.name=t -c user.email=t@example.org commit -qm first && git clone -q --bare . "$scratch/bare"
    ) || fail 'git'
    run host "$scratch/bare/" "/$below/" 10
    expect_error declared/etc/libvirt/qemu/networks/common.xml 'a link'
    expect declared/etc/libvirt/qemu/networks/%2Ehidden.xml 0 <(echo '<network/>')
    expect declared/etc/network/interfaces 0 "$scratch/interfaces"
    expect declared/etc/libvirt/qemu/networks/bridged.xml 0 <(printf '<network/>')
    expect declared/etc/libvirt/qemu/networks/evil.xml 1
    run host "$scratch/bare" src/cfg/tropo/trop09 10
    expect declared 1
    expect_error declared 'its HEAD has no src/cfg/tropo/trop09/etc'
    rm "$tools/git"
    run host "$scratch/bare" "$below" 10
    expect declared 127
    rm -rf "$scratch/bare"
}

wrong_arguments() {
    scenario 'wrong arguments'
    for arguments in '' host 'host a' guest 'guest a b c' 'neither a b'; do
        # shellcheck disable=SC2086  # a shell, and arguments
        output=$($shell_path -s -- $arguments <"$probe" 2>/dev/null)
        status=$?
        [ "$status:$output" = 2: ] || fail "'$arguments': status $status, $output"
    done
}

# Half a script does nothing, wherever it is cut.
cut_script() {
    scenario 'cut script'
    tool ip <<<'echo called >>"$LOG"'
    size=$(wc -c <"$probe")
    for ((at = 97; at < size - 2; at += size / 25)); do
        # shellcheck disable=SC2086  # a shell and its options
        output=$(head -c "$at" "$probe" | LOG=$scratch/log TROPOSCOPE_PROBE_ROOT=$root PATH=$tools $shell_path -s -- guest no 2>/dev/null)
        [ -z "$output" ] || fail "cut after $at bytes it prints: $output"
    done
    [ ! -e "$scratch/log" ] || fail 'cut, it runs commands'
}

# Nobody reads any longer: it ends, and does not go on to Docker.
cut_connection() {
    scenario 'cut connection'
    tool docker <<<'echo called >>"$LOG"'
    # shellcheck disable=SC2086  # a shell and its options
    LOG=$scratch/log TROPOSCOPE_PROBE_ROOT=$root PATH=$tools $shell_path -s -- guest no 5 <"$probe" 2>/dev/null | head -n 1 >/dev/null
    status=${PIPESTATUS[0]}
    [ "$status" = 141 ] || fail "status $status"
    # The same where the signal is ignored, as under some servers.
    # shellcheck disable=SC2086
    (trap '' PIPE; LOG=$scratch/log TROPOSCOPE_PROBE_ROOT=$root PATH=$tools exec $shell_path -s -- guest no 5) <"$probe" 2>/dev/null | head -n 1 >/dev/null
    status=${PIPESTATUS[0]}
    [ "$status" = 141 ] || fail "status $status with the signal ignored"
    [ ! -e "$scratch/log" ] || fail 'it went on'
}

# No stubs: the machine that the test runs on.
this_machine() {
    scenario 'this machine'
    # shellcheck disable=SC2086  # a shell and its options
    PATH=/nonexistent $shell_path -s -- guest no 5 <"$probe" >"$scratch/stdout" 2>"$scratch/stderr"
    rm -rf "$scratch/got"
    perl "$demultiplex" "$scratch/stdout" "$scratch/stderr" "$scratch/got" 2>"$scratch/complaint" || fail "$(cat "$scratch/complaint")"
    got=$scratch/got
    expect guest/hostname.txt 0
    expect interface-pci.txt 0
    [ ! -d /sys/class/net/lo ] || grep -q '^lo 00:00:00:00:00:00 -$' "$got/out/interface-pci.txt" || fail 'no lo'
}

[ $# -gt 0 ] || set -- dash 'bash --posix' 'busybox sh' mksh ksh93
for shell; do
    shell_path=$(command -v "${shell%% *}") || continue
    [ "$shell" = "${shell#* }" ] || shell_path="$shell_path ${shell#* }"
    applets=no # busybox may run its own ip and id whatever PATH says
    [ "$shell" != 'busybox sh' ] || applets=yes
    tried="${tried-}${tried+, }$shell"
    modern_guest
    old_machine
    file_systems
    private_keys
    docker_down
    no_docker_socket
    docker_hangs
    only_root_may
    hostile_names
    secrets
    declared
    wrong_arguments
    cut_script
    cut_connection
    this_machine
done
shell=dash
shell_path=$(command -v sh)
applets=no
secrets "$(for awk in mawk gawk original-awk busybox_awk; do ! type -P "${awk%%_*}" >/dev/null || echo "$awk"; done)"

if [ "$failures" != 0 ]; then
    echo "$failures failures" >&2
    exit 1
fi
echo "the probe is right under $tried"
