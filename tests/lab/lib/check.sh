# shellcheck shell=bash disable=SC2034,SC2154  # names are shared between the parts; set -u watches them
# Can this machine carry the lab? If not, one line says what is missing.

lab_packages=(libvirt-daemon-system libvirt-clients qemu-system-x86 qemu-utils openssh-server openssh-client dnsmasq-base iptables
  busybox-static linux-image-cloud-amd64 mmdebstrap cpio lz4 xz-utils kmod e2fsprogs iproute2 util-linux git)
lab_commands=(libvirtd virsh qemu-system-x86_64 qemu-img sshd ssh dnsmasq iptables busybox mmdebstrap cpio lz4 xz modprobe mke2fs
  ip unshare nsenter flock git)

check_machine() {
  local command missing=() free
  if [ "$(id -u)" != 0 ]; then
    complain "must be run as root"
    return 1
  fi
  for command in "${lab_commands[@]}"; do
    PATH=$PATH:/usr/sbin:/sbin command -v "$command" >/dev/null || missing+=("$command")
  done
  image_kernel >/dev/null || missing+=("/boot/vmlinuz-*-cloud-amd64")
  if ((${#missing[@]})); then
    complain "missing: ${missing[*]}; on Debian 12: apt-get install --no-install-recommends ${lab_packages[*]}"
    return 1
  fi
  if ! unshare --net --mount --pid --fork sh -c 'ip link add lab0 type veth peer name lab1 && ip link add lab2 type bridge' 2>/dev/null ||
    ! grep -qw overlay /proc/filesystems || [ ! -c /dev/net/tun ]; then
    complain "this machine does not let us make namespaces with veth, bridge, tap and overlay (a container without privileges?)"
    return 1
  fi
  free=$(awk '$1 == "MemAvailable:" { print int($2 / 1024) }' /proc/meminfo)
  if ((free < 4096)) && ! lab_is_up; then
    complain "needs 4096 MiB of free memory, there are $free"
    return 1
  fi
}
