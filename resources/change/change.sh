# shellcheck shell=sh
# shellcheck disable=SC2015  # what follows || ends the script
# The Troposcope change script: the one thing that changes a guest from inside. It does one verb, checks
# first that the guest still is as it was read, and says what it then finds.
#
#     sh -c TEXT troposcope-change VIA VERB ARGUMENT…
#
# as root, over one SSH exec, with this text as TEXT and a file's new content as standard input. VIA is the
# address of this machine that the connection came in by (empty: not known): what carries it is not taken
# down. The answer:
#
#     troposcope-change 1
#     KEY VALUE                  as many as there are to say
#     result done | already | moved | impossible | failed | misused
#     reason TEXT                for all but the first two
#     end
#
# and the exit status 0, 0, 3, 4, 1, 2. README.md beside this file says what each verb takes and answers.
#
# Written for dash, bash, busybox ash, mksh and the tools of 2014. Everything is a function, called on the
# last line. The variables are global (POSIX has no others). A connection that is cut does not stop a verb
# half-way: nothing is printed to it before the work is done.

# TROPOSCOPE_CHANGE_ROOT is for tests: files below that folder, and commands on PATH as it is.
settle() {
    LC_ALL=C LANGUAGE=C
    export LC_ALL LANGUAGE
    unset CDPATH GREP_OPTIONS
    root=${TROPOSCOPE_CHANGE_ROOT-}
    if [ -z "$root" ]; then
        PATH=/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin${PATH:+:$PATH}
        export PATH
    fi
    cd / || exit 1
    umask 077
    trap '' HUP
    trap 'exit 143' INT TERM
    trap clean_up EXIT
    real_root=$(cd -P "${root:-/}" && pwd -P)
    real_root=${real_root%/}
    state_folder=$root/var/lib/troposcope
    mib=1048576
    temporary=
    said_file=/dev/null
    facts=
    unread=
    newline='
'
    # mksh has no printf of its own; it has print.
    say='printf %s\n'
    case ${KSH_VERSION-} in *MIRBSD*) say='print -r --' ;; esac
}

# ---------------------------------------------------------------- the answer

clean_up() {
    [ -z "$temporary" ] || rm -f "$temporary"
    [ "$said_file" = /dev/null ] || rm -f "$said_file"
}

# KEY VALUE
fact() {
    facts="$facts$1 $2$newline"
}

# TEXT: as one line, bounded.
one_line() {
    $say "$1" | tr -s '\000-\040\177' ' ' | head -c 600 | sed 's/ $//'
}

# STATUS RESULT [REASON]: says all, and ends.
answer() {
    [ -z "$unread" ] || limited 60 cat >/dev/null
    reason=
    [ -z "${3-}" ] || reason="${newline}reason $(one_line "$3")"
    $say "troposcope-change 1$newline${facts}result $2$reason${newline}end"
    exit "$1"
}

done_now() { answer 0 'done'; }
already() { answer 0 already; }
moved() { answer 3 moved "$1"; }
impossible() { answer 4 impossible "$1"; }
failed() { answer 1 failed "$1"; }
misused() { answer 2 misused "$1"; }

have() {
    command -v "$1" >/dev/null 2>&1
}

find_timeout() {
    for timeout in 'timeout -k 2' timeout 'timeout -t' ''; do
        # shellcheck disable=SC2086  # a command and its arguments
        [ -z "$timeout" ] || ! $timeout 5 true </dev/null >/dev/null 2>&1 || return 0
    done
}

# SECONDS COMMAND ARGUMENT…
limited() {
    seconds=$1
    shift
    # shellcheck disable=SC2086  # a command and its arguments
    ${timeout:+$timeout "$seconds"} "$@"
}

