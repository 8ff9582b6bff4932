#include "ssh/apply/plan_locks.h"

#include "models/evidence/evidence.h"
#include "models/fleet/subject.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QSysInfo>

#include <unistd.h>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

QString whoAmI()
{
    const QString user = qEnvironmentVariable("USER", QString::number(::getuid()));
    return u"%1@%2 (process %3), since %4"_s.arg(user, QSysInfo::machineHostName(),
                                                 QString::number(::getpid()),
                                                 QDateTime::currentDateTime().toString(Qt::ISODate));
}

} // namespace

QString PlanLocks::nameOf(const QString &subject)
{
    return QString::fromLatin1(
        QCryptographicHash::hash(subject.toUtf8(), QCryptographicHash::Sha256).toHex().left(16));
}

Result<void> PlanLocks::take(const QStringList &subjects, const std::stop_token &stop)
{
    for (const QString &subject : subjects)
        if (!subject::hypervisorOf(subject).isEmpty())
            m_held[subject];
    m_taken = true;
    const auto held = keep(stop);
    if (!held) {
        m_held.clear();
        m_taken = false;
    }
    return held;
}

Result<void> PlanLocks::keep(const std::stop_token &stop)
{
    if (!m_taken)
        return failure(ErrorKind::Usage, {},
                       u"the plan has no locks on what it touches, so nothing is changed"_s);
    for (auto &[subject, lock] : m_held) {
        if (lock && lock->holds())
            continue;
        lock.reset();
        const auto hub = m_hubOf(unescapedName(subject::hypervisorOf(subject)), stop);
        if (!hub)
            return tl::unexpected(hub.error());
        auto taken = HeldLock::take(*hub, {nameOf(subject), m_planId, whoAmI()}, stop);
        if (!taken)
            return failure(taken.error().kind, subject, taken.error().message);
        lock = *std::move(taken);
    }
    return {};
}

} // namespace tropo
