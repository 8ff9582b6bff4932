#!/bin/bash
# Brings the lab up, and checks that it is the fleet that README.md promises, that the notes' faults can be set in it, and
# that it is whole again afterwards. Exit 77: this machine cannot carry the lab. A lab that was up before stays up.
set -u
here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
state=${TROPOSCOPE_LAB:-/var/tmp/troposcope-lab}
guests=("Acilamwen 192.168.202.15" "Eterathiel 192.168.202.13" "Lothigometh 192.168.202.9" "Ulov 192.168.202.10"
  "Ibalehar 192.168.202.12" "Afoawyn 192.168.201.8" "Larithiel 192.168.203.10" "Umbrenneth 192.168.204.11")
failed=0
checks=0

lab() { "$here/lab" "$@"; }
operator() { lab exec timeout 60 "$@"; }

check() {
  local what=$1 output
  shift
  checks=$((checks + 1))
  if output=$("$@" 2>&1); then
    echo "ok   $what"
  else
    echo "FAIL $what"
    printf '     %s\n' "${output//$'\n'/$'\n'     }"
    failed=$((failed + 1))
  fi
}

# same EXPECTED COMMAND…: the command's whole output is what is expected.
same() {
  local expected=$1 output
  shift
  output=$("$@" 2>&1)
  [ "$output" = "$expected" ] && return 0
  printf 'expected %q, got %q\n' "$expected" "$output"
  return 1
}
fails() { ! "$@"; }

strict_ssh() { operator ssh -n -F "$state/op/ssh_config" -o BatchMode=yes "$@"; }
wrong_key_refused() {
  sed -E 's/^trop02,\S+ /trop01,10.77.0.2 /' "$state/op/known_hosts" | grep '^trop01,' | tail -1 >"$state/op/wrong_hosts"
  fails strict_ssh -o UserKnownHostsFile="$state/op/wrong_hosts" trop01 true
}
nothing_leaves() {
  fails operator ip route get 1.1.1.1 && fails lab on trop02 timeout 2 bash -c '</dev/tcp/1.1.1.1/53' &&
    fails lab on Ulov timeout 2 bash -c '"</dev/tcp/1.1.1.1/53"'
}

# NICs of Acilamwen with a MAC, live or --inactive, as libvirt tells the operator.
nics() { operator virsh -c qemu+ssh://trop02/system dumpxml Acilamwen ${2:+"$2"} | grep -cF "<mac address='$1'/>"; }
float_inside() { strict_ssh Acilamwen 'ip -o -4 addr show' | awk '$4 == "129.215.175.100/24" { print $2 }'; }
pci_inside() { strict_ssh Acilamwen "basename \$(readlink -f /sys/class/net/$1/device/..)"; }
first_pci_outside() {
  operator virsh -c qemu+ssh://trop02/system dumpxml Acilamwen | grep -A8 -F "<mac address='52:54:00:00:01:01'/>" |
    sed -nE "s/.*bus='0x(..)' slot='0x(..)' function='0x(.)'.*/0000:\1:\2.\3/p" | head -1
}

healthy() {
  local hv guest name address
  for hv in trop01 trop02 trop03 trop04; do
    check "$hv answers ssh" same "$hv" strict_ssh "$hv" hostname
    check "$hv runs both networks" same "bridged default" bash -c \
      "'$here/lab' exec virsh -c qemu+ssh://$hv/system net-list --name | xargs"
    check "$hv's interfaces file is the declared one" strict_ssh "$hv" \
      "cmp /etc/network/interfaces /var/local/projects/heliodines/git/src/cfg/tropo/$hv/etc/network/interfaces"
  done
  for guest in "${guests[@]}"; do
    read -r name address <<<"$guest"
    # shellcheck disable=SC2016  # expanded in the guest
    check "$name answers as Stevedore, who may sudo" same "$name Stevedore 0" \
      strict_ssh "$name" 'echo "$(hostname) $(id -un) $(sudo -n id -u)"'
    check "$name answers at $address" same "$name" strict_ssh "$address" hostname
  done
  check "five guests run on trop02" same "Acilamwen Eterathiel Ibalehar Lothigometh Ulov" bash -c \
    "'$here/lab' exec virsh -c qemu+ssh://trop02/system list --name | sort | xargs"
  check "docker answers in Acilamwen" strict_ssh Acilamwen docker ps
  check "docker answers in Eterathiel" strict_ssh Eterathiel docker ps
  check "another machine's host key is refused" wrong_key_refused
  check "no packet leaves the machine" nothing_leaves
}

notes_faults() {
  check "set float-duplicate" lab fault float-duplicate
  check "set hwaddr" lab fault hwaddr
  check "set hwaddr once more" lab fault hwaddr
  check "four live NICs with float2's MAC" same 4 nics 52:54:00:00:01:01
  check "four persistent ones" same 4 nics 52:54:00:00:01:01 --inactive
  check "float1's address is on ens5" same ens5 float_inside
  check "ens5 is the first of them, by its PCI address" same "$(first_pci_outside)" pci_inside ens5
  check "the gateway answers through it" strict_ssh Acilamwen ping -c1 -W5 -I ens5 129.215.175.126
  check "heal everything" lab heal all
  check "no NIC is left" same 0 nics 52:54:00:00:01:01
  check "no persistent one either" same 0 nics 52:54:00:00:01:01 --inactive
  check "no address is left" same "" float_inside
}

dead_machines() {
  check "set blackhole trop03" lab fault blackhole trop03
  check "trop03 is silent" fails strict_ssh -o ConnectTimeout=2 trop03 true
  check "set sshd-stop Ulov" lab fault sshd-stop Ulov
  check "Ulov's ssh hangs" fails strict_ssh -o ConnectTimeout=3 Ulov true
  check "set libvirtd-kill trop04" lab fault libvirtd-kill trop04
  check "trop04's libvirt is gone" fails operator virsh -c qemu+ssh://trop04/system list
  check "set suspend Ibalehar" lab fault suspend Ibalehar
  check "Ibalehar is paused" same paused operator virsh -q -c qemu+ssh://trop02/system domstate Ibalehar
  check "heal everything" lab heal all
}

was_up=0
lab status >/dev/null 2>&1 && was_up=1
if [ -n "$(lab status 2>/dev/null | sed -n 's/^faults: *//p')" ]; then
  echo "selftest: faults are set in this lab; first: lab heal all" >&2
  exit 2
fi
lab up || exit
healthy
notes_faults
dead_machines
healthy
[ "${1:-}" != --swarm ] || {
  check "set swarm-duplicate" lab fault swarm-duplicate
  check "heal everything" lab heal all
}
check "no fault is left" same "faults: " bash -c "'$here/lab' status | tail -1"
[ $was_up = 1 ] || lab down
echo "$((checks - failed)) of $checks checks passed"
[ $failed = 0 ]