# SECONDS COMMAND ARGUMENT…: what it says is in `said` afterwards. By a file: a daemon that it leaves behind
# would keep a pipe open.
run() {
    prepare_state_folder
    said_file=$state_folder/said.$$
    rm -f "$said_file"
    (: >"$said_file") 2>/dev/null || said_file=/dev/null
    # What it writes is for all to read as ever, and what it leaves behind heeds a hang-up.
    (
        umask 022
        trap - HUP
        limited "$@"
    ) </dev/null >"$said_file" 2>&1
    set -- $?
    said=$(head -c 4096 "$said_file" | tr -d '\000')
    [ "$1" -ne 124 ] && [ "$1" -ne 137 ] && [ "$1" -ne 143 ] || said="no end within its limit of time. $said"
    return "$1"
}

# ---------------------------------------------------------------- what may be said to it

check_sha() {
    case $1 in
        *[!0-9a-f]*) ;;
        *) [ ${#1} -ne 64 ] || return 0 ;;
    esac
    misused "no checksum: $1"
}

check_sha_or_absent() {
    [ "$1" = absent ] || check_sha "$1"
}

check_plan() {
    case $1 in
        '' | .* | -* | *[!A-Za-z0-9._-]*) misused "no plan's name: $1" ;;
    esac
    [ ${#1} -le 64 ] || misused "no plan's name: $1"
}

check_device() {
    case $1 in
        '' | . | .. | -* | *[!A-Za-z0-9._:@-]*) misused "no name of an interface: $1" ;;
    esac
    [ ${#1} -le 15 ] || misused "no name of an interface: $1"
    device=$1
    net=$root/sys/class/net/$device
}

number_up_to() {
    case $2 in
        '' | 0?* | *[!0-9]* | ?????*) return 1 ;;
    esac
    [ "$2" -le "$1" ]
}

# ADDRESS, into `address`
check_address() {
    address=$1
    case $1 in *[!0-9.]* | *.*.*.*.* | .* | *. | *..*) misused "no IPv4 address: $1" ;; esac
    case $1 in *.*.*.*) ;; *) misused "no IPv4 address: $1" ;; esac
    rest=$1.
    while [ -n "$rest" ]; do
        number_up_to 255 "${rest%%.*}" || misused "no IPv4 address: $1"
        rest=${rest#*.}
    done
}

