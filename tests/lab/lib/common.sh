# shellcheck shell=bash disable=SC2034,SC2154  # names are shared between the parts; set -u watches them
# Where things are, and small helpers that every part uses.

lab_state=${TROPOSCOPE_LAB:-/var/tmp/troposcope-lab}
# Two labs with different state folders live side by side: what the kernel names globally bears this tag.
lab_tag=tropo$(printf %s "$lab_state" | cksum | cut -d' ' -f1)
lab_started=$EPOCHREALTIME

say() {
  local now=${EPOCHREALTIME/./} then=${lab_started/./}
  local spent=$(((now - then) / 10000))
  printf '[%3d.%02d] %s\n' $((spent / 100)) $((spent % 100)) "$*"
}

complain() { printf 'lab: %s\n' "$*" >&2; }

# What is typed on a machine of the fleet, shown as in an operator's notes.
typed() {
  local place=$1
  shift
  printf '#[%s]\n    %s\n' "$place" "${*//$'\n'/$'\n'    }"
}

# wait_for SECONDS WHAT COMMAND…: until the command succeeds.
wait_for() {
  local seconds=$1 what=$2 deadline
  shift 2
  deadline=$((SECONDS + seconds))
  until "$@" >/dev/null 2>&1; do
    if ((SECONDS >= deadline)); then
      complain "waited $seconds s in vain: $what"
      return 1
    fi
    sleep 0.1
  done
}

# One lab command at a time changes the lab; nothing that is started may keep the lock (descriptor 8).
take_lock() {
  mkdir -p "$lab_state"
  exec 8>"$lab_state/lock"
  flock 8
}
