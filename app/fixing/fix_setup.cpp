#include "app/fixing/fix_setup.h"

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

Parsed<QList<JournalEntry>> cutOffPlans()
{
    Parsed<QList<JournalEntry>> journals = readJournals(journalFolder());
    journals.value.removeIf(
        [](const JournalEntry &entry) { return !entry.isCutOff() || isJournalInUse(entry.path); });
    return journals;
}

} // namespace tropo
