# shellcheck shell=bash disable=SC2034,SC2154  # names are shared between the parts; set -u watches them
# Machines that are dead, deaf or frozen.

# Dropped where they arrive, before anything sees them, in both directions: no reset, no ICMP, and nobody's send fails.
# ARP still answers, or the silence would soon become "no route to host".
blackhole_rule() { # -I, -D or -C, then the hypervisor
  hv_run "$2" iptables -t raw "$1" PREROUTING -i mgmt0 -j DROP &&
    ip netns exec "$(ns_of operator)" iptables -t raw "$1" PREROUTING -i mgmt0 -s "$(hv_management "$2")" -j DROP
}

blackhole_stands() { blackhole_rule -C "$1" 2>/dev/null; }
hv_reachable() { ip netns exec "$(ns_of operator)" timeout 1 bash -c "</dev/tcp/$(hv_management "$1")/22"; }
hv_unreachable() { ! hv_reachable "$1"; }

fault_blackhole() {
  typed "root@$1" "iptables -t raw -I PREROUTING -i mgmt0 -j DROP    # and its packets at the operator's"
  blackhole_stands "$1" || blackhole_rule -I "$1" || return 1
  wait_for 5 "silence of $1" hv_unreachable "$1"
}

heal_blackhole() {
  typed "root@$1" "iptables -t raw -D PREROUTING -i mgmt0 -j DROP"
  while blackhole_stands "$1"; do blackhole_rule -D "$1" || return 1; done
  wait_for 10 "$1 to answer" hv_reachable "$1"
}

libvirtd_silent() { ! hv_virsh "$1" uri; }

fault_libvirtd_kill() {
  libvirtd_silent "$1" >/dev/null 2>&1 && return 0
  # shellcheck disable=SC2016  # expanded on the hypervisor
  on_hypervisor "$1" 'kill -KILL $(cat /run/libvirtd.pid)' && wait_for 10 "libvirtd on $1 to be gone" libvirtd_silent "$1"
}

heal_libvirtd_kill() {
  local name
  libvirtd_silent "$1" >/dev/null 2>&1 && { on_hypervisor "$1" 'libvirtd -d' || return 1; }
  wait_for 20 "libvirtd on $1" hv_virsh "$1" uri || return 1
  for name in "${guest_names[@]}"; do
    [ "${guest_hv[$name]}" != "$1" ] || wait_for 20 "libvirtd to know $name again" guest_running "$name" || return 1
  done
}

# agent_run GUEST COMMAND: through the guest agent, past network and sshd; the command's exit status.
agent_run() {
  local hv=${guest_hv[$1]} answer pid
  answer=$(hv_virsh "$hv" qemu-agent-command "$1" \
    '{"execute":"guest-exec","arguments":{"path":"/bin/sh","arg":["-c","'"$2"'"]}}') || return 1
  pid=$(sed -E 's/.*"pid":([0-9]+).*/\1/' <<<"$answer")
  until [[ $answer == *'"exited":true'* ]]; do
    answer=$(hv_virsh "$hv" qemu-agent-command "$1" '{"execute":"guest-exec-status","arguments":{"pid":'"$pid"'}}') || return 1
  done
  return "$(sed -E 's/.*"exitcode":([0-9]+).*/\1/' <<<"$answer")"
}

# shellcheck disable=SC2016  # expanded in the guest
sshd_stopped() { agent_run "$1" 'grep -q ^State:.T /proc/$(cat /run/sshd.pid)/status'; }

# Those that serve a session too: a connection that stands must not answer either.
sshd_signal() {
  typed "root@$1" "kill -$2 \$(pidof sshd)    # through the guest agent"
  agent_run "$1" "kill -$2 \$(pidof sshd)"
}

fault_sshd_stop() { sshd_signal "$1" STOP && wait_for 10 "sshd in $1 to stop" sshd_stopped "$1"; }
heal_sshd_stop() { sshd_signal "$1" CONT && wait_for 30 "ssh in $1" guest_answers "$1"; }

guest_paused() { [ "$(hv_virsh "${guest_hv[$1]}" domstate "$1")" = paused ]; }

fault_suspend() {
  guest_paused "$1" || on_hypervisor "${guest_hv[$1]}" "virsh --connect 'qemu:///system' suspend '$1'" || return 1
  wait_for 10 "$1 to pause" guest_paused "$1"
}

heal_suspend() {
  ! guest_paused "$1" || on_hypervisor "${guest_hv[$1]}" "virsh --connect 'qemu:///system' resume '$1'" || return 1
  wait_for 30 "ssh in $1" guest_answers "$1"
}