# ADDRESS/PREFIX, into `address` and `prefix`
check_address_and_prefix() {
    prefix=${1#*/}
    [ "$prefix" != "$1" ] && number_up_to 32 "$prefix" || misused "no ADDRESS/PREFIX: $1"
    check_address "${1%%/*}"
}

# PATH: one of the files that configure interfaces; `folder`, `name` and `file` (below the root) from it.
check_path() {
    folder=${1%/*}
    name=${1##*/}
    file=$root$1
    case $($say "$1." | tr -d '\000-\011\013-\037\177') in "$1.") ;; *) misused 'a control character in the path' ;; esac
    case $folder$newline$name in
        *"$newline"*"$newline"*) misused 'a line end in the path' ;;
        *"$newline" | *"$newline".*) misused "no file that configures an interface: $1" ;;
        "/etc/sysconfig/network-scripts$newline"ifcfg-?*) ;;
        "/etc/NetworkManager/system-connections$newline"*) ;;
        "/etc/netplan$newline"?*.yaml) ;;
        "/etc/network$newline"interfaces) ;;
        *) misused "no file that configures an interface: $1" ;;
    esac
    [ ${#name} -le 180 ] || misused "a name longer than 180 bytes: $name"
}

# ---------------------------------------------------------------- files

find_hash() {
    if have sha256sum; then
        hash=sha256sum
    elif have openssl; then
        hash='openssl dgst -sha256 -r'
    elif have shasum; then
        hash='shasum -a 256'
    else
        impossible 'no sha256sum, openssl or shasum here: a file cannot be told from another'
    fi
}

# FILE: its checksum, or nothing
sha_of() {
    # shellcheck disable=SC2086  # a command and its arguments
    { $hash <"$1" | head -c 64; } 2>/dev/null
}

prepare_state_folder() {
    [ ! -L "$root/var/lib" ] && [ ! -L "$state_folder" ] || impossible "$state_folder is a link"
    mkdir -p "$state_folder" 2>/dev/null
}

# One at a time; the kernel gives the lock back whatever becomes of us.
lock() {
    prepare_state_folder
    locked=
    have flock || return 0
    (: >>"$state_folder/lock") 2>/dev/null || return 0
    exec 9>>"$state_folder/lock"
    flock -w 20 9 2>/dev/null || flock -n 9 || failed 'another change of a file is under way on this machine'
    locked=yes
}

# What is at `file` now: its checksum, or absent, in `sha`.
look() {
    [ ! -L "$file" ] || impossible "$1 is a link"
    real=$(cd -P "$root$folder" 2>/dev/null && pwd -P)
    [ -z "$real" ] || [ "$real" = "$real_root$folder" ] || impossible "$folder is a link to $real"
    sha=absent
    [ -e "$file" ] || return 0
    [ -f "$file" ] || impossible "$1 is no plain file"
    sha=$(sha_of "$file")
    [ -n "$sha" ] || failed "$1 cannot be read"
    # shellcheck disable=SC2046  # four words
    set -- "$1" $(stat -c '%a %u:%g %h %s' "$file" 2>/dev/null)
    [ $# -eq 5 ] || failed "$1: stat does not tell its mode and owner"
    mode=$2 owner=$3 links=$4 size=$5
}

file_facts() {
    fact sha256 "$sha"
    [ "$sha" != absent ] || return 0
    fact mode "$mode"
    fact owner "$owner"
    fact size "$size"
}

# Old ones do not know sync FILE, and flush everything.
flush() {
    sync "$1" 2>/dev/null || sync
}

selinux() {
    [ -e "$root/sys/fs/selinux/enforce" ] && have "$1"
}

# PATH PLAN: a copy of the file as it is, where only root looks and no ifup does.
keep() {
    for part in "$state_folder" "$state_folder/kept" "$state_folder/kept/$2" "$state_folder/kept/$2$folder"; do
        [ ! -L "$part" ] || impossible "$part is a link"
    done
    kept_folder=$state_folder/kept/$2$folder
    kept=$kept_folder/$name.$sha
    mkdir -p "$kept_folder" 2>/dev/null || failed "no copy can be kept: $kept_folder cannot be made"
    if [ ! -e "$kept" ] || [ "$(sha_of "$kept")" != "$sha" ]; then
        rm -f "$kept.part"
        said=$(cp -a "$file" "$kept.part" 2>&1) || {
            rm -f "$kept.part"
            failed "no copy can be kept: $said"
        }
        flush "$kept.part"
        [ "$(sha_of "$kept.part")" = "$sha" ] || {
            rm -f "$kept.part"
            moved "$1 changed while a copy was made"
        }
        mv -f "$kept.part" "$kept" || failed "no copy can be kept as $kept"
        flush "$kept_folder"
    fi
    fact kept "${kept#"$root"}"
}

new_temporary() {
    # What a run that was killed has left.
    [ -z "$locked" ] || rm -f "$root$folder"/.troposcope-*
    [ ! -e "$root$folder/.troposcope-$$" ] || failed "$folder/.troposcope-$$ is in the way"
    temporary=$root$folder/.troposcope-$$
}

# PATH SHA MODE: the temporary file, which must have that checksum, becomes the file.
place() {
    said=$(chmod "$3" "$temporary" 2>&1) || failed "$said"
    flush "$temporary"
    [ "$(sha_of "$temporary")" = "$2" ] || failed 'what was written is not what was sent: nothing is changed'
    if [ "$sha" = absent ]; then
        ! selinux restorecon || restorecon "$temporary" >/dev/null 2>&1
        # A link is never made over another file.
        said=$(ln "$temporary" "$file" 2>&1) || {
            [ ! -e "$file" ] && [ ! -L "$file" ] || moved "$1 has come to be"
            said=$(mv -f "$temporary" "$file" 2>&1) || failed "$said"
        }
        rm -f "$temporary"
    else
        [ ! -L "$file" ] && [ "$(sha_of "$file")" = "$sha" ] || moved "$1 changed meanwhile"
        said=$(mv -f "$temporary" "$file" 2>&1) || failed "$said"
    fi
    temporary=
    flush "$root$folder"
    look "$1"
    [ "$sha" = "$2" ] || moved "$1 was written, and is already another one"
}

read_verb() {
    [ $# -eq 1 ] || misused 'read PATH'
    check_path "$1"
    find_hash
    look "$1"
    file_facts
    [ "$sha" != absent ] || done_now
    fact links "$links"
    [ "$size" -le $mib ] || impossible "$1 is larger than 1 MiB"
    # Secrets stay on the machine. A little too much is taken for one rather than a little too little.
    if grep -aiqE '(psk|pass|secret|private|shared|key|token|cak|pin[0-9]*[" ]*[=:])|://[^/]*@' "$file" 2>/dev/null ||
        [ $? -gt 1 ]; then
        fact secrets yes
        done_now
    fi
    fact content "$size"
    facts=${facts%"$newline"}
    $say "troposcope-change 1$newline$facts"
    head -c "$size" "$file" || exit 1
    $say "${newline}result done${newline}end"
    exit 0
}

# PATH OLDSHA|absent NEWSHA MODE PLAN
write_verb() {
    unread=yes
    [ $# -eq 5 ] || misused 'write PATH OLDSHA|absent NEWSHA MODE PLAN'
    check_path "$1"
    check_sha_or_absent "$2"
    check_sha "$3"
    case $4 in [0-7][0-7][0-7]) ;; *) misused "no mode: $4" ;; esac
    check_plan "$5"
    find_hash
    lock
    look "$1"
    if [ "$sha" = "$3" ]; then
        file_facts
        already
    fi
    if [ "$sha" != "$2" ]; then
        file_facts
        moved "$1 is no longer what was read"
    fi
    [ -d "$root$folder" ] || impossible "there is no folder $folder"
    new_temporary
    new_mode=$4
    if [ "$sha" != absent ]; then
        [ "$links" -eq 1 ] || impossible "$1 has $links names (hard links), of which only one would change"
        new_mode=$mode
        said=$(cp -a "$file" "$temporary" 2>&1) || failed "$said"
        ! selinux chcon || chcon --reference="$file" "$temporary" 2>/dev/null
        chmod u+w "$temporary" 2>/dev/null
    fi
    unread=
    said=$({ limited 60 head -c $((mib + 1)) >"$temporary"; } 2>&1) || failed "the content cannot be written: $said"
    [ "$(sha_of "$temporary")" = "$3" ] || failed 'the content did not arrive as it was sent: nothing is changed'
    [ "$sha" = absent ] || keep "$1" "$5"
    place "$1" "$3" "$new_mode"
    file_facts
    done_now
}

# What has read the file keeps what it read, and would take the interface up by it again. That it cannot be
# told is no failure: the file has gone.
forget() {
    [ -z "$locked" ] || exec 9>&-
    case $folder in
        /etc/netplan) ! have netplan || run 60 netplan generate || fact note "netplan generate: $(one_line "$said")" ;;
        /etc/network) ;;
        *) ! have nmcli || run 30 nmcli connection reload || fact note "nmcli connection reload: $(one_line "$said")" ;;
    esac
}

