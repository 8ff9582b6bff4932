# shellcheck shell=sh
# shellcheck disable=SC2317  # functions that are handed to document and bounded_document by name
# The Troposcope probe: prints what one machine knows about itself. It reads, and never writes.
#
#     sh -s -- host REPOSITORY FOLDER [SECONDS]     on a hypervisor
#     sh -s -- guest SUDO [SECONDS]                 inside a virtual machine
#
# with this text as standard input, over one SSH exec. REPOSITORY and FOLDER say where the declared
# configuration lies (empty: nowhere); SUDO is yes or no: may `sudo -n` be used for what only root can
# read; SECONDS bounds every single command (20). Which documents exist, and what they hold: the
# capture format. How they are wrapped here:
#
#     stdout: troposcope-probe 1 NONCE
#     both:   NONCE begin PATH
#             the document (stdout), what the command said about it (stderr)
#     both:   <newline>NONCE end PATH STATUS MILLISECONDS
#     stdout: NONCE done
#
# README.md beside this file says it in full. NONCE is 32 hex digits made here, on each run: no document
# can know it, so none can imitate a marker. It is never put into an argument or the environment.
#
# Written for dash, bash, busybox ash, mksh and the tools of 2014. Everything is a function, called on
# the last line: half a script does nothing. All commands read /dev/null, never the script.
# The variables are global (POSIX has no others).

# TROPOSCOPE_PROBE_ROOT is for tests: read files below that folder, and find commands on PATH as it is.
settle() {
    LC_ALL=C LANGUAGE=C DOCKER_CLI_HINTS=false
    export LC_ALL LANGUAGE DOCKER_CLI_HINTS
    unset CDPATH GREP_OPTIONS
    root=${TROPOSCOPE_PROBE_ROOT-}
    if [ -z "$root" ]; then
        PATH=/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin:/snap/bin${PATH:+:$PATH}
        export PATH
    fi
    cd / || exit 1
    # No hang-up comes to a command without a terminal: a cut connection shows as a failed write.
    trap 'exit 129' HUP
    trap 'exit 141' PIPE
    trap 'exit 143' INT TERM
    # mksh has no printf of its own, and an argument to another program is bounded; it has print.
    say='printf %s\n'
    case ${KSH_VERSION-} in *MIRBSD*) say='print -r --' ;; esac
    seconds=20
    sudo=no
    sudo_refusal=
    kib=1024
    mib=1048576
    container_count=200
    exec 4>&1
}

set_seconds() {
    case $1 in
        '' | 0* | *[!0-9]* | ?????*) ;;
        *) seconds=$1 ;;
    esac
}

have() {
    command -v "$1" >/dev/null 2>&1
}

