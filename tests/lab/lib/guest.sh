# shellcheck shell=bash disable=SC2034,SC2154  # names are shared between the parts; set -u watches them
# Guests: QEMU machines of one image, each with its own overlay and the files laid on it at its first start.

guest_running() { [ "$(hv_virsh "${guest_hv[$1]}" domstate "$1" 2>/dev/null)" = running ]; }
guest_console() { echo "$(hv_dir "${guest_hv[$1]}")/log/console/$1.log"; }
guest_overlay() { echo "$(hv_dir "${guest_hv[$1]}")/lib/images/live/$1.qcow"; }

# guest_ssh NAME COMMAND: as Stevedore, from its hypervisor (works while the hypervisor is cut off).
guest_ssh() {
  local name=$1
  shift
  hv_run "${guest_hv[$name]}" ssh -n -o BatchMode=yes -o ConnectTimeout=5 "$name" "$@"
}

guest_answers() { guest_ssh "$1" true; }

# Brings the guest up from nothing, unless it runs already.
guest_up() {
  local name=$1 hv=${guest_hv[$1]} overlay
  guest_running "$name" && return 0
  overlay=$(guest_overlay "$name")
  hv_virsh "$hv" undefine --managed-save "$name" >/dev/null 2>&1
  guest_initrd "$name" "${overlay%.qcow}.initrd"
  rm -f "$overlay" "$(guest_console "$name")"
  hv_run "$hv" qemu-img create -q -f qcow2 -b ../base/base.qcow -F qcow2 "/var/lib/libvirt/images/live/$name.qcow" &&
    guest_xml "$name" >"$(hv_dir "$hv")/lib/images/live/$name.xml" &&
    hv_virsh "$hv" "define /var/lib/libvirt/images/live/$name.xml; autostart $name; start $name" >/dev/null
}

guest_wait() {
  local name=$1
  wait_for 300 "ssh in $name (see $(guest_console "$name"))" guest_answers "$name" && say "ssh in $name" || return 1
  [ -z "${guest_docker[$name]}" ] && return 0
  guest_ssh "$name" grep -qs "'API listen on'" /var/log/dockerd.log && return 0
  wait_for 300 "docker in $name" guest_docker_answers "$name" && say "docker in $name"
}

# Asked of the console, which costs the emulated processor nothing.
guest_docker_answers() { grep -q 'docker listens' "$(guest_console "$1")"; }

# The image's initrd with the guest's own files after it.
guest_initrd() {
  local name=$1 out=$2 files
  files=$(mktemp -d)
  (
    umask 022
    cd "$files" || exit 1
    mkdir -p seed/etc/ssh seed/etc/sysconfig/network-scripts seed/home/Stevedore/.ssh
    chmod 755 seed
    echo "$name" >seed/etc/hostname
    printf '127.0.0.1 localhost\n127.0.1.1 %s\n' "$name" >seed/etc/hosts
    printf 'NAME=ens3\nDEVICE=ens3\nONBOOT=yes\nTYPE=Ethernet\nBOOTPROTO=dhcp\nHWADDR=%s\n' "$(guest_mac "$name")" \
      >seed/etc/sysconfig/network-scripts/ifcfg-ens3
    guest_uuid "$name" | tr -d - >seed/etc/machine-id
    install -m600 "$(host_key "$name")" seed/etc/ssh/ssh_host_ed25519_key
    install -m644 "$(host_key "$name").pub" seed/etc/ssh/ssh_host_ed25519_key.pub
    install -m600 "$lab_state/keys/id_ed25519.pub" seed/home/Stevedore/.ssh/authorized_keys
    chmod 700 seed/home/Stevedore/.ssh
    chown -R 1000:1000 seed/home/Stevedore
    [ -z "${guest_docker[$name]}" ] || touch seed/etc/lab-docker
    find . | cpio -o -H newc --quiet | cat "$image_dir/initrd.img" - >"$out"
  )
  rm -rf "$files"
}

# The disk's slot is the notes'. The first free ones are 5, 8, 9 and 10: the first NIC attached becomes the notes' ens5.
guest_xml() {
  local name=$1
  cat <<X
<domain type='qemu'>
  <name>$name</name>
  <uuid>$(guest_uuid "$name")</uuid>
  <memory unit='MiB'>${guest_memory[$name]}</memory>
  <vcpu>1</vcpu>
  <cpu mode='maximum'/>
  <os>
    <type arch='x86_64' machine='pc'>hvm</type>
    <kernel>/var/lib/libvirt/images/base/vmlinux</kernel>
    <initrd>/var/lib/libvirt/images/live/$name.initrd</initrd>
    <cmdline>console=ttyS0 quiet mitigations=off nokaslr no5lvl audit=0 cryptomgr.notests</cmdline>
  </os>
  <features>
    <acpi/>
    <tcg><tb-cache unit='MiB'>64</tb-cache></tcg>
  </features>
  <clock offset='utc'/>
  <on_poweroff>destroy</on_poweroff>
  <on_reboot>restart</on_reboot>
  <on_crash>destroy</on_crash>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2' cache='unsafe'/>
      <source file='/var/lib/libvirt/images/live/$name.qcow'/>
      <target dev='vda' bus='virtio'/>
      <address type='pci' domain='0x0000' bus='0x00' slot='0x04' function='0x0'/>
    </disk>
    <controller type='usb' model='none'/>
    <interface type='network'>
      <mac address='$(guest_mac "$name")'/>
      <source network='default'/>
      <model type='virtio'/>
      <address type='pci' domain='0x0000' bus='0x00' slot='0x03' function='0x0'/>
    </interface>
    <controller type='virtio-serial' index='0'>
      <address type='pci' domain='0x0000' bus='0x00' slot='0x06' function='0x0'/>
    </controller>
    <channel type='unix'>
      <target type='virtio' name='org.qemu.guest_agent.0'/>
    </channel>
    <serial type='file'>
      <source path='/var/log/libvirt/console/$name.log'/>
    </serial>
    <memballoon model='virtio'>
      <address type='pci' domain='0x0000' bus='0x00' slot='0x02' function='0x0'/>
    </memballoon>
    <rng model='virtio'>
      <backend model='random'>/dev/urandom</backend>
      <address type='pci' domain='0x0000' bus='0x00' slot='0x07' function='0x0'/>
    </rng>
  </devices>
</domain>
X
}