# PATH OLDSHA PLAN
remove_verb() {
    [ $# -eq 3 ] || misused 'remove PATH OLDSHA PLAN'
    check_path "$1"
    check_sha "$2"
    check_plan "$3"
    find_hash
    lock
    look "$1"
    if [ "$sha" = absent ]; then
        file_facts
        already
    fi
    if [ "$sha" != "$2" ]; then
        file_facts
        moved "$1 is no longer what was read"
    fi
    keep "$1" "$3"
    [ ! -L "$file" ] && [ "$(sha_of "$file")" = "$sha" ] || moved "$1 changed meanwhile"
    said=$(rm -f "$file" 2>&1) || failed "$said"
    flush "$root$folder"
    look "$1"
    [ "$sha" = absent ] || moved "$1 was removed, and has come to be again"
    forget
    file_facts
    done_now
}

# PATH PLAN KEPTSHA NOWSHA|absent
restore_verb() {
    [ $# -eq 4 ] || misused 'restore PATH PLAN KEPTSHA NOWSHA|absent'
    check_path "$1"
    check_plan "$2"
    check_sha "$3"
    check_sha_or_absent "$4"
    find_hash
    lock
    look "$1"
    if [ "$sha" = "$3" ]; then
        file_facts
        already
    fi
    if [ "$sha" != "$4" ]; then
        file_facts
        moved "$1 is no longer what was written"
    fi
    old=$state_folder/kept/$2$folder/$name.$3
    [ -f "$old" ] && [ ! -L "$old" ] || impossible "no copy was kept of $1: ${old#"$root"}"
    [ "$(sha_of "$old")" = "$3" ] || impossible "the copy that was kept of $1 is damaged: ${old#"$root"}"
    [ -d "$root$folder" ] || impossible "there is no folder $folder"
    [ "$sha" = absent ] || keep "$1" "$2"
    new_temporary
    said=$(cp -a "$old" "$temporary" 2>&1) || failed "$said"
    ! selinux chcon || chcon --reference="$old" "$temporary" 2>/dev/null
    place "$1" "$3" "$(stat -c %a "$old")"
    file_facts
    done_now
}

# ---------------------------------------------------------------- interfaces

# The IPv4 addresses of the device, ADDRESS/PREFIX a line.
addresses() {
    limited 20 ip -o -4 addr show dev "$device" 2>/dev/null </dev/null | sed -n 's/.* inet \([0-9.]*\/[0-9]*\) .*/\1/p'
}

is_up() {
    flags=
    { read -r flags <"$net/flags"; } 2>/dev/null
    case $flags in *[13579bdf]) return 0 ;; *) return 1 ;; esac
}