make_nonce() {
    for source in 'od -An -v -N16 -tx1 /dev/urandom' 'xxd -p -l 16 /dev/urandom' 'cat /proc/sys/kernel/random/uuid'; do
        # shellcheck disable=SC2086  # a command and its arguments
        nonce=$($source </dev/null 2>/dev/null | tr -d ' \n-')
        case $nonce in *[!0-9a-f]*) continue ;; esac
        [ ${#nonce} -ne 32 ] || return 0
    done
    echo 'troposcope-probe: no random numbers: neither /dev/urandom nor /proc/sys/kernel/random/uuid can be read' >&2
    exit 3
}

find_timeout() {
    for timeout in 'timeout -k 2' timeout 'timeout -t' ''; do
        # shellcheck disable=SC2086  # a command and its arguments
        [ -z "$timeout" ] || ! $timeout 5 true </dev/null >/dev/null 2>&1 || return 0
    done
}

# COMMAND ARGUMENT…: bounded in time (status 124, or 137 when it had to be killed).
limited() {
    # shellcheck disable=SC2086  # a command and its arguments
    ${timeout:+$timeout "$seconds"} "$@" 3>&- 4>&-
}

within() {
    limited "$@" </dev/null
}

# The limit goes inside: only root can end what root runs.
as_root() {
    # shellcheck disable=SC2086  # a command and its arguments
    sudo -n ${timeout:+$timeout "$seconds"} "$@" </dev/null 3>&- 4>&-
}

# Asked once: every refusal is logged (and mailed) on the machine.
find_sudo() {
    [ "$1" = yes ] && [ "$(id -u)" != 0 ] || return 0
    if ! have sudo; then
        sudo_refusal='sudo is not installed'
    elif sudo_refusal=$(within sudo -n true 2>&1); then
        sudo=yes
    else
        sudo_refusal="sudo -n is refused: $sudo_refusal"
    fi
}

# Milliseconds in `now`, modulo 10^8 (mksh counts in 32 bits): the kernel's own clock needs no process,
# and does not jump when a restored guest's clock is set.
clock() {
    now=
    { read -r now </proc/uptime; } 2>/dev/null
    now=${now%% *}
    [ -n "$now" ] || now=$(date +%s).0
    now=${now}00
    fraction=${now#*.}
    fraction=1${fraction%"${fraction#???}"}
    now=00000${now%.*}
    now=1${now#"${now%?????}"}
    now=$(((now - 100000) * 1000 + fraction - 1000))
}

begin() {
    clock
    started=$now
    begin_started "$1"
}

begin_started() {
    echo "$nonce begin $1" || exit 141
    echo "$nonce begin $1" >&2 || exit 141
}

# PATH STATUS
end() {
    clock
    elapsed=$((now - started))
    [ "$elapsed" -ge 0 ] || elapsed=$((elapsed + 100000000))
    { echo && echo "$nonce end $1 $2 $elapsed"; } || exit 141
    { echo && echo "$nonce end $1 $2 $elapsed"; } >&2 || exit 141
}

# PATH COMMAND ARGUMENT…: a document whose size its source bounds.
document() {
    path=$1
    shift
    begin "$path"
    "$@" </dev/null
    end "$path" $?
}

# PATH COMMAND ARGUMENT…: a document of several commands, each of which may report that it failed by
# writing its status to descriptor 3.
gathered_document() {
    path=$1
    shift
    begin "$path"
    statuses=$({ "$@" </dev/null >&4 || echo $? >&3; } 3>&1)
    case $statuses in
        *153*) status=153 ;;
        *) status=${statuses##*[!0-9]} ;;
    esac
    end "$path" "${status:-0}"
}

# BYTES COMMAND ARGUMENT…: what it prints, cut after BYTES, and then of status 153 (128 + SIGXFSZ).
cut_after() {
    bytes=$1
    shift
    { "$@" </dev/null || echo $? >&3; } |
        {
            head -c "$bytes"
            rest=
            if IFS= read -r rest || [ -n "$rest" ]; then echo 153 >&3; fi
        }
}

# BYTES PATH COMMAND ARGUMENT…
bounded_document() {
    path=$2
    bytes=$1
    shift 2
    gathered_document "$path" cut_after "$bytes" "$@"
}

# PATH COMMAND ARGUMENT…: as document, and its output is in `captured` afterwards.
captured_document() {
    path=$1
    shift
    begin "$path"
    captured=$("$@" </dev/null)
    captured_status=$?
    [ -z "$captured" ] || $say "$captured"
    end "$path" "$captured_status"
}

# PATH STATUS TEXT: what could not be asked.
refused_document() {
    begin "$1"
    echo "$3" >&2
    end "$1" "$2"
}

# PATH COMMAND ARGUMENT…: the document, if COMMAND can print JSON; else false, with its status in `status`.
json_document() {
    path=$1
    shift
    clock
    started=$now
    captured=$(within "$@" 2>/dev/null)
    status=$?
    case $captured in
        '['*) ;;
        *) return 1 ;;
    esac
    begin_started "$path"
    $say "$captured"
    end "$path" "$status"
}

# A name from the machine as the capture writes it, in `escaped`.
escape() {
    escaped=$1
    case $1 in
        '' | .* | *[!A-Za-z0-9._-]*) ;;
        *) return ;;
    esac
    escaped=$($say "$1" | od -An -v -tx1 | awk '
        BEGIN { for (i = 33; i < 127; i++) plain[sprintf("%02x", i)] = sprintf("%c", i) }
        { for (i = 1; i <= NF; i++) hex[++n] = $i }
        END {
            for (i = 1; i < n; i++) {
                c = plain[hex[i]]
                text = text (c ~ /^[A-Za-z0-9_-]$/ || (c == "." && i > 1) ? c : "%" toupper(hex[i]))
            }
            print text
        }')
}

