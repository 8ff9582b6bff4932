# shellcheck shell=bash disable=SC2034,SC2154  # names are shared between the parts; set -u watches them
# Floats on Acilamwen, right and wrong, typed as the notes type it.

float_guest=Acilamwen
float_hv=${guest_hv[$float_guest]}

# nic_slots MAC [--inactive]: the PCI slots (two hex digits) of the guest's NICs that have the MAC.
nic_slots() {
  hv_virsh "$float_hv" dumpxml "$float_guest" ${2:+"$2"} | awk -F"['\"]" -v want="$1" '
    /<interface / { inside = 1; mac = slot = "" }
    inside && /<mac address=/ { mac = $2 }
    inside && /<address type=.pci/ { for (i = 1; i < NF; i++) if ($i ~ / slot=$/) slot = substr($(i + 1), 3) }
    /<\/interface>/ { if (inside && mac == want) print slot; inside = 0 }'
}

nic_count() { nic_slots "$@" | wc -l; }

# nic_attach FLOAT COUNT: as many NICs with that float's MAC as asked for, by the command in the notes.
nic_attach() {
  local mac
  mac=$(float_mac "$1")
  while (($(nic_count "$mac") < $2)); do
    on_hypervisor "$float_hv" "virsh \\
    --connect 'qemu:///system' \\
    attach-interface \\
        '$float_guest' \\
        'network' \\
        'bridged' \\
        --model 'virtio' \\
        --mac '$mac' \\
        --live \\
        --config" || return 1
  done
  wait_for 30 "$float_guest to see $2 NICs with $mac" nic_seen_inside "$mac" "$2"
}

nic_seen_inside() { [ "$(guest_ssh "$float_guest" "grep -l $1 /sys/class/net/ens*/address | wc -l")" = "$2" ]; }

# Each by its MAC and its own PCI address: live and persistent slots may differ, and the MAC alone is ambiguous.
nic_detach_all() {
  local mac where slot
  mac=$(float_mac "$1")
  for where in live config; do
    for slot in $(nic_slots "$mac" "$([ $where = live ] || echo --inactive)"); do
      on_hypervisor "$float_hv" "virsh --connect 'qemu:///system' detach-device '$float_guest' --$where /dev/stdin << EOF
<interface type='network'>
  <mac address='$mac'/>
  <source network='bridged'/>
  <address type='pci' domain='0x0000' bus='0x00' slot='0x$slot' function='0x0'/>
</interface>
EOF" || return 1
    done
  done
  # "Device detached successfully" is not the end of it.
  wait_for 30 "no NIC with $mac" nic_gone "$mac"
}

nic_gone() { [ "$(nic_count "$1")$(nic_count "$1" --inactive)" = 00 ]; }

# The interface inside that belongs to the first NIC with the MAC; without one, the notes' ens5.
nic_inside() {
  local slot
  slot=$(nic_slots "$1" | head -1)
  echo "ens$((16#${slot:-5}))"
}

# ifcfg_write FLOAT_OF_MAC: the notes' file, always with float1's address. With the right MAC it is a healthy one, without
# the notes' key that nothing reads.
ifcfg_write() {
  local mac device odd=IPV4INIT=yes
  [ "$1" != 1 ] || odd=PEERDNS=no
  mac=$(float_mac "$1")
  device=$(nic_inside "$mac")
  on_guest "$float_guest" "sudo -n -s << 'SUDO'
cat > /etc/sysconfig/network-scripts/ifcfg-$device << EOF

NAME=$device
DEVICE=$device
ONBOOT=yes
TYPE=Ethernet
BOOTPROTO=static
$odd
IPV6INIT=yes
HWADDR=$mac
NETWORK=129.215.175.0
NETMASK=255.255.255.0
GATEWAY=$public_gateway
IPADDR=$(float_ip 1)

EOF
[ ! -e /sys/class/net/$device ] || ifup $device
SUDO" || return 1
  (($(nic_count "$mac") == 0)) || wait_for 30 "$device with $(float_ip 1)" \
    guest_ssh "$float_guest" "ip addr show dev $device | grep -qF $(float_ip 1)/24"
}

ifcfg_remove() {
  local device
  device=$(nic_inside "$(float_mac "$1")")
  on_guest "$float_guest" "sudo -n -s << 'SUDO'
rm -f /etc/sysconfig/network-scripts/ifcfg-$device
[ ! -e /sys/class/net/$device ] || { ifdown $device; ip link set $device up; }
SUDO"
}

fault_float() {
  float_exclude float-duplicate hwaddr && nic_attach 1 1 && ifcfg_write 1
}
heal_float() { ifcfg_remove 1 && nic_detach_all 1; }

fault_float_duplicate() { float_exclude float && nic_attach 2 4; }
heal_float_duplicate() { nic_detach_all 2; }

fault_hwaddr() { float_exclude float && ifcfg_write 2; }
heal_hwaddr() { ifcfg_remove 2; }

# The healthy form and the wrong ones claim the same file and slot.
float_exclude() {
  local other
  for other in "$@"; do
    if fault_is_set "$other"; then
      say "$other stands in the way: healing it first"
      "heal_${other//-/_}" && fault_unmark "$other" || return 1
    fi
  done
}
