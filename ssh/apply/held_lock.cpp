#include "ssh/apply/held_lock.h"

#include "models/text/plain_text.h"
#include "ssh/apply/quoted_line.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::chrono::seconds toTake(20);

/// Arguments: the lock's name, who takes it, the plan's id. A timer that will take another plan back stands
/// in the way as much as that plan itself. Waits some seconds for one that is just ending. What the same plan
/// held before its link was cut, which sshd there may not notice for a quarter of an hour, makes room:
/// whoever goes on with a plan has its journal, and that is one program at a time. The dots keep the
/// connection alive, and end the command where nobody reads them. The file is opened for reading: its owner
/// may be another user.
constexpr const char *holding = R"sh(
f=/run/lock/troposcope-$1.lock
[ -d /run/lock ] || f=/tmp/troposcope-$1.lock
command -v flock >/dev/null || { echo none; exit 76; }
for d in /run/troposcope-revert/*/; do
    u=${d%/}; u=${u##*/}
    case $u in "$3"-*) continue ;; esac
    [ -e "$d/armed" ] && [ "$(cat "$d/lock" 2>/dev/null)" = "$1" ] || continue
    echo held; echo "plan ${u%-*}, which was cut off and which a timer there takes back within minutes"; exit 75
done
umask 0
[ -e "$f" ] || : >>"$f" || exit 76
[ -f "$f" ] && [ ! -L "$f" ] && exec 9<"$f" || exit 76
tries=0
until flock -n 9; do
    tries=$((tries + 1))
    [ $tries -lt 5 ] || { echo held; tail -n +2 "$f" | head -c 300; exit 75; }
    read -r plan pid <"$f"
    case $pid in *[!0-9]*) pid= ;; esac
    if [ -n "$3" ] && [ "$plan" = "$3" ] && [ -n "$pid" ] && grep -q "$1" "/proc/$pid/cmdline" 2>/dev/null; then
        kill "$pid"
    fi
    sleep 1
done
(printf '%s\n%s\n' "$3 $$" "$2" >"$f") 2>/dev/null
echo locked
while sleep 3 9<&-; do echo . || exit 0; done
)sh";

} // namespace

Result<std::unique_ptr<HeldLock>> HeldLock::take(const std::shared_ptr<RemoteMachine> &machine,
                                                 const Claim &claim, const std::stop_token &stop)
{
    const auto line = scriptLine(holding, {claim.name, claim.who, claim.planId});
    if (!line)
        return tl::unexpected(line.error());
    std::unique_ptr<HeldLock> lock(new HeldLock);
    lock->hold(machine, *line);
    std::unique_lock guard(lock->m_mutex);
    lock->m_changed.wait_for(guard, stop, toTake,
                             [&lock] { return lock->m_ended || lock->m_said.contains("locked\n"); });
    if (!lock->m_ended && lock->m_said.contains("locked\n")) {
        guard.unlock();
        return lock;
    }
    const QByteArray said = lock->m_said;
    const auto error = lock->m_error;
    guard.unlock();
    if (stop.stop_requested())
        return failure(ErrorKind::Cancelled, claim.name, u"stopped"_s);
    if (said.startsWith("held"))
        return failure(ErrorKind::Refused, claim.name,
                       u"another plan is at it: %1. Wait until that has ended"_s.arg(
                           visibleText(QString::fromUtf8(said.mid(5)).simplified(), 200)));
    if (error)
        return tl::unexpected(*error);
    if (said.startsWith("none"))
        return failure(
            ErrorKind::Refused, claim.name,
            u"it has no flock, so it cannot be made sure that nobody else changes this: install util-linux "
            u"there"_s);
    return failure(ErrorKind::Refused, claim.name, u"no lock could be taken there, in /run/lock"_s);
}

void HeldLock::hold(const std::shared_ptr<RemoteMachine> &machine, const QByteArray &line)
{
    m_thread = std::jthread([this, machine, line](const std::stop_token &stop) {
        RemoteCommand command;
        command.line = line;
        command.totalLimit = std::chrono::hours(24);
        command.onOutput = [this](QByteArrayView piece) {
            const std::lock_guard lock(m_mutex);
            constexpr qsizetype most = 4096;
            if (m_said.size() < most)
                m_said.append(piece);
            m_changed.notify_all();
        };
        const auto ended = machine->run(command, stop);
        const std::lock_guard lock(m_mutex);
        m_ended = true;
        if (!ended)
            m_error = ended.error();
        m_changed.notify_all();
    });
}

HeldLock::~HeldLock() = default;

bool HeldLock::holds() const
{
    const std::lock_guard lock(m_mutex);
    return !m_ended;
}

} // namespace tropo