# Keeps the lines of a configuration and withholds its secrets. mode: ini (NetworkManager), shell (ifcfg),
# words (interfaces), yaml (netplan). The text ends with a full stop of our own, so that a missing last
# newline stays missing. Withheld too: commented-out values, all lines of a value, passwords in URLs.
# A little too much is withheld rather than a little too little.
# shellcheck disable=SC2016  # awk's own $
withhold='
function secret(name) {
    name = tolower(name)
    gsub(/_/, "-", name)
    if (name ~ /(flags|type|mgmt|management|idx|direction)$/ || name ~ /public/) return 0
    return name ~ /psk|passw|passphrase|secret|private|preshared|key|iwconfig|(^|[^a-z])(pass|pin|cak)[0-9]*$/
}
# The quote that is open after text, "\\" for a line that goes on.
function quote_after(text, open,    i, c, n) {
    n = length(text)
    for (i = 1; i <= n; i++) {
        c = substr(text, i, 1)
        if (open == "\047") { if (c == open) open = "" }
        else if (c == "\\") { if (i == n) return open == "" ? "\\" : open; i++ }
        else if (open != "") { if (c == open) open = "" }
        else if (c == "\"" || c == "\047") open = c
        else if (c == "#" && (i == 1 || substr(text, i - 1, 1) ~ /[ \t]/)) return ""
    }
    return open
}
function ini(text,    name) {
    if (text ~ /^[ \t]*\[/) section = tolower(text)
    else if (match(text, /^[^=]*=/)) {
        name = substr(text, 1, RLENGTH - 1)
        gsub(/^[ \t#;]+|[ \t]+$/, "", name)
        if (secret(name) || section ~ /secret/) return substr(text, 1, RLENGTH) "<withheld>"
    } else if (section ~ /secret/ && text ~ /[^ \t]/) return "# <withheld>"
    return text
}
function shell(text,    at, rest, name, before, after) {
    if (held != "") {
        held = quote_after(text, held == "\\" ? "" : held)
        return "# <withheld>"
    }
    rest = text
    while (match(rest, /[A-Za-z_][A-Za-z0-9_]*[ \t]*\+?=/)) {
        name = substr(rest, RSTART, RLENGTH - 1)
        gsub(/[ \t+]+$/, "", name)
        at += RSTART + RLENGTH - 1
        if (secret(name)) {
            before = quote_after(substr(text, 1, at), "")
            after = quote_after(text, "")
            if (text !~ /^[ \t]*#/) held = after
            return substr(text, 1, at) "<withheld>" (after == "" && before != "\\" ? before : "")
        }
        rest = substr(rest, RSTART + RLENGTH)
    }
    return text
}
function words(text,    name) {
    if (held != "") {
        held = text ~ /\\$/ ? "\\" : ""
        return "# <withheld>"
    }
    if (match(text, /^[ \t#]*[^ \t#]+[ \t]/)) {
        name = substr(text, 1, RLENGTH - 1)
        gsub(/[ \t#]/, "", name)
        if (secret(name)) {
            held = text ~ /\\$/ ? "\\" : ""
            return substr(text, 1, RLENGTH) "<withheld>"
        }
    }
    return text
}
# Block style: everything further in belongs to the value. Flow style ({a: b}): the value alone.
function yaml(text,    indent, comment, name, at, rest) {
    match(text, /^[ \t#-]*/)
    indent = RLENGTH
    comment = text ~ /^[ \t]*#/
    if (depth != "") {
        if (text !~ /[^ \t]/) return text
        if (indent > depth && (comment || !in_comment)) return substr(text, 1, indent) "# <withheld>"
        if (!comment || in_comment) depth = ""
    }
    if (match(text, /^[ \t#-]*["\047]?[A-Za-z0-9_.-]+["\047]?[ \t]*:/)) {
        name = substr(text, indent + 1, RLENGTH - indent - 1)
        gsub(/["\047 \t]/, "", name)
        if (secret(name)) {
            if (depth == "") { depth = indent; in_comment = comment }
            return substr(text, 1, RLENGTH) " <withheld>"
        }
    }
    rest = text
    at = ""
    while (match(rest, /[{,?][ \t]*["\047]?[A-Za-z0-9_.-]+["\047]?[ \t]*:[ \t]*/)) {
        name = substr(rest, RSTART + 1, RLENGTH - 1)
        gsub(/["\047 \t:]/, "", name)
        at = at substr(rest, 1, RSTART + RLENGTH - 1)
        rest = substr(rest, RSTART + RLENGTH)
        if (!secret(name)) continue
        if (!match(rest, /^"([^"\\]|\\.)*"/) && !match(rest, /^\047[^\047]*\047/) && !match(rest, /^[{][^}]*[}]/) &&
            !match(rest, /^\[[^]]*\]/) && rest ~ /^["\047{[]/) {
            if (depth == "") { depth = indent; in_comment = comment }
            return at "<withheld>"
        }
        if (RSTART == 0) match(rest, /^[^],}]*/)
        at = at "<withheld>"
        rest = substr(rest, RLENGTH + 1)
    }
    return at rest
}
function kept(text) {
    gsub("://[^/@ \t\"\047]*@", "://<withheld>@", text)
    if (mode == "ini") return ini(text)
    if (mode == "shell") return shell(text)
    if (mode == "words") return words(text)
    return yaml(text)
}
NR > 1 { print kept(line) }
{ line = $0 }
END {
    ORS = ""
    sub(/\.$/, "", line)
    if (line != "") print kept(line)
}'

# FILE COMMAND ARGUMENT…: what COMMAND prints of FILE, as root where it must be and may be.
of_file() {
    file=$1
    shift
    if [ -r "$file" ] || [ "$sudo" != yes ]; then
        "$@" "$file" 3>&- 4>&- && return
        set -- $?
        [ -z "$sudo_refusal" ] || echo "$sudo_refusal" >&2
        return "$1"
    fi
    as_root "$@" "$file"
}

# FILE: enough of it to see that it is too long.
read_file() {
    of_file "$1" head -c $((mib + kib))
}

# MODE COMMAND ARGUMENT…: the configuration that COMMAND prints, without its secrets.
withheld() {
    mode=$1
    shift
    {
        cut_after "$mib" "$@"
        echo .
    } | limited awk -v mode="$mode" "$withhold"
}

# PATH FILE: a small file without secrets.
file_document() {
    [ -f "$2" ] || return 1
    document "$1" head -c "$mib" "$2"
}

# KIND MODE SUFFIX FOLDER PREFIX: the files of FOLDER whose names are PREFIX…SUFFIX. A file of another
# program's making may lack SUFFIX where it is .nmconnection (older NetworkManager): it is added.
folder_documents() {
    [ -d "$4" ] || return 0
    if [ -r "$4" ] && [ -x "$4" ]; then
        for file in "$4/$5"*; do
            [ ! -f "$file" ] || one_of_folder "$1" "$2" "$3" "$file"
        done
    elif [ "$sudo" = yes ]; then
        captured=$(as_root ls -1 "$4" 2>&1) || {
            refused_document "$1" $? "$captured"
            return 0
        }
        [ -n "$captured" ] || return 0
        $say "$captured" | while IFS= read -r name; do
            case $name in "$5"*) one_of_folder "$1" "$2" "$3" "$4/$name" ;; esac
        done
    else
        refused_document "$1" 1 "$4: Permission denied${sudo_refusal:+ ($sudo_refusal)}"
    fi
}

one_of_folder() {
    name=${4##*/}
    case $1:$name in
        *"$3") ;;
        nm:*) name=$name$3 ;;
        *) return 0 ;;
    esac
    escape "$name"
    gathered_document "$1/$escaped" withheld "$2" read_file "$4"
}

# ---------------------------------------------------------------- the system, outside or inside

print_date() {
    stamp=$(date +%Y-%m-%dT%H:%M:%S%z) || return
    echo "${stamp%??}:${stamp#"${stamp%??}"}"
}

# name, MAC, PCI function; a virtio or USB device hangs below its function, a bridge on none.
print_interface_pci() (
    for device in "$root"/sys/class/net/*; do
        [ -d "$device" ] || continue
        mac=
        { read -r mac <"$device/address"; } 2>/dev/null
        pci=-
        if cd -P "$device/device" 2>/dev/null; then
            place=$PWD
            while [ -n "$place" ]; do
                case ${place##*/} in
                    [0-9a-f][0-9a-f][0-9a-f][0-9a-f]*:[0-9a-f][0-9a-f]:[0-9a-f][0-9a-f].[0-7])
                        pci=${place##*/}
                        break
                        ;;
                esac
                place=${place%/*}
            done
        fi
        echo "${device##*/} ${mac:--} $pci"
    done
)

# FOLDER: host or guest
addresses() {
    if have ip; then
        if json_document "$1/ip-addr.json" ip -j -d addr; then return; fi
        case $(within ip -d addr 2>/dev/null) in
            [0-9]*)
                document "$1/ip-addr.txt" within ip -d addr
                return
                ;;
        esac
        if ! have ifconfig; then
            document "$1/ip-addr.txt" within ip addr
            return
        fi
    fi
    ! have ifconfig || document "$1/ifconfig.txt" within ifconfig -a
}

routes() {
    ! have ip || json_document "$1/ip-route.json" ip -j route || document "$1/ip-route.txt" within ip route
}

# PATH COMMAND ARGUMENT…: for what has no text form. A tool too old for it answers with a text, or does
# not know the option; any other failure is one to be told.
only_json_document() {
    json_document "$@" && return
    [ "$status" -ne 0 ] || return 0
    path=$1
    shift
    case $(within "$@" 2>&1) in
        *unknown* | *nrecognized* | *invalid\ option* | *Usage:*) ;;
        *) document "$path" within "$@" ;;
    esac
}

bridges() {
    if have bridge; then
        if json_document "$1/bridge-link.json" bridge -j link; then
            only_json_document "$1/bridge-fdb.json" bridge -j fdb show
            return
        fi
        have brctl || only_json_document "$1/bridge-link.json" bridge -j link
    fi
    ! have brctl || document "$1/brctl-show.txt" within brctl show
}

# FILE: its first line, in `line`. The shell reads it: one process more takes longer on a slow guest.
read_line() {
    line=
    { IFS= read -r line <"$1"; } 2>/dev/null
}

print_line() {
    read_line "$1"
    [ -z "$line" ] || $say "$line"
}

kernel() {
    if [ -r "$root/proc/sys/kernel/osrelease" ]; then
        document "$1/kernel.txt" print_line "$root/proc/sys/kernel/osrelease"
    else
        document "$1/kernel.txt" within uname -r
    fi
}

# Before systemd, D-Bus kept the machine's id.
machine_id() {
    for file in "$root/etc/machine-id" "$root/var/lib/dbus/machine-id"; do
        [ -f "$file" ] || continue
        document "$1/machine-id.txt" print_line "$file"
        return
    done
}

# Of files that are named as public keys only lines that begin as one: nothing else leaves the machine.
print_host_keys() {
    missed=0
    for file in "$root"/etc/ssh/ssh_host_*_key.pub; do
        [ -f "$file" ] || continue
        read_line "$file"
        case $line in
            ssh-* | ecdsa-* | sk-*) $say "$line" ;;
            *)
                echo "${file#"$root"}: not a public key, or it cannot be read" >&2
                missed=1
                ;;
        esac
    done
    return "$missed"
}

host_keys() {
    for file in "$root"/etc/ssh/ssh_host_*_key.pub; do
        [ -f "$file" ] || continue
        document "$1/ssh-host-keys.txt" print_host_keys
        return
    done
}

udev_names() {
    for file in "$root"/etc/udev/rules.d/*persistent-net.rules; do
        [ -f "$file" ] || continue
        bounded_document "$mib" "$1/udev-net.txt" within cat "$root"/etc/udev/rules.d/*persistent-net.rules
        return
    done
}

# Local file systems: a server that has gone would make df wait for ever. busybox has no -l: there the limit
# of time holds. Status 1 with a table: some mount points may not be looked at (containers', users').
print_df() {
    captured=$(within df -kPl 2>/dev/null)
    status=$?
    if [ "$status" = 1 ] && [ -z "$captured" ]; then
        captured=$(within df -kP)
        status=$?
    fi
    [ -n "$captured" ] || return "$status"
    $say "$captured"
    [ "$status" = 1 ] || return "$status"
}

system_documents() {
    if have hostname; then
        document "$1/hostname.txt" within hostname
    else
        document "$1/hostname.txt" within uname -n
    fi
    document "$1/date.txt" print_date
    kernel "$1"
    file_document "$1/os-release.txt" "$root/etc/os-release" ||
        file_document "$1/os-release.txt" "$root/usr/lib/os-release" ||
        file_document "$1/redhat-release.txt" "$root/etc/redhat-release" || :
    addresses "$1"
    routes "$1"
    ! have ip || only_json_document "$1/ip-neigh.json" ip -j neigh
    bridges "$1"
    [ ! -f "$root/etc/network/interfaces" ] ||
        gathered_document "$1/interfaces.txt" withheld words read_file "$root/etc/network/interfaces"
    machine_id "$1"
    host_keys "$1"
    udev_names "$1"
    ! have df || document "$1/df.txt" print_df
}

# ---------------------------------------------------------------- the declared configuration

# PATH MODE FILE: not where a link leads out of the repository.
declared_file() {
    real=$(within readlink -f "$3")
    case $real in
        "$work_tree"/.git/*) ;;
        "$work_tree"/*)
            if [ "$2" = raw ]; then
                bounded_document "$mib" "$1" read_file "$real"
            else
                gathered_document "$1" withheld "$2" read_file "$real"
            fi
            return
            ;;
    esac
    refused_document "$1" 1 "$3: leads out of the repository $repository to $real; not read"
}

declared_work_tree() {
    work_tree=$(cd -P "$repository" && pwd -P)
    declared_found=
    file=$repository/$below''etc/network/interfaces
    if [ -f "$file" ]; then
        declared_found=yes
        declared_file declared/etc/network/interfaces words "$file"
    fi
    for file in "$repository/$below"etc/libvirt/qemu/networks/*.xml; do
        [ -f "$file" ] || continue
        declared_found=yes
        escape "${file##*/}"
        declared_file "declared/etc/libvirt/qemu/networks/$escaped" raw "$file"
    done
}

# Plumbing only, with the folder named: no hook, filter, pager or fetch runs, and git does not ask who
# owns a repository that was not searched for.
git_read() {
    GIT_OPTIONAL_LOCKS=0 GIT_NO_LAZY_FETCH=1 GIT_ALLOW_PROTOCOL=none within git --git-dir="$git_dir" "$@"
}

declared_commit() {
    set -- -c core.quotePath=false ls-tree --full-tree HEAD -- \
        "$below"etc/network/interfaces "$below"etc/libvirt/qemu/networks/
    captured=$(git_read "$@" 2>/dev/null) || {
        refused_document declared $? "$(git_read "$@" 2>&1)"
        return 0
    }
    if [ -z "$captured" ]; then
        refused_document declared 1 "$repository: its HEAD has no ${below}etc/network/interfaces or ${below}etc/libvirt/qemu/networks"
        return 0
    fi
    $say "$captured" | while read -r mode kind id file; do
        case $mode$kind:$file in
            120000*:*etc/network/interfaces)
                refused_document declared/etc/network/interfaces 1 "$file: a link in $repository; not read from its HEAD"
                ;;
            *blob:*etc/network/interfaces)
                gathered_document declared/etc/network/interfaces withheld words git_read cat-file blob "$id"
                ;;
            *blob:*.xml | *blob:*.xml\")
                file=${file##*/}
                escape "${file%\"}"
                if [ "$mode" = 120000 ]; then
                    refused_document "declared/etc/libvirt/qemu/networks/$escaped" 1 "$file: a link in $repository; not read from its HEAD"
                    continue
                fi
                bounded_document "$mib" "declared/etc/libvirt/qemu/networks/$escaped" git_read cat-file blob "$id"
                ;;
        esac
    done
}

declared_documents() {
    repository=${1%/}
    [ -n "$repository" ] || return 0
    below=${2#/}
    below=${below%/}
    below=${below:+$below/}
    if [ -d "$repository/$below" ]; then
        declared_work_tree
        [ -z "$declared_found" ] || return 0
    fi
    if [ -e "$repository/.git" ]; then
        git_dir=$repository/.git
    elif [ -f "$repository/HEAD" ]; then
        git_dir=$repository
    else
        refused_document declared 1 "$repository/$below: no such folder here, or it cannot be read"
        return 0
    fi
    if have git; then
        declared_commit
    else
        refused_document declared 127 "$repository has no ${below}etc checked out, and git is not installed to read its HEAD"
    fi
}

# ---------------------------------------------------------------- what is installed, and Docker

with_sudo() {
    if [ "$sudo" = yes ]; then as_root "$@"; else within "$@"; fi
}

last_of_dpkg_log() {
    # Just rotated, the log may be all but empty.
    for log in "$root/var/log/dpkg.log.1" "$root/var/log/dpkg.log"; do
        [ ! -f "$log" ] || of_file "$log" tail -n 200 || echo $? >&3
    done | tail -n 200 3>&- 4>&-
}

package_history() {
    if have dnf; then
        bounded_document "$mib" package-history.txt with_sudo dnf -C history list
    elif have yum; then
        bounded_document "$mib" package-history.txt with_sudo yum -C history
    elif [ -f "$root/var/log/dpkg.log" ]; then
        bounded_document "$mib" package-history.txt last_of_dpkg_log
    fi
}

run_docker() {
    if [ "$docker_sudo" = yes ]; then as_root docker "$@"; else within docker "$@"; fi
}

# The answer is one line of JSON, all else is complaint: so both fit into one variable, and a refusal can
# be followed by sudo before anything is printed.
docker_version() {
    clock
    started=$now
    docker_sudo=no
    socket=$root/var/run/docker.sock
    if [ -z "${DOCKER_HOST-}${DOCKER_CONTEXT-}" ] && [ ! -e "${HOME-}/.docker/config.json" ] && ! have podman; then
        # Seen before the client is asked: a slow guest's client takes seconds to say the same.
        if [ ! -S "$socket" ]; then
            # Its data folder comes with the daemon's first start: without it this never was a container host.
            [ -d "$root/var/lib/docker" ] || return 1
            refused_document docker/version.json 1 "Docker is installed, but its daemon does not run: there is no $socket"
            return 1
        fi
        if [ ! -w "$socket" ]; then docker_sudo=$sudo; fi
    fi
    captured=$(run_docker version --format '{{json .}}' 2>&1)
    status=$?
    if [ "$status" -ne 0 ] && [ "$status" -ne 124 ] && [ "$sudo" != "$docker_sudo" ]; then
        docker_sudo=yes
        captured=$(run_docker version --format '{{json .}}' 2>&1)
        status=$?
    fi
    # Docker before 1.8: only the table.
    case $captured in
        *'flag provided but not defined'* | *'unknown flag'*)
            bounded_document $((16 * mib)) docker/ps.txt run_docker ps -a --no-trunc
            return 1
            ;;
    esac
    begin_started docker/version.json
    $say "$captured" | sed -n '/^{/p'
    $say "$captured" | sed '/^{/d' >&2
    [ "$status" -eq 0 ] || [ -z "$sudo_refusal" ] || echo "$sudo_refusal" >&2
    end docker/version.json "$status"
    return "$status"
}

# Every field that the capture format names, and no other: above all not Config.Env.
# shellcheck disable=SC2016  # a Go template
inspect_template='{"Id":{{json .Id}},"Name":{{json .Name}},"Created":{{json .Created}},"Path":{{json .Path}},"Args":{{json .Args}},"State":{{json .State}},"Image":{{json .Image}},"RestartCount":{{json .RestartCount}},"HostConfig":{"NetworkMode":{{json .HostConfig.NetworkMode}},"PortBindings":{{json .HostConfig.PortBindings}},"RestartPolicy":{{json .HostConfig.RestartPolicy}}},"Mounts":{{json (index . "Mounts")}},"Config":{"Hostname":{{json .Config.Hostname}},"Image":{{json .Config.Image}},"Cmd":{{json .Config.Cmd}},"Entrypoint":{{json .Config.Entrypoint}},"Labels":{{json .Config.Labels}}},"NetworkSettings":{"Ports":{{json .NetworkSettings.Ports}},"Networks":{{json (index .NetworkSettings "Networks")}}}}'

# ID…: the lines that the template gives, as one JSON array.
print_inspect() {
    if [ $# -eq 0 ]; then
        echo '[]'
        return
    fi
    { run_docker inspect --type container --format "$inspect_template" "$@" || echo $? >&3; } | as_array
}

# Lines of JSON as one array.
as_array() {
    sed -e '/^$/d' -e '1s/^/[/' -e '1!s/^/,/' -e '$s/$/]/' 3>&- 4>&-
}

docker_info() {
    captured=$(run_docker info --format '{{json .}}')
    set -- $?
    $say "$captured" | sed 's|://[^/@" ]*@|://<withheld>@|g'
    return "$1"
}

# Of JSON objects, one a line. Inside a string a quote is always escaped, so a value cannot pose as a key.
json_ids() {
    $say "$1" | sed -n 's/.*"ID":"\([0-9a-z]\{12,64\}\)".*/\1/p' | head -n 1000
}

# How the last update of a service ended; never its environment, which the whole of it has.
# shellcheck disable=SC2016  # a Go template
service_template='{"ID":{{json .ID}},"Spec":{"Name":{{json .Spec.Name}},"Mode":{{json .Spec.Mode}}},"UpdateStatus":{{json .UpdateStatus}}}'

print_service_inspect() {
    { run_docker service inspect --format "$service_template" "$@" || echo $? >&3; } | as_array
}

running_containers() {
    $say "$1" | grep -v '"Status":"Up [^"]*(Paused)' |
        sed -n 's/.*"ID":"\([0-9a-f]\{12,64\}\)".*"Names":"\([^"]*\)".*"Status":"Up.*/\1 \2/p'
}

swarm_documents() {
    captured_document docker/services.json run_docker service ls --format '{{json .}}'
    # shellcheck disable=SC2046  # one argument an id
    set -- $(json_ids "$captured")
    if [ $# -gt 0 ]; then
        bounded_document $((16 * mib)) docker/tasks.json run_docker service ps --no-trunc --format '{{json .}}' "$@"
        bounded_document $((16 * mib)) docker/service-inspect.json print_service_inspect "$@"
    fi
    bounded_document $((16 * mib)) docker/nodes.json run_docker node ls --format '{{json .}}'
}

# Runs inside the container, so that a link there leads nowhere else; a plain file, so that nothing hangs.
# shellcheck disable=SC2016  # for the container's shell
read_os_release='for f in /etc/os-release /usr/lib/os-release /etc/redhat-release; do if [ -f "$f" ]; then exec cat "$f"; fi; done; echo "no os-release" >&2; exit 1'

# The first COUNT running containers, and no new one after five times the limit of a command.
container_documents() {
    clock
    first=$now
    count=0
    running_containers "$1" | while read -r id name; do
        # A linked container has several names: apache,web/apache.
        name=${name%%,*}
        escape "${name##*/}"
        count=$((count + 1))
        clock
        spent=$((now - first))
        [ "$spent" -ge 0 ] || spent=$((spent + 100000000))
        if [ "$count" -gt "$container_count" ]; then
            refused_document "docker/os-release/$escaped.txt" 124 "not asked: only the first $container_count containers are"
        elif [ "$spent" -gt $((seconds * 5000)) ]; then
            refused_document "docker/os-release/$escaped.txt" 124 "not asked: the containers before took $((spent / 1000)) s"
        else
            bounded_document $((64 * kib)) "docker/os-release/$escaped.txt" run_docker exec "$id" sh -c "$read_os_release"
        fi
    done
}

# The client takes seconds a call on a slow guest: no call here asks what another has answered.
docker_documents() {
    have docker || return 0
    docker_version || return 0
    captured_document docker/ps.json run_docker ps -a --no-trunc --format '{{json .}}'
    containers=$captured
    # shellcheck disable=SC2046  # one argument an id
    set -- $(json_ids "$containers")
    [ "$captured_status" -ne 0 ] || bounded_document $((32 * mib)) docker/inspect.json print_inspect "$@"
    captured_document docker/info.json docker_info
    case $captured in *'"ControlAvailable":true'*) swarm_documents ;; esac
    container_documents "$containers"
}

# ----------------------------------------------------------------

host_documents() {
    system_documents host
    declared_documents "$1" "$2"
}

guest_documents() {
    find_sudo "$1"
    system_documents guest
    document interface-pci.txt print_interface_pci
    folder_documents ifcfg shell '' "$root/etc/sysconfig/network-scripts" ifcfg-
    folder_documents nm ini .nmconnection "$root/etc/NetworkManager/system-connections" ''
    folder_documents netplan yaml .yaml "$root/etc/netplan" ''
    package_history
    docker_documents
}

troposcope_probe() {
    case ${1-}:$# in
        host:3 | host:4 | guest:2 | guest:3) ;;
        *)
            echo 'troposcope-probe: use: sh -s -- host REPOSITORY FOLDER [SECONDS] | guest yes|no [SECONDS]' >&2
            exit 2
            ;;
    esac
    settle
    make_nonce
    echo "troposcope-probe 1 $nonce" || exit 141
    find_timeout
    case $1 in
        host)
            set_seconds "${4-}"
            host_documents "$2" "$3"
            ;;
        guest)
            set_seconds "${3-}"
            guest_documents "$2"
            ;;
    esac
    echo "$nonce done"
    exit 0
}

troposcope_probe "$@"
