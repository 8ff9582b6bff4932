# shellcheck shell=bash disable=SC2034,SC2154  # names are shared between the parts; set -u watches them
# Network namespaces: one with the switches (management, public, internal), the operator's, and one a hypervisor.
# None has a leg in the machine's own: no packet can leave.

ns_of() { echo "$lab_tag-$1"; }
ns_exists() { [ -e "/run/netns/$(ns_of "$1")" ]; }

net_up() {
  local bridge ns
  ns=$(ns_of switch)
  if ! ns_exists switch; then
    ip netns add "$ns"
    ip -n "$ns" link set lo up
    for bridge in management public internal; do
      ip -n "$ns" link add "$bridge" type bridge
      ip -n "$ns" link set "$bridge" up
    done
    # The gateway that the interfaces files name: it answers, and leads nowhere.
    ip -n "$ns" addr add "$public_gateway/24" dev public
  fi
  if ! ns_exists operator; then
    ns=$(ns_of operator)
    ip netns add "$ns"
    ip -n "$ns" link set lo up
    net_plug operator mgmt0 management
    net_plug operator pub0 public
    ip -n "$ns" addr add "$operator_management/24" dev mgmt0
    ip -n "$ns" addr add "$operator_public/24" dev pub0
  fi
}

# net_plug OWNER DEVICE SEGMENT [MAC]: a cable from the owner's namespace to a switch.
net_plug() {
  local owner switch port
  owner=$(ns_of "$1")
  switch=$(ns_of switch)
  port=${1:0:9}-${3:0:4}
  ip link add "$2" netns "$owner" ${4:+address "$4"} type veth peer name "$port" netns "$switch"
  ip -n "$switch" link set "$port" master "$3" up
  ip -n "$owner" link set "$2" up
}

# A hypervisor's interfaces, as its /etc/network/interfaces says.
net_hypervisor() {
  local hv=$1 ns port
  ns_exists "$hv" && return 0
  ns=$(ns_of "$hv")
  ip netns add "$ns"
  ip -n "$ns" link set lo up
  net_plug "$hv" mgmt0 management
  net_plug "$hv" eth0 public "$(hv_mac "$hv" 0)"
  net_plug "$hv" eth1 internal "$(hv_mac "$hv" 1)"
  ip -n "$ns" addr add "$(hv_management "$hv")/24" dev mgmt0
  for port in 0 1; do
    ip -n "$ns" link add "br$port" address "$(hv_mac "$hv" "$port")" type bridge stp_state 0 forward_delay 0
    ip -n "$ns" link set "eth$port" master "br$port"
    ip -n "$ns" link set "br$port" up
  done
  ip -n "$ns" addr add "$(hv_public "$hv")/24" brd + dev br0
  ip -n "$ns" addr add "$(hv_internal "$hv")/24" brd + dev br1
  ip -n "$ns" route add default via "$public_gateway"
}

net_down() {
  local name
  for name in operator switch; do
    ns_exists "$name" && ip netns delete "$(ns_of "$name")"
  done
  return 0
}