device_facts() {
    fact device "$device"
    if [ ! -d "$net" ]; then
        fact state absent
        return
    fi
    mac=
    { read -r mac <"$net/address"; } 2>/dev/null
    if is_up; then fact state up; else fact state down; fi
    fact mac "${mac:--}"
    for one in $(addresses); do fact address "$one"; done
}

need_device() {
    [ -d "$net" ] || {
        device_facts
        moved "there is no interface $device"
    }
}

need_ip() {
    have ip || impossible 'ip (iproute2) is not installed here'
}

# Not the branch that we sit on.
not_our_way_in() {
    [ -n "$via" ] || return 0
    limited 20 ip -o addr show dev "$device" 2>/dev/null </dev/null | grep -qF " $via/" || return 0
    device_facts
    impossible "$device has $via, by which this connection came in: taking it down would cut it"
}

# DEVICE up|down
link_verb() {
    [ $# -eq 2 ] || misused 'link DEVICE up|down'
    check_device "$1"
    need_ip
    need_device
    case $2 in
        up) if is_up; then device_facts && already; fi ;;
        down)
            if ! is_up; then device_facts && already; fi
            not_our_way_in
            ;;
        *) misused 'link DEVICE up|down' ;;
    esac
    run 20 ip link set dev "$device" "$2" || failed "ip link set dev $device $2: $said"
    device_facts
    if is_up; then now=up; else now=down; fi
    [ "$now" = "$2" ] || failed "$device is still $now"
    done_now
}

