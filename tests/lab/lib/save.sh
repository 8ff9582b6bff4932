# shellcheck shell=bash disable=SC2034,SC2154  # names are shared between the parts; set -u watches them
# Saved guests: each one's memory (libvirt's managedsave) and disk as they were then. Kept apart from the running guests'
# files, so that every later start restores the same healthy fleet, however the lab went down in between.

saved_dir=$lab_state/saved

# What was saved fits only the very image, guests and keys it was made with.
saved_recipe() {
  { image_recipe; cat "$lab_home"/lib/{guest,fleet}.sh "$lab_state"/keys/*.pub "$lab_state"/keys/host/*.pub; } 2>/dev/null |
    sha256sum | cut -d' ' -f1
}

saved_ready() { [ "$(cat "$saved_dir/stamp" 2>/dev/null)" = "$(saved_recipe)" ]; }

guest_memory_file() { echo "$(hv_dir "${guest_hv[$1]}")/lib/qemu/save/$1.save"; }

guest_save() {
  local name=$1 overlay
  overlay=$(guest_overlay "$name")
  hv_virsh "${guest_hv[$name]}" managedsave "$name" >/dev/null &&
    ln "$(guest_memory_file "$name")" "$saved_dir.new/$name.save" &&
    cp --sparse=always "$overlay" "${overlay%.qcow}".{xml,initrd} "$saved_dir.new/"
}

guest_restore() {
  local name=$1 hv=${guest_hv[$1]} live
  live=$(dirname "$(guest_overlay "$name")")
  cp --sparse=always "$saved_dir/$name".{qcow,xml,initrd} "$live/" &&
    ln -f "$saved_dir/$name.save" "$(guest_memory_file "$name")" &&
    touch "$(guest_console "$name")" &&
    hv_virsh "$hv" "define /var/lib/libvirt/images/live/$name.xml; autostart $name; start $name" >/dev/null
}

# A restored guest's clock stands where it was saved, and its lease is as old.
guest_catch_up() {
  local name=$1
  wait_for 60 "$name's clock" hv_virsh "${guest_hv[$name]}" domtime "$name" --now &&
    wait_for 60 "ssh in $name" guest_ssh "$name" sudo -n lab-net renew && say "ssh in $name"
}

guests_restore() {
  each guest_restore "${guest_names[@]}" && say "eight guests restored" && each guest_catch_up "${guest_names[@]}"
}

lab_save() {
  lab_is_up || { complain "the lab is not up: nothing to save"; return 1; }
  [ -z "$(faults_set)" ] || { complain "a fleet with faults is not worth keeping; first: lab heal all"; return 1; }
  rm -rf "$saved_dir.new"
  mkdir -p "$saved_dir.new"
  each guest_save "${guest_names[@]}" || return 1
  rm -rf "$saved_dir"
  saved_recipe >"$saved_dir.new/stamp"
  mv "$saved_dir.new" "$saved_dir"
  say "saved: $(du -sm "$saved_dir" | cut -f1) MiB"
  guests_restore
}
