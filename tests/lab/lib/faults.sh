# shellcheck shell=bash disable=SC2034,SC2154  # names are shared between the parts; set -u watches them
# Faults by name. NAME is set by fault_NAME and undone by heal_NAME ('-' written '_'), both idempotent; what is set is
# marked by a file in faults/, NAME or NAME:ARG.

# name, kind of argument (hypervisor, guest or none), what it is
fault_table="
float           -          one NIC with float1's MAC on Acilamwen, and the file that fits it (the healthy form)
float-duplicate -          attach-interface typed four times on Acilamwen, with float2's MAC
hwaddr          -          Acilamwen's ifcfg with float1's address and float2's MAC
swarm           -          a two-node Swarm on Acilamwen and Eterathiel, service web 2/2 (the healthy form)
swarm-duplicate -          the worker cut off from its manager, until the same slot runs twice
blackhole       hypervisor every packet from and to it on the management network dropped, silently
libvirtd-kill   hypervisor its libvirtd killed
sshd-stop       guest      its sshd and its sessions stopped (SIGSTOP): connections open, nothing answers
suspend         guest      virsh suspend"

fault_list() {
  awk 'NF { name = $1; kind = $2 == "-" ? "" : toupper($2); text = $0; sub(/^[^ ]+ +[^ ]+ +/, "", text)
            printf "  %-16s%-11s %s\n", name, kind, text }' <<<"$fault_table"
}

faults_set() { (cd "$lab_state/faults" 2>/dev/null && find . -type f -printf '%f\n' | sort); }
fault_is_set() { [ -e "$lab_state/faults/$1" ]; }
fault_mark() {
  mkdir -p "$lab_state/faults"
  : >"$lab_state/faults/$1"
}
fault_unmark() { rm -f "$lab_state/faults/$1"; }

# Checks the name and its argument; on success fault_name and fault_arg are set.
fault_parse() {
  local name kind text
  while read -r name kind text; do
    [ "$name" = "${1:-none}" ] || continue
    case $kind in
      hypervisor) hv_is "${2:-}" || { complain "$name needs a hypervisor: ${hypervisors[*]}"; return 2; } ;;
      guest) guest_is "${2:-}" || { complain "$name needs a guest: ${guest_names[*]}"; return 2; } ;;
      *) [ -z "${2:-}" ] || { complain "$name takes no argument"; return 2; } ;;
    esac
    fault_name=$name
    fault_arg=${2:-}
    return 0
  done <<<"$fault_table"
  complain "no fault '${1:-}': $(awk 'NF { printf "%s ", $1 }' <<<"$fault_table")"
  return 2
}

lab_fault() {
  fault_parse "$@" || return
  lab_runs || return
  # Marked first: what is set by half can be healed too.
  fault_mark "$fault_name${fault_arg:+:$fault_arg}"
  "fault_${fault_name//-/_}" "$fault_arg" && say "set: $fault_name $fault_arg"
}

lab_heal() {
  local one
  if [ "${1:-}" = all ]; then
    # The network first: the others may need it. A cut Swarm heals before the Swarm goes.
    for one in $(faults_set | sort -r); do lab_heal "${one%%:*}" "$([[ $one != *:* ]] || echo "${one#*:}")" || return 1; done
    return 0
  fi
  fault_parse "$@" || return
  lab_runs || return
  "heal_${fault_name//-/_}" "$fault_arg" && fault_unmark "$fault_name${fault_arg:+:$fault_arg}" && say "healed: $fault_name $fault_arg"
}

lab_runs() {
  local hv
  for hv in "${hypervisors[@]}"; do hv_alive "$hv" || { complain "the lab is not up; first: lab up"; return 1; }; done
}

# on_hypervisor NAME TEXT, on_guest NAME TEXT: shows what is typed there, and types it.
on_hypervisor() {
  typed "root@$1" "$2"
  hv_run "$1" bash -c "$2"
}

on_guest() {
  typed "Stevedore@$1" "$2"
  guest_ssh "$1" "$2"
}