# PATH: asks NetworkManager to take up the connection of that file.
nm_up() {
    have nmcli || impossible 'neither ifup nor nmcli is installed here'
    run 30 nmcli connection load "$1" || run 30 nmcli connection reload || failed "nmcli connection reload: $said"
    uuid=$(limited 30 nmcli -t -e no -f UUID,FILENAME connection show 2>/dev/null </dev/null |
        while IFS=: read -r one of; do [ "$of" != "$1" ] || $say "$one"; done | head -n 1)
    [ -n "$uuid" ] ||
        uuid=$(sed -n "s/^[ 	]*[Uu][Uu][Ii][Dd][ 	]*=[ 	]*[\"']\{0,1\}\([0-9A-Fa-f-]\{36\}\).*/\1/p" "$file" | head -n 1)
    if [ -n "$uuid" ]; then
        run 60 nmcli -w 45 connection up uuid "$uuid" ifname "$device" || failed "nmcli connection up: $said"
    else
        run 60 nmcli -w 45 device connect "$device" || failed "nmcli device connect $device: $said"
    fi
}

nm_has_device() {
    have nmcli && case $(limited 20 nmcli -t -f DEVICE,STATE device 2>/dev/null </dev/null | grep "^$device:") in
        '' | *:unmanaged* | *:unavailable*) false ;;
    esac
}

# Not `netplan apply`, which takes up every interface anew, the one that we came in by too.
netplan_up() {
    have netplan || impossible 'netplan is not installed here'
    run 60 netplan generate || failed "netplan generate: $said"
    if nm_has_device; then
        run 30 nmcli connection reload && run 60 nmcli -w 45 device connect "$device" || failed "nmcli: $said"
        return
    fi
    have networkctl || impossible 'netplan has been told, but cannot take up one interface alone: neither NetworkManager nor networkctl has it'
    run 30 networkctl reload && run 30 networkctl reconfigure "$device" ||
        impossible "netplan has been told, but this networkctl cannot take up one interface alone: $said"
    for one in 1 2 3 4 5 6 7 8 9 10; do
        [ -z "$(addresses)" ] || return 0
        sleep 1
    done
}

