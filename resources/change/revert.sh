# shellcheck shell=sh
# The Troposcope revert timer: takes a part of a plan back on the machine itself, unless the plan goes on or
# is kept. It outlives the connection that armed it, and the program.
#
#     sh -c TEXT troposcope-revert TEXT VERB UNIT ARGUMENT…
#
# as root, with this text as TEXT, twice: what is armed keeps a copy of it. UNIT names the timer. The verbs:
#
#     arm UNIT SECONDS LOCK   armed; standard input is what is run then. LOCK is the name of the plan's lock
#     extend UNIT...          the time begins anew, where it has not run out
#     disarm UNIT             never mind
#     state UNIT              only tells
#     fire UNIT               waits for the time, and runs it: what "arm" starts
#
# Each answers with one line for each unit: "UNIT armed SECONDS-LEFT", "UNIT running", "UNIT done
# EXIT-STATUS", "UNIT disarmed" or "UNIT absent"; or "refused REASON". README.md beside this file says more.
#
# Written for dash, bash, busybox ash. The clock is the machine's uptime: nobody sets that.

folder=${TROPOSCOPE_CHANGE_ROOT-}/run/troposcope-revert
LC_ALL=C
export LC_ALL
[ -n "${TROPOSCOPE_CHANGE_ROOT-}" ] || PATH=/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin
umask 077
text=$1
verb=$2
shift 2

now() {
    read -r up rest </proc/uptime
    echo "${up%%.*}"
}

refuse() {
    echo "refused $1"
    exit 4
}

check_unit() {
    case $1 in '' | *[!A-Za-z0-9-]*) refuse "no name of a timer: $1" ;; esac
}

# UNIT
state() {
    here=$folder/$1
    if [ -e "$here/armed" ]; then
        left=$(($(cat "$here/due") - $(now)))
        [ "$left" -gt 0 ] || left=0
        echo "$1 armed $left"
    elif [ -e "$here/status" ]; then
        echo "$1 done $(cat "$here/status")"
    elif [ -e "$here/fired" ]; then
        echo "$1 running"
    elif [ -e "$here/disarmed" ]; then
        echo "$1 disarmed"
    else
        echo "$1 absent"
    fi
}

# In one step, so that whoever looks sees the old time or the new one.
set_due() {
    echo $(($(now) + $(cat "$folder/$1/seconds"))) >"$folder/$1/due.new"
    mv "$folder/$1/due.new" "$folder/$1/due"
}

# Out of this session, which ends: by systemd where that runs, else by at, else by itself.
start() {
    if [ -d /run/systemd/system ] && command -v systemd-run >/dev/null; then
        systemd-run --quiet --no-ask-password --collect --unit="troposcope-revert-$1" \
            sh "$folder/$1/timer" "" fire "$1" 2>/dev/null && return
    fi
    if command -v at >/dev/null && pidof atd >/dev/null; then
        echo "sh $folder/$1/timer '' fire $1" | at now 2>/dev/null && return
    fi
    command -v setsid >/dev/null || refuse 'neither systemd-run nor at nor setsid is here to carry a timer'
    setsid sh "$folder/$1/timer" '' fire "$1" </dev/null >/dev/null 2>&1 &
}

# UNIT SECONDS LOCK
arm() {
    case $2 in '' | *[!0-9]*) refuse "no number of seconds: $2" ;; esac
    here=$folder/$1
    case $(state "$1") in
        *' absent') ;;
        *' armed '*) # a second asking: the answer to the first was lost
            extend "$1"
            return
            ;;
        *) refuse "there was a timer $1 already" ;;
    esac
    mkdir -p "$here" || refuse "$here cannot be made"
    chmod 755 "$folder" "$here"
    cat >"$here/script"
    printf '%s\n' "$text" >"$here/timer"
    echo "$2" >"$here/seconds"
    printf '%s\n' "$3" >"$here/lock"
    set_due "$1"
    : >"$here/armed"
    chmod 644 "$here/lock" "$here/armed" "$here/due"
    start "$1"
    state "$1"
}

extend() {
    for unit; do
        check_unit "$unit"
        # Where it runs out just now, one of the two names goes first: "armed" decides.
        [ ! -e "$folder/$unit/armed" ] || set_due "$unit"
        state "$unit"
    done
}

disarm() {
    if mv "$folder/$1/armed" "$folder/$1/disarmed" 2>/dev/null; then
        rm -f "$folder/$1/script"
    fi
    state "$1"
}

# Out of the copy that lies beside what it is about.
fire() {
    here=${0%/*}
    while [ -e "$here/armed" ]; do
        left=$(($(cat "$here/due") - $(now)))
        [ "$left" -gt 0 ] || break
        [ "$left" -lt 2 ] || left=2
        sleep "$left"
    done
    mv "$here/armed" "$here/fired" 2>/dev/null || exit 0
    sh "$here/script" >"$here/log" 2>&1
    echo $? >"$here/status"
    rm -f "$here/script"
    command -v logger >/dev/null || exit 0
    logger -t troposcope "timer $1 took its plan back, as nobody kept it: $(tr '\n' ' ' <"$here/log" | head -c 400)"
}

[ "$verb" = extend ] || check_unit "$1"
case $verb in
    arm | extend | disarm | state | fire) "$verb" "$@" ;;
    *) refuse "no such verb: $verb" ;;
esac
