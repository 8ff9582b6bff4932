# shellcheck shell=bash disable=SC2034,SC2154  # names are shared between the parts; set -u watches them
# Hypervisors: namespaces on this machine, each with its own sshd and libvirtd.

hv_dir() { echo "$lab_state/hv/$1"; }
hv_pid() { cat "$(hv_dir "$1")/pid" 2>/dev/null; }

# The recorded process is ours only if it still runs our init for this hypervisor.
hv_alive() {
  local pid
  pid=$(hv_pid "$1") && [ -n "$pid" ] && [ -r "/proc/$pid/cmdline" ] &&
    [[ "$(tr '\0' ' ' <"/proc/$pid/cmdline")" == *"/hv/init $lab_state $1 "* ]]
}

# hv_run NAME COMMAND…: as root on the hypervisor, past its network (works while it is cut off).
hv_run() {
  local outer inner
  outer=$(hv_pid "$1") || return 1
  inner=$(cat "/proc/$outer/task/$outer/children") || return 1
  shift
  env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
    nsenter -t "${inner%% *}" -m -u -i -n -p -- "$@" 8>&-
}

hv_virsh() {
  local hv=$1
  shift
  hv_run "$hv" virsh -q -c qemu:///system "$@"
}

hv_up() {
  local hv=$1 own pid
  own=$(hv_dir "$hv")
  if ! hv_alive "$hv"; then
    hv_remains "$hv"
    hv_files "$hv"
    net_hypervisor "$hv"
    rm -f "$own/ready"
    setsid ip netns exec "$(ns_of "$hv")" unshare --mount --uts --ipc --pid --fork --mount-proc --propagation private \
      --kill-child "$lab_home/hv/init" "$lab_state" "$hv" >"$own/init.log" 2>&1 </dev/null 8>&- &
    pid=$!
    echo "$pid" >"$own/pid"
    wait_for 20 "$hv to start (see $own/init.log)" test -e "$own/ready" || return 1
  fi
  wait_for 20 "libvirtd on $hv" hv_virsh "$hv" uri && hv_networks "$hv"
}

hv_networks() {
  local hv=$1 name active
  active=$(hv_virsh "$hv" net-list --name)
  for name in bridged default; do
    [[ $'\n'$active$'\n' == *$'\n'"$name"$'\n'* ]] && continue
    hv_virsh "$hv" "net-define $(hv_declared "$hv")/etc/libvirt/qemu/networks/$name.xml; net-autostart $name; net-start $name" >/dev/null ||
      return 1
  done
}

hv_down() {
  local hv=$1 own pid
  own=$(hv_dir "$hv")
  if hv_alive "$hv"; then
    pid=$(hv_pid "$hv")
    # unshare ignores SIGTERM; its --kill-child then ends pid 1 inside, and with it everything there.
    kill -KILL "$pid"
    while [ -e "/proc/$pid" ]; do sleep 0.05; done
  fi
  hv_remains "$hv"
}

hv_remains() {
  rm -f "$(hv_dir "$1")/pid" "$(hv_dir "$1")/ready"
  ! ns_exists "$1" || ip netns delete "$(ns_of "$1")"
}

# Where the declared configuration of a hypervisor stands, on the hypervisor.
hv_declared() { echo "/var/local/projects/heliodines/git/src/cfg/tropo/$1"; }

# Everything a hypervisor's init puts in place: its /etc, its root's home, its declared configuration.
hv_files() {
  local hv=$1 own
  own=$(hv_dir "$hv")
  mkdir -p "$own"/{etc/ssh,etc/libvirt,etc/network,root/.ssh,lib,log,cache,var-local}
  echo "$hv" >"$own/etc/hostname"
  { echo "127.0.0.1 localhost"; fleet_hosts; } >"$own/etc/hosts"
  printf '4c4c45440000400080000000000000%02x\n' "$(hv_number "$hv")" >"$own/etc/machine-id"
  : >"$own/etc/resolv.conf"
  interfaces_file "$hv" >"$own/etc/network/interfaces"
  hv_sshd_config >"$own/etc/ssh/sshd_config"
  cp "$(host_key "$hv")" "$own/etc/ssh/ssh_host_ed25519_key"
  install -m644 "$(host_key "$hv").pub" "$own/etc/ssh/ssh_host_ed25519_key.pub"
  hv_libvirt_config "$hv"
  chmod 700 "$own/root" "$own/root/.ssh"
  install -m600 "$lab_state/keys/id_ed25519" "$lab_state/keys/id_ed25519.pub" "$own/root/.ssh/"
  install -m600 "$lab_state/keys/id_ed25519.pub" "$own/root/.ssh/authorized_keys"
  known_hosts >"$own/root/.ssh/known_hosts"
  ssh_config_guests "$hv" >"$own/root/.ssh/config"
  declared_repository "$own/var-local/projects/heliodines/git"
}

hv_sshd_config() {
  cat <<X
HostKey /etc/ssh/ssh_host_ed25519_key
PermitRootLogin prohibit-password
PasswordAuthentication no
UsePAM no
UseDNS no
MaxStartups 50:30:100
PidFile /run/sshd.pid
Subsystem sftp internal-sftp
X
}

hv_libvirt_config() {
  local own
  own=$(hv_dir "$1")
  cat >"$own/etc/libvirt/libvirtd.conf" <<X
auth_unix_ro = "none"
auth_unix_rw = "none"
unix_sock_group = "root"
host_uuid = "$(printf '4c4c4544-0000-4000-8000-0000000000%02x' "$(hv_number "$1")")"
log_outputs = "3:file:/var/log/libvirt/libvirtd.log"
X
  cat >"$own/etc/libvirt/qemu.conf" <<X
user = "root"
group = "root"
security_driver = "none"
stdio_handler = "file"
dynamic_ownership = 0
remember_owner = 0
namespaces = []
X
}