# DEVICE PATH
ifup_verb() {
    [ $# -eq 2 ] || misused 'ifup DEVICE PATH'
    check_device "$1"
    check_path "$2"
    need_ip
    need_device
    [ -f "$file" ] || moved "there is no $2"
    case $folder in
        /etc/sysconfig/network-scripts)
            if have ifup; then
                run 90 ifup "$device" || failed "ifup $device: $said"
            else
                nm_up "$2"
            fi
            ;;
        /etc/NetworkManager/*) nm_up "$2" ;;
        /etc/netplan) netplan_up ;;
        *)
            have ifup || impossible 'ifup is not installed here'
            run 90 ifup "$device" || failed "ifup $device: $said"
            ;;
    esac
    device_facts
    is_up || failed "$device is still down. $said"
    done_now
}

# DEVICE PATH. What the tool leaves behind (network scripts refuse an interface whose file names another MAC)
# is taken away afterwards.
ifdown_verb() {
    [ $# -eq 2 ] || misused 'ifdown DEVICE PATH'
    check_device "$1"
    check_path "$2"
    need_ip
    if [ ! -d "$net" ] || { ! is_up && [ -z "$(addresses)" ]; }; then
        device_facts
        already
    fi
    not_our_way_in
    said=
    case $folder in
        /etc/sysconfig/network-scripts | /etc/network) ! have ifdown || run 60 ifdown "$device" || fact note "ifdown $device: $(one_line "$said")" ;;
    esac
    if is_up && nm_has_device; then run 60 nmcli -w 45 device disconnect "$device" || :; fi
    [ -z "$(addresses)" ] || run 20 ip -4 addr flush dev "$device" || :
    ! is_up || run 20 ip link set dev "$device" down || :
    device_facts
    ! is_up && [ -z "$(addresses)" ] || failed "$device is still up or has an address. $said"
    done_now
}

# DEVICE ADDRESS/PREFIX [GATEWAY]
addradd_verb() {
    [ $# -eq 2 ] || [ $# -eq 3 ] || misused 'addradd DEVICE ADDRESS/PREFIX [GATEWAY]'
    check_device "$1"
    [ $# -eq 2 ] || check_address "$3"
    check_address_and_prefix "$2"
    need_ip
    need_device
    was=already
    if ! addresses | grep -qxF "$address/$prefix"; then
        was='done'
        run 20 ip addr add "$address/$prefix" brd + dev "$device" || failed "ip addr add $address/$prefix dev $device: $said"
    fi
    if [ $# -eq 3 ] && ! limited 20 ip route show default </dev/null 2>/dev/null | grep -qF "default via $3 dev $device "; then
        was='done'
        run 20 ip route add default via "$3" dev "$device" || {
            device_facts
            failed "ip route add default via $3 dev $device: $said"
        }
    fi
    device_facts
    addresses | grep -qxF "$address/$prefix" || failed "$device does not have $address/$prefix"
    answer 0 "$was"
}

# DEVICE ADDRESS/PREFIX
addrdel_verb() {
    [ $# -eq 2 ] || misused 'addrdel DEVICE ADDRESS/PREFIX'
    check_device "$1"
    check_address_and_prefix "$2"
    need_ip
    if [ ! -d "$net" ] || ! addresses | grep -qxF "$address/$prefix"; then
        device_facts
        already
    fi
    [ "$address" != "$via" ] || not_our_way_in
    run 20 ip addr del "$address/$prefix" dev "$device" || failed "ip addr del $address/$prefix dev $device: $said"
    device_facts
    ! addresses | grep -qxF "$address/$prefix" || failed "$device still has $address/$prefix"
    done_now
}

# A frame of our own, where there is no arping: DEVICE INDEX MAC ADDRESS U|A
# shellcheck disable=SC2016  # for perl
perl_arp='use Socket; my ($dev, $index, $mac, $ip, $form) = @ARGV; $mac = pack("H12", $mac =~ s/://gr); $ip = inet_aton($ip);
my $all = "\xff" x 6; socket(my $s, 17, SOCK_RAW, 0) or die "$!\n";
my $frame = $all . $mac . pack("nnnCCn", 0x806, 1, 0x800, 6, 4, $form eq "U" ? 1 : 2) . $mac . $ip . ($form eq "U" ? $all : $mac) . $ip . "\0" x 18;
send($s, $frame, 0, pack("SnlSCCa8", 17, 0x806, $index, 1, 0, 6, $all)) or die "$!\n";'
python_arp='import socket, struct, sys
dev, index, mac, ip, form = sys.argv[1:6]
mac = bytes(bytearray(int(x, 16) for x in mac.split(":"))); ip = socket.inet_aton(ip); ones = b"\xff" * 6
s = socket.socket(17, socket.SOCK_RAW); s.bind((dev, 0))
s.send(ones + mac + struct.pack("!HHHBBH", 0x806, 1, 0x800, 6, 4, 1 if form == "U" else 2) + mac + ip + (ones if form == "U" else mac) + ip + b"\0" * 18)'

# The tool that can announce, in `arp_tool`.
find_arp() {
    if have arping; then
        case $(limited 5 arping --help 2>&1 </dev/null; limited 5 arping -h 2>&1 </dev/null) in
            *Habets* | *'-S <'* | *'-S addr'*) arp_tool=habets ;;
            *) arp_tool=arping ;;
        esac
    elif have busybox && limited 5 busybox arping --help 2>&1 </dev/null | grep -q 'Usage: arping'; then
        arp_tool='busybox arping'
    elif have perl && perl -MSocket -e 1 2>/dev/null; then
        arp_tool=perl
    elif have python3; then
        arp_tool=python3
    elif have python; then
        arp_tool=python
    else
        impossible 'nothing here can announce an address: no arping, busybox, perl or python'
    fi
}

# U|A: a request or a reply that nobody asked for. Nobody answers either, which is no failure.
# shellcheck disable=SC2086  # busybox arping
send_arp() {
    case $arp_tool in
        habets)
            if [ "$1" = U ]; then
                run 5 arping -q -U -c 1 -i "$device" -S "$address" "$address"
            else
                run 5 arping -q -U -P -c 1 -i "$device" -S "$address" "$address"
            fi
            [ $? -le 1 ]
            ;;
        perl) run 5 perl -e "$perl_arp" "$device" "$index" "$mac" "$address" "$1" ;;
        python*) run 5 "$arp_tool" -c "$python_arp" "$device" "$index" "$mac" "$address" "$1" ;;
        *) run 5 $arp_tool -q "-$1" -c 1 -w 1 -I "$device" -s "$address" "$address" ;;
    esac
}

# DEVICE ADDRESS ROUNDS
announce_verb() {
    [ $# -eq 3 ] || misused 'announce DEVICE ADDRESS ROUNDS'
    check_device "$1"
    check_address "$2"
    number_up_to 10 "$3" && [ "$3" -ge 1 ] || misused "no number of rounds from 1 to 10: $3"
    need_ip
    need_device
    find_arp
    index=
    mac=
    { read -r index <"$net/ifindex"; } 2>/dev/null
    { read -r mac <"$net/address"; } 2>/dev/null
    fact sender "$mac"
    fact tool "$arp_tool"
    round=0
    while [ "$round" -lt "$3" ]; do
        [ "$round" = 0 ] || sleep 2
        case $newline$(addresses) in
            *"$newline$address/"*) ;;
            *)
                device_facts
                fact rounds "$round"
                moved "$device does not have $address"
                ;;
        esac
        is_up || {
            device_facts
            moved "$device is down"
        }
        send_arp U && send_arp A || failed "$arp_tool cannot announce $address on $device: $said"
        round=$((round + 1))
    done
    now=
    { read -r now <"$net/address"; } 2>/dev/null
    [ "$now" = "$mac" ] || moved "$device had $mac at first and has $now now"
    device_facts
    fact rounds "$round"
    done_now
}

# DEVICE…
carrier_verb() {
    [ $# -ge 1 ] || misused 'carrier DEVICE…'
    for one; do
        check_device "$one"
        carrier=absent
        if [ -d "$net" ]; then
            carrier=unknown # the kernel does not tell while it is down
            { read -r carrier <"$net/carrier"; } 2>/dev/null
        fi
        fact carrier "$device ${carrier:-unknown}"
    done
    done_now
}

# MAC|PCI, or nothing for all
device_verb() {
    [ $# -le 1 ] || misused 'device [MAC|PCI]'
    wanted=$($say "${1-}" | tr 'A-F' 'a-f')
    case $wanted in *[!0-9a-f:.]*) misused "no MAC and no PCI address: $1" ;; esac
    for net in "$root"/sys/class/net/*; do
        [ -d "$net" ] || continue
        mac=
        { read -r mac <"$net/address"; } 2>/dev/null
        pci=$(pci_of "$net/device")
        case $wanted in
            '' | "$mac" | "$pci") fact device "${net##*/} ${mac:--} $pci" ;;
        esac
    done
    done_now
}

# FOLDER: the PCI function that it hangs below, or -
pci_of() (
    cd -P "$1" 2>/dev/null || { echo - && exit; }
    place=$PWD
    while [ -n "$place" ]; do
        case ${place##*/} in
            [0-9a-f][0-9a-f][0-9a-f][0-9a-f]*:[0-9a-f][0-9a-f]:[0-9a-f][0-9a-f].[0-7])
                echo "${place##*/}"
                exit
                ;;
        esac
        place=${place%/*}
    done
    echo -
)

# ----------------------------------------------------------------

troposcope_change() {
    settle
    find_timeout
    [ $# -ge 2 ] || misused 'use: VIA VERB ARGUMENT…'
    via=${1%%%*}
    case $via in *[!0-9A-Fa-f:.]*) via= ;; esac
    verb=$2
    shift 2
    case $verb in
        read | write | remove | restore | link | ifup | ifdown | addradd | addrdel | announce | carrier | device)
            "${verb}_verb" "$@"
            ;;
        *) misused "no such verb: $verb" ;;
    esac
}

troposcope_change "$@"
