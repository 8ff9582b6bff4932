# shellcheck shell=bash disable=SC2034,SC2154  # names are shared between the parts; set -u watches them
# The fleet: names, addresses and MACs, by the seed's convention. Other files ask here and compute nothing themselves.

hypervisors=(trop01 trop02 trop03 trop04)

# The eight reserved names of each hypervisor's NAT network, .8 to .15.
declare -A hv_reserved=(
  [trop01]="Afoawyn Brelidia Cadelith Drothien Elerawyth Fiawen Grenodal Haloveth"
  [trop02]="Araybwyn Lothigometh Ulov Dwiema Ibalehar Eterathiel Siamond Acilamwen"
  [trop03]="Jeralyn Kydraen Larithiel Mobeglan Nydalith Oriadan Praevyn Quelidar"
  [trop04]="Rhowenna Sevadith Taroviel Umbrenneth Vaelorin Wynidar Yaladith Zoriamon"
)

# hypervisor, name, memory in MiB, docker or not. Those with docker come first: they take longest to come up.
lab_guests=(
  "trop02 Acilamwen 640 docker"
  "trop02 Eterathiel 640 docker"
  "trop02 Lothigometh 192 -"
  "trop02 Ulov 192 -"
  "trop02 Ibalehar 192 -"
  "trop01 Afoawyn 192 -"
  "trop03 Larithiel 192 -"
  "trop04 Umbrenneth 192 -"
)

guest_names=()
declare -A guest_hv guest_memory guest_docker guest_octet
for line in "${lab_guests[@]}"; do
  read -r hv name memory docker <<<"$line"
  guest_names+=("$name")
  guest_hv[$name]=$hv
  guest_memory[$name]=$memory
  guest_docker[$name]=${docker#-}
  octet=8
  for reserved in ${hv_reserved[$hv]}; do
    [ "$reserved" = "$name" ] && guest_octet[$name]=$octet
    octet=$((octet + 1))
  done
done
unset line hv name memory docker octet reserved

hv_number() { echo "${1#trop0}"; }
hv_management() { echo "10.77.0.$(($(hv_number "$1") + 1))"; }
hv_public() { echo "129.215.175.$(($(hv_number "$1") + 95))"; }
hv_internal() { echo "192.168.137.$(($(hv_number "$1") + 231))"; }
hv_mac() { printf '0c:c4:7a:35:12:%02x\n' $(($(hv_number "$1") * 2 + 2 + $2)); } # $2: which port, 0 or 1
hv_is() { [[ " ${hypervisors[*]} " == *" $1 "* ]]; }

guest_ip() { echo "192.168.20$(hv_number "${guest_hv[$1]}").${guest_octet[$1]}"; }
guest_mac() { printf '52:54:00:02:%02x:%02x\n' "$(hv_number "${guest_hv[$1]}")" "${guest_octet[$1]}"; }
guest_is() { [ -n "${guest_hv[${1:-none}]:-}" ]; }
# The same domain has the same UUID in every lab.
guest_uuid() {
  local sum
  sum=$(printf 'troposcope-lab/%s' "$1" | md5sum)
  echo "${sum:0:8}-${sum:8:4}-4${sum:13:3}-8${sum:17:3}-${sum:20:12}"
}

operator_management=10.77.0.1
operator_public=129.215.175.90
public_gateway=129.215.175.126

float_ip() { echo "129.215.175.$((99 + $1))"; }
float_mac() { printf '52:54:00:00:01:%02x\n' $(($1 - 1)); }
