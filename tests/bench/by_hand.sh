#!/usr/bin/env bash
# by_hand.sh: the notes' way of looking at the lab's fleet, one command after another; prints what it took. To be run at the
# operator's place: tests/lab/lab exec tests/bench/by_hand.sh
set -u
commands=0
run() {
    commands=$((commands + 1))
    "$@" </dev/null >/dev/null 2>&1 || printf 'failed: %s\n' "$*"
}
started=$(date +%s%N)
for host in trop01 trop02 trop03 trop04; do
    uri=qemu+ssh://$host/system
    for net in default bridged; do
        run virsh -c "$uri" net-dumpxml "$net"
        run virsh -c "$uri" net-dhcp-leases "$net"
    done
    run virsh -c "$uri" net-list --all
    run virsh -c "$uri" list --all
    run ssh "$host" 'hostname; date; cat /etc/os-release; ifconfig -a; brctl show; bridge fdb show; ip neigh; ip route; cat /etc/network/interfaces'
    run ssh "$host" 'cd /var/local/projects/heliodines/git/src/cfg/tropo/'"$host"' && cat etc/network/interfaces etc/libvirt/qemu/networks/*.xml'
    for guest in $(virsh -c "$uri" list --name 2>/dev/null); do
        commands=$((commands + 1))
        run virsh -c "$uri" dumpxml "$guest"
        run virsh -c "$uri" dumpxml --inactive "$guest"
        run ssh "$guest" 'hostname; date; cat /etc/os-release; ip -d addr; ip route; cat /etc/sysconfig/network-scripts/ifcfg-*; tail -200 /var/log/dpkg.log'
        case $guest in
            Acilamwen | Eterathiel) run ssh "$guest" 'docker version; docker ps -a; docker info' ;;
        esac
    done
done
printf 'by hand: wall %d ms, %d commands, each with a connection of its own\n' $((($(date +%s%N) - started) / 1000000)) "$commands"
# In a pipe the shell would tell of a shell that did nothing.
spent=$(mktemp)
times >"$spent"
sed -n '2s/^/CPU of the commands here (user, system): /p' "$spent"
rm -f "$spent"
