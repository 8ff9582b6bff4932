# shellcheck shell=bash disable=SC2034,SC2154  # names are shared between the parts; set -u watches them
# The declared configuration: the heliodines repository, the same on every hypervisor, word by word as in the notes.

interfaces_file() {
  local hv=$1
  cat <<X
# This file describes the network interfaces available on your system
# and how to activate them. For more information, see interfaces(5).

# The loopback network interface
auto lo
iface lo inet loopback

# Public interface
auto br0
iface br0 inet static
    address   $(hv_public "$hv")
    netmask   255.255.255.0
    network   129.215.175.0
    gateway   $public_gateway
    broadcast 129.215.175.255
    # dns-* options are implemented by the resolvconf package, if installed
    dns-nameservers 195.194.120.1 195.194.120.2
    dns-search roe.ac.uk
    # Configure bridge port and STP.
    bridge_ports eth0
    bridge_fd 0
    bridge_stp off
    bridge_maxwait 0

# Private interface
auto br1
iface br1 inet static
    address   $(hv_internal "$hv")
    netmask   255.255.255.0
    network   192.168.137.0
    broadcast 192.168.137.255
    # Configure bridge port and STP.
    bridge_ports eth1
    bridge_fd 0
    bridge_stp off
    bridge_maxwait 0

# Management interface (the lab's own way in)
auto mgmt0
iface mgmt0 inet static
    address   $(hv_management "$hv")
    netmask   255.255.255.0
X
}

bridged_xml() {
  cat <<X
<network ipv6='yes'>
  <name>bridged</name>
  <uuid/>
  <forward mode='bridge'/>
  <bridge name='br0'/>
</network>
X
}

default_xml() {
  local n name octet=8
  n=$(hv_number "$1")
  cat <<X
<network ipv6='yes'>
  <name>default</name>
  <uuid/>
  <forward mode='nat'>
    <nat>
      <port start='1024' end='65535'/>
    </nat>
  </forward>
  <bridge name='virbr0' stp='off' delay='0'/>
  <mac address='52:54:00:02:0$n:01'/>
  <ip family='ipv4' address='192.168.20$n.1' netmask='255.255.255.0'>
    <dhcp>
      <range start='192.168.20$n.8' end='192.168.20$n.15'/>
X
  for name in ${hv_reserved[$1]}; do
    printf "      <host mac='52:54:00:02:0%d:%02X' ip='192.168.20%d.%d' name='%s'/>\n" "$n" "$octet" "$n" "$octet" "$name"
    octet=$((octet + 1))
  done
  cat <<X
    </dhcp>
  </ip>
</network>
X
}

# declared_repository FOLDER: a real work tree, with the same commit (same dates, same author) in every lab.
declared_repository() {
  local folder=$1 hv below
  rm -rf "$folder"
  for hv in "${hypervisors[@]}"; do
    below=$folder/src/cfg/tropo/$hv/etc
    mkdir -p "$below/network" "$below/libvirt/qemu/networks"
    interfaces_file "$hv" >"$below/network/interfaces"
    bridged_xml >"$below/libvirt/qemu/networks/bridged.xml"
    default_xml "$hv" >"$below/libvirt/qemu/networks/default.xml"
  done
  (
    export HOME=/nonexistent GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=Stevedore GIT_AUTHOR_EMAIL=stevedore@roe.ac.uk
    export GIT_COMMITTER_NAME=$GIT_AUTHOR_NAME GIT_COMMITTER_EMAIL=$GIT_AUTHOR_EMAIL
    export GIT_AUTHOR_DATE=2021-02-08T12:00:00Z GIT_COMMITTER_DATE=2021-02-08T12:00:00Z
    cd "$folder" && git init -q -b master && git add -A && git commit -q -m "Configuration of trop01 to trop04"
  )
}
