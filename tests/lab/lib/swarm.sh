# shellcheck shell=bash disable=SC2034,SC2154  # names are shared between the parts; set -u watches them
# A Swarm of two: Eterathiel manages, Acilamwen works. The docker client runs on this machine over forwarded sockets where
# there is one (0.2 s a call), else inside the guests (1 to 17 s under emulation).

swarm_manager=Eterathiel
swarm_worker=Acilamwen
swarm_service=web
swarm_image=troposcope/lab:1

swarm_socket() { echo "$lab_state/run/$1.sock"; }

swarm_open() {
  local name socket
  command -v docker >/dev/null || return 0
  mkdir -p "$lab_state/run"
  for name in $swarm_manager $swarm_worker; do
    socket=$(swarm_socket "$name")
    docker -H "unix://$socket" version >/dev/null 2>&1 && continue
    rm -f "$socket"
    hv_run "${guest_hv[$name]}" ssh -fN -o BatchMode=yes -o ServerAliveInterval=5 -o ControlMaster=yes -o ControlPath="$socket.ssh" \
      -L "$socket:/var/run/docker.sock" "$name" || return 1
  done
}

swarm_close() {
  local name socket
  for name in $swarm_manager $swarm_worker; do
    socket=$(swarm_socket "$name")
    [ ! -e "$socket.ssh" ] || hv_run "${guest_hv[$name]}" ssh -o ControlPath="$socket.ssh" -O exit "$name" >/dev/null 2>&1
    rm -f "$socket"
  done
}

# docker_on GUEST WORDS…
docker_on() {
  local name=$1
  shift
  if [ -S "$(swarm_socket "$name")" ]; then
    docker -H "unix://$(swarm_socket "$name")" "$@"
  else
    guest_ssh "$name" "docker ${*@Q}"
  fi
}

docker_typed() {
  typed "Stevedore@$1" "docker ${*:2}"
  docker_on "$@" >/dev/null
}

swarm_running() { docker_on "$1" ps --quiet --filter "label=com.docker.swarm.service.name=$swarm_service" | wc -l; }
swarm_complete() { [ "$(docker_on $swarm_manager service ls --format '{{.Name}} {{.Replicas}}')" = "$swarm_service 2/2" ]; }
swarm_state() { docker_on "$1" info --format '{{.Swarm.LocalNodeState}}'; }
swarm_nodes_ready() { [ "$(docker_on $swarm_manager node ls --format '{{.Status}}' | sort | uniq -c | xargs)" = "2 Ready" ]; }
# Two replicas, three containers: one slot twice.
swarm_slot_twice() { (($(swarm_running $swarm_manager) + $(swarm_running $swarm_worker) == 3)); }
swarm_slots_single() { swarm_nodes_ready && (($(swarm_running $swarm_manager) + $(swarm_running $swarm_worker) == 2)); }

# A container's system that is the notes' vintage: what runs in it is busybox.
swarm_image_tar() {
  local root=$lab_state/run/container name
  mkdir -p "$root"/{bin,etc}
  cp "$(command -v busybox)" "$root/bin/busybox"
  for name in sh sleep cat; do ln -sf busybox "$root/bin/$name"; done
  echo 'Fedora release 28 (Twenty Eight)' >"$root/etc/redhat-release"
  printf 'NAME=Fedora\nVERSION="28 (Twenty Eight)"\nID=fedora\nVERSION_ID=28\nPRETTY_NAME="Fedora 28 (Twenty Eight)"\n' >"$root/etc/os-release"
  tar -C "$root" -cf "$lab_state/run/container.tar" .
}

swarm_load() {
  [ -n "$(docker_on "$1" images --quiet $swarm_image)" ] && return 0
  if [ -S "$(swarm_socket "$1")" ]; then
    docker_on "$1" import "$lab_state/run/container.tar" $swarm_image >/dev/null
  else
    hv_run "${guest_hv[$1]}" ssh -o BatchMode=yes "$1" "docker import - $swarm_image" <"$lab_state/run/container.tar" >/dev/null
  fi
}

swarm_join() {
  local manager_ip
  manager_ip=$(guest_ip $swarm_manager)
  [ "$(swarm_state $swarm_manager)" = active ] ||
    docker_typed $swarm_manager swarm init --advertise-addr "$manager_ip" || return 1
  [ "$(swarm_state $swarm_worker)" = active ] && return 0
  typed "Stevedore@$swarm_worker" "docker swarm join --token … $manager_ip:2377"
  docker_on $swarm_worker swarm join --token "$(docker_on $swarm_manager swarm join-token --quiet worker)" \
    --advertise-addr "$(guest_ip $swarm_worker)" "$manager_ip:2377" >/dev/null
}

fault_swarm() {
  swarm_open && swarm_image_tar && each swarm_load $swarm_manager $swarm_worker && swarm_join || return 1
  if [ -z "$(docker_on $swarm_manager service ls --quiet --filter name=$swarm_service)" ]; then
    docker_typed $swarm_manager service create --detach --no-resolve-image --name $swarm_service --replicas 2 $swarm_image \
      sleep 1000000 || return 1
  fi
  fault_is_set swarm-duplicate || wait_for 300 "service $swarm_service 2/2" swarm_complete || return 1
  swarm_show
  swarm_close
}

heal_swarm() {
  if fault_is_set swarm-duplicate; then heal_swarm_duplicate && fault_unmark swarm-duplicate || return 1; fi
  swarm_open || return 1
  if [ "$(swarm_state $swarm_manager)" = active ]; then
    docker_typed $swarm_manager service rm $swarm_service
    wait_for 180 "no container of $swarm_service" swarm_empty
  fi
  [ "$(swarm_state $swarm_worker)" = inactive ] || docker_typed $swarm_worker swarm leave --force
  [ "$(swarm_state $swarm_manager)" = inactive ] || docker_typed $swarm_manager swarm leave --force
  swarm_close
}

swarm_empty() { (($(swarm_running $swarm_manager) + $(swarm_running $swarm_worker) == 0)); }

swarm_show() {
  docker_on $swarm_manager service ls
  docker_on $swarm_manager ps --format "$swarm_manager {{.Names}} {{.Status}}"
  docker_on $swarm_worker ps --format "$swarm_worker {{.Names}} {{.Status}}"
}

# swarm_link -I|-D: cuts or joins the worker's link to its manager, in both directions.
swarm_link() {
  local ip
  ip=$(guest_ip $swarm_manager)
  on_guest $swarm_worker "for rule in 'OUTPUT -d $ip -p tcp --dport 2377' 'INPUT -s $ip -p tcp --sport 2377'; do
    while sudo -n iptables -D \$rule -j DROP 2>/dev/null; do :; done
    [ $1 = -D ] || sudo -n iptables -I \$rule -j DROP
done"
}

fault_swarm_duplicate() {
  fault_is_set swarm || { lab_fault swarm || return 1; }
  swarm_open || return 1
  if ! swarm_slot_twice; then
    swarm_link -I && wait_for 300 "a slot of $swarm_service to run twice" swarm_slot_twice || return 1
  fi
  swarm_show
  swarm_close
}

heal_swarm_duplicate() {
  swarm_open && swarm_link -D && wait_for 300 "Swarm to stop the stale task" swarm_slots_single && swarm_show
  local done=$?
  swarm_close
  return $done
}
