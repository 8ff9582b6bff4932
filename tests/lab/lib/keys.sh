# shellcheck shell=bash disable=SC2034,SC2154  # names are shared between the parts; set -u watches them
# Keys and what ssh needs to know: the operator's key, a host key of its own for each machine, known_hosts, ssh_config.

host_key() { echo "$lab_state/keys/host/$1"; }

keys_make() {
  local name
  mkdir -p "$lab_state/keys/host"
  chmod 700 "$lab_state/keys"
  for name in "${hypervisors[@]}" "${guest_names[@]}"; do
    [ -f "$(host_key "$name")" ] || ssh-keygen -q -t ed25519 -N '' -C "$name" -f "$(host_key "$name")"
  done
  name=$lab_state/keys/id_ed25519
  [ -f "$name" ] || ssh-keygen -q -t ed25519 -N '' -C operator@lab -f "$name"
}

# Each key under the machine's name and its address.
known_hosts() {
  local name
  for name in "${hypervisors[@]}"; do
    echo "$name,$(hv_management "$name") $(cut -d' ' -f1,2 "$(host_key "$name").pub")"
  done
  for name in "${guest_names[@]}"; do
    echo "$name,$(guest_ip "$name") $(cut -d' ' -f1,2 "$(host_key "$name").pub")"
  done
}

fleet_hosts() {
  local name
  for name in "${hypervisors[@]}"; do echo "$(hv_management "$name") $name"; done
  for name in "${guest_names[@]}"; do echo "$(guest_ip "$name") $name"; done
}

# ssh_config_operator KEY KNOWN_HOSTS: hypervisors by name, guests by name or address through their hypervisor.
ssh_config_operator() {
  local name
  for name in "${hypervisors[@]}"; do
    cat <<X
Host $name
  HostName $(hv_management "$name")
  User root

X
  done
  for name in "${guest_names[@]}"; do
    cat <<X
Host $name $(guest_ip "$name")
  HostName $(guest_ip "$name")
  User Stevedore
  ProxyJump ${guest_hv[$name]}

X
  done
  cat <<X
Host *
  IdentityFile $1
  IdentitiesOnly yes
  UserKnownHostsFile $2
  GlobalKnownHostsFile /dev/null
  StrictHostKeyChecking yes
X
}

# As the operator finds it on a hypervisor: "ssh Acilamwen" works.
ssh_config_guests() {
  local name
  for name in "${guest_names[@]}"; do
    [ "${guest_hv[$name]}" = "$1" ] || continue
    cat <<X
Host $name $(guest_ip "$name")
  HostName $(guest_ip "$name")
  User Stevedore
  StrictHostKeyChecking yes

X
  done
}
