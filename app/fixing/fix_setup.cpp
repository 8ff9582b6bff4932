#include "app/fixing/fix_setup.h"

#include "models/fleet/subject.h"

#include <QDir>
#include <QFileInfo>
#include <QSysInfo>

#include <algorithm>

#include <unistd.h>

namespace tropo {

using namespace Qt::StringLiterals;

QString journalFolder()
{
    QString state = qEnvironmentVariable("XDG_STATE_HOME");
    if (state.isEmpty() || !QDir::isAbsolutePath(state))
        state = QDir::homePath() + u"/.local/state"_s;
    return state + u"/troposcope/journal";
}

QString whoActs()
{
    const QString user = qEnvironmentVariable("USER", QString::number(::getuid()));
    return user + u'@' + QSysInfo::machineHostName();
}

QString planIdOf(const QString &journal)
{
    return QFileInfo(journal).completeBaseName();
}

PlanInput planInput(const Snapshot &snapshot)
{
    return {snapshot.fleet, snapshot.policy, snapshot.evidence};
}

bool isFresh(const Snapshot &snapshot, const QDateTime &since, const QStringList &hypervisors)
{
    if (snapshot.kind != SnapshotKind::Live)
        return true;
    QHash<QString, QDateTime> newest;
    const auto seen = [&newest](const QString &hypervisor, const QDateTime &time) {
        QDateTime &at = newest[hypervisor];
        at = at.isValid() ? qMax(at, time) : time;
    };
    const Evidence &evidence = snapshot.evidence;
    for (auto it = evidence.documents.begin(); it != evidence.documents.end(); ++it)
        seen(unescapedName(it.key().section(u'/', 0, 0)), it->taken);
    for (const SourceError &error : evidence.errors)
        seen(error.hypervisor, error.taken);
    const QStringList all = hypervisors.isEmpty() ? evidence.hypervisors() : hypervisors;
    return !all.isEmpty() && std::all_of(all.begin(), all.end(), [&](const QString &name) {
        return newest.value(name).isValid() && newest.value(name) >= since;
    });
}

namespace {

/// When a part of a fleet was read last; nothing where it never was.
QDateTime newestBelow(const Evidence &evidence, const QString &folder)
{
    QDateTime newest;
    for (auto it = evidence.documents.lowerBound(folder);
         it != evidence.documents.end() && it.key().startsWith(folder); ++it)
        newest = newest.isValid() ? qMax(newest, it->taken) : it->taken;
    return newest;
}

QStringList hypervisorsUnder(const Plan &plan)
{
    QStringList names = plan.hypervisors;
    for (const Step &step : plan.steps)
        for (const Condition &one : step.before + step.verify)
            if (const auto *holders = std::get_if<HoldersAre>(&one))
                names += holders->hypervisors;
    names.removeDuplicates();
    return names;
}

} // namespace

Result<void> restsOnFresh(const Snapshot &snapshot, const Plan &plan, const QDateTime &since)
{
    if (snapshot.kind != SnapshotKind::Live)
        return {};
    const auto refuse = [](const QString &where, const QString &what, const QDateTime &read) {
        return failure(
            ErrorKind::Refused, where,
            u"%1 was last read at %2 and does not answer since, so the plan would rest on what was: "
            u"mend the way there and refresh"_s.arg(what, read.toLocalTime().toString(Qt::ISODate)));
    };
    for (const QString &name : hypervisorsUnder(plan)) {
        const QDateTime read = newestBelow(snapshot.evidence, escapedName(name) + u"/libvirt/");
        if (read.isValid() && read < since)
            return refuse(name, u"its libvirt"_s, read);
    }
    for (const Hypervisor &hypervisor : snapshot.fleet.hypervisors)
        for (const Domain &domain : hypervisor.domains.value_or(QList<Domain>())) {
            if (!plan.touches.contains(subject::vm(hypervisor.name, domain.name)))
                continue;
            const QDateTime read =
                newestBelow(snapshot.evidence,
                            u"%1/guests/%2/"_s.arg(escapedName(hypervisor.name), escapedName(domain.name)));
            if (read.isValid() && read < since)
                return refuse(domain.name, u"its inside"_s, read);
        }
    return {};
}

Parsed<QList<JournalEntry>> openPlans()
{
    Parsed<QList<JournalEntry>> journals = readJournals(journalFolder());
    journals.value.removeIf(
        [](const JournalEntry &entry) { return !entry.isOpen() || isJournalInUse(entry.path); });
    return journals;
}

} // namespace tropo
