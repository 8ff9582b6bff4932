# shellcheck shell=bash disable=SC2034,SC2154  # names are shared between the parts; set -u watches them
# The guests' image: one Debian root file system (base.qcow), its unpacked kernel (vmlinux) and a small initrd. Built once
# for a recipe; the stamp is a hash of everything that goes in.

image_dir=$lab_state/image

image_kernel() {
  local newest
  newest=$(find /lib/modules -maxdepth 1 -name '*-cloud-amd64' -printf '%f\n' 2>/dev/null | sort -V | tail -1)
  [ -n "$newest" ] && [ -r "/boot/vmlinuz-$newest" ] && echo "$newest"
}

image_recipe() {
  { cat "$lab_home"/image/* "$lab_home/lib/image.sh"; image_kernel; } | sha256sum | cut -d' ' -f1
}

image_ready() { [ "$(cat "$image_dir/stamp" 2>/dev/null)" = "$(image_recipe)" ]; }

image_build() {
  image_ready && return 0
  local work=$image_dir.new hv
  for hv in "${hypervisors[@]}"; do
    hv_alive "$hv" || continue
    complain "the image's recipe has changed, and guests run from the old image; first: lab down"
    return 1
  done
  say "building the guests' image (once for this recipe)"
  rm -rf "$work"
  mkdir -p "$work"
  if ! image_parts "$work" >"$work/build.log" 2>&1; then
    complain "the image could not be built: $(tail -1 "$work/build.log") ($work/build.log)"
    return 1
  fi
  rm -rf "$work/root" "$lab_state/saved" "$image_dir"
  image_recipe >"$work/stamp"
  mv "$work" "$image_dir"
  say "image built: $(du -m "$image_dir/base.qcow" | cut -f1) MiB"
}

image_parts() {
  image_root "$1/root" && image_modules "$1/root" && image_files "$1/root" && image_disk "$1" && image_vmlinux "$1/vmlinux" &&
    image_initrd "$1"
}

image_root() {
  local path excluded=()
  for path in man doc locale info; do excluded+=(--dpkgopt="path-exclude=/usr/share/$path/*"); done
  mmdebstrap --variant=minbase --mode=root --skip=cleanup/reproducible --include="$(paste -sd, "$lab_home/image/packages")" \
    --aptopt='APT::Install-Recommends "false"' --aptopt='Acquire::Languages "none"' "${excluded[@]}" bookworm "$1"
}

# The files of the named modules and of all that they need, in the order they load.
image_module_files() {
  local module
  while read -r module; do
    modprobe --set-version "$(image_kernel)" --show-depends "$module" 2>/dev/null
  done | awk '$1 == "insmod" && !seen[$2]++ { print $2 }'
}

image_modules() {
  local root=$1 kernel file
  kernel=$(image_kernel)
  image_module_files <"$lab_home/image/modules" | while read -r file; do install -D -m644 "$file" "$root$file"; done
  cp /lib/modules/"$kernel"/modules.{order,builtin,builtin.modinfo} "$root/lib/modules/$kernel/"
  depmod -b "$root" "$kernel"
}

image_files() {
  local root=$1 name
  for name in init net lease uevent docker; do install -m755 "$lab_home/image/lab-$name" "$root/sbin/lab-$name"; done
  for name in ifup ifdown; do install -m755 "$lab_home/image/$name" "$root/sbin/$name"; done
  for name in shutdown poweroff halt reboot etc/acpi/PWRF/00000080; do
    [[ $name == */* ]] || name=sbin/$name
    install -D -m755 "$lab_home/image/shutdown" "$root/$name"
  done
  install -m644 "$lab_home/image/sshd_config" "$root/etc/ssh/sshd_config"
  mkdir -p "$root/etc/sysconfig/network-scripts" "$root/etc/network"
  # useradd refuses a name with a capital. The password field is '*' (none), not '!': sshd takes that for a locked account.
  echo 'Stevedore:x:1000:1000::/home/Stevedore:/bin/bash' >>"$root/etc/passwd"
  echo 'Stevedore:*:17820:0:99999:7:::' >>"$root/etc/shadow"
  echo 'Stevedore:x:1000:' >>"$root/etc/group"
  sed -i 's/^\(docker:x:[0-9]*:\)$/\1Stevedore/' "$root/etc/group"
  install -d -o 1000 -g 1000 "$root/home/Stevedore"
  echo 'Stevedore ALL=(ALL:ALL) NOPASSWD: ALL' >"$root/etc/sudoers.d/Stevedore"
  chmod 440 "$root/etc/sudoers.d/Stevedore"
  rm -rf "$root"/etc/ssh/ssh_host_* "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/usr/bin/ctr
  : >"$root/etc/resolv.conf"
}

image_disk() {
  local raw=$1/base.raw
  truncate -s 2G "$raw"
  mke2fs -q -t ext4 -O '^has_journal,^metadata_csum' -E lazy_itable_init=1,nodiscard -m 0 -d "$1/root" "$raw" &&
    qemu-img convert -O qcow2 "$raw" "$1/base.qcow" && rm "$raw"
}

# QEMU boots an unpacked kernel directly (PVH): the payload is an LZ4 stream (legacy frame) with a length after it,
# so lz4 ends with an error that says nothing.
image_vmlinux() {
  local packed at
  packed=/boot/vmlinuz-$(image_kernel)
  at=$(LC_ALL=C grep -obUaP -m1 '\x02\x21\x4c\x18' "$packed" | head -1 | cut -d: -f1)
  tail -c +$((at + 1)) "$packed" | lz4 -dc >"$1" 2>/dev/null
  [ "$(head -c4 "$1" | tail -c3)" = ELF ]
}

image_initrd() {
  local root=$1/initrd.root file name
  mkdir -p "$root/bin" "$root/modules"
  cp "$(command -v busybox)" "$root/bin/busybox"
  install -m755 "$lab_home/image/init-initrd" "$root/init"
  printf '%s\n' virtio_pci virtio_blk ext4 virtio_net virtio_console | image_module_files | while read -r file; do
    name=$(basename "${file%.xz}")
    case $file in
      *.xz) xz -dc "$file" >"$root/modules/$name" ;;
      *) cp "$file" "$root/modules/$name" ;;
    esac
    echo "/modules/$name" >>"$root/modules.list"
  done
  (cd "$root" && find . | cpio -o -H newc --quiet) >"$1/initrd.img" && rm -rf "$root"
}
