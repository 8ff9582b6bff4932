# shellcheck shell=bash disable=SC2034,SC2154  # names are shared between the parts; set -u watches them
# The operator's place: files to work with (op/), and a way to run a command from there.

operator_dir=$lab_state/op

operator_files() {
  mkdir -p "$operator_dir/home/.ssh"
  chmod 700 "$operator_dir/home" "$operator_dir/home/.ssh"
  known_hosts >"$operator_dir/known_hosts"
  ssh_config_operator "$lab_state/keys/id_ed25519" "$operator_dir/known_hosts" >"$operator_dir/ssh_config"
  { echo "127.0.0.1 localhost"; fleet_hosts; } >"$operator_dir/hosts"
  fleet_file >"$operator_dir/lab.toml"
  # ssh insists that these are the operator's own.
  install -m600 "$operator_dir/known_hosts" "$operator_dir/home/.ssh/known_hosts"
  install -m600 "$lab_state/keys/id_ed25519" "$operator_dir/home/.ssh/id_ed25519"
  # shellcheck disable=SC2088  # ssh expands it
  ssh_config_operator '~/.ssh/id_ed25519' '~/.ssh/known_hosts' >"$operator_dir/home/.ssh/config"
  chmod 600 "$operator_dir/home/.ssh/config"
}

fleet_file() {
  local hv n
  printf '[fleet]\nname = "tropo"\n'
  for hv in "${hypervisors[@]}"; do
    n=$(hv_number "$hv")
    cat <<X

[[hypervisor]]
name   = "$hv"
uri    = "qemu+ssh://$hv/system"
ssh    = "$hv"
macs   = "52:54:00:02:0$n:00/40"
subnet = "192.168.20$n.0/24"
X
  done
  cat <<X

[guests]
user = "Stevedore"
sudo = true

[floats]
network = "bridged"
subnet  = "129.215.175.0/24"
gateway = "$public_gateway"
X
  for n in 1 2 3 4; do
    printf '\n[[float]]\nname = "float%d"\nip   = "%s"\nmac  = "%s"\n' "$n" "$(float_ip "$n")" "$(float_mac "$n")"
  done
  cat <<X

[networks]
expected          = ["bridged", "default"]
reservation_octet = true

[declared]
repository = "/var/local/projects/heliodines/git"
path       = "src/cfg/tropo/{hypervisor}"
local      = false

[limits]
connect_seconds = 40
command_seconds = 90
X
}

# operator_run COMMAND…: in the operator's network, with the operator's ~/.ssh. ssh takes the home from passwd, not from
# \$HOME: so, in a mount namespace of its own, the lab's .ssh lies over that home's.
operator_run() {
  local home
  ns_exists operator || { complain "the lab is not up"; return 1; }
  home=$(getent passwd "$(id -u)" | cut -d: -f6)
  [ -d "$home/.ssh" ] || mkdir -m700 "$home/.ssh" || return 1
  # shellcheck disable=SC2016  # expanded by the inner shell
  env -u SSH_AUTH_SOCK -u XDG_CONFIG_HOME HOME="$operator_dir/home" LAB_OP="$operator_dir" LAB_SSH="$home/.ssh" \
    ip netns exec "$(ns_of operator)" unshare --mount --propagation private bash -c '
      mount --bind "$LAB_OP/home/.ssh" "$LAB_SSH" && mount --bind "$LAB_OP/hosts" /etc/hosts || exit 125
      unset LAB_OP LAB_SSH
      exec "$@"' lab "$@" 8>&-
}
