#include "models/compare/comparing.h"
#include "models/fleet/domain_words.h"
#include "models/fleet/subject.h"

#include <algorithm>

namespace tropo {

namespace {

std::optional<QString> knownState(const Domain &domain)
{
    const QString text = domainStateText(domain.state);
    return text.isEmpty() ? std::nullopt : std::optional(text);
}

QDateTime newestOf(const QList<PackageTransaction> &history)
{
    return history.isEmpty() ? QDateTime() : history.front().time;
}

/// Histories only grow: what is on top of the last one that both have is new.
void comparePackages(const QList<PackageTransaction> &before, const QList<PackageTransaction> &after,
                     const QString &subject, const QString &title, ChangeLog &log)
{
    const QDateTime last = newestOf(before);
    const auto news = std::count_if(after.begin(), after.end(), [&last](const PackageTransaction &one) {
        return one.time.isValid() && (!last.isValid() || one.time > last);
    });
    if (news == 0)
        return;
    const PackageTransaction &newest = after.front();
    log.add({subject,
             ChangeKind::Added,
             QStringLiteral("packages"),
             QStringLiteral("The package manager %1 made %2: %3.")
                 .arg(title,
                      news == 1 ? QStringLiteral("one more transaction")
                                : QStringLiteral("%1 more transactions").arg(news),
                      newest.command.isEmpty() ? newest.action : newest.command),
             {},
             newest.time.toString(Qt::ISODate),
             {},
             {newest.source}});
}

class DomainComparer
{
public:
    DomainComparer(const Hypervisor &hypervisor, const Domain &before, const Domain &after, ChangeLog &log)
        : m_hypervisor(hypervisor),
          m_before(before),
          m_after(after),
          m_place(subject::vm(hypervisor.name, after.name)),
          m_title(QStringLiteral("of ") + after.name),
          m_log(log)
    {
    }

    void compare()
    {
        if (!m_before.uuid.isEmpty() && !m_after.uuid.isEmpty())
            field("uuid", "The UUID", m_before.uuid, m_after.uuid);
        field("state", "The state", knownState(m_before), knownState(m_after));
        field("autostart", "The autostart", onOrOff(m_before.autostart), onOrOff(m_after.autostart));
        field("persistent", "The persistence", onOrOff(m_before.persistent), onOrOff(m_after.persistent));
        compareForms(m_before, m_after, m_hypervisor, m_place, m_log);
        if (m_log.bothRead(m_place, QStringLiteral("its snapshots"), m_before.snapshots, m_after.snapshots))
            compareSnapshots();
        compareInside();
    }

private:
    void field(const char *what, const char *label, const std::optional<QString> &before,
               const std::optional<QString> &after)
    {
        m_log.compared(m_place, what, QLatin1String(label) + u' ' + m_title, before, after, m_before.source,
                       m_after.source);
    }

    void compareSnapshots()
    {
        const auto name = [](const DomainSnapshot &one) { return one.name; };
        for (const auto &pair : matched(*m_before.snapshots, *m_after.snapshots, name)) {
            const DomainSnapshot &any = pair.after ? *pair.after : *pair.before;
            const QString thing = QStringLiteral("The snapshot %1 %2").arg(any.name, m_title);
            if (!pair.before)
                m_log.added(m_place, "snapshot", thing, any.source);
            else if (!pair.after)
                m_log.removed(m_place, "snapshot", thing, any.source);
        }
    }

    /// Inside a VM that is off nothing can be read; that it is off is said.
    void compareInside()
    {
        if (m_before.isOff() || m_after.isOff())
            return;
        if (m_log.bothRead(m_place, QStringLiteral("its inside"), m_before.guest, m_after.guest))
            compareGuests(*m_before.guest, *m_after.guest, m_place, m_title, m_log);
    }

    const Hypervisor &m_hypervisor;
    const Domain &m_before;
    const Domain &m_after;
    QString m_place;
    QString m_title;
    ChangeLog &m_log;
};

/// Whether a list of VMs was read: only then one that is not there is gone.
bool isListed(const QList<Domain> &domains)
{
    return domains.isEmpty() || std::any_of(domains.begin(), domains.end(), [](const Domain &domain) {
               return domain.state != DomainState::Unknown;
           });
}

} // namespace

void compareGuests(const Guest &before, const Guest &after, const QString &subject, const QString &title,
                   ChangeLog &log)
{
    compareMachines(before.system, after.system, subject, true, title, log);
    compareFiles(before.configs, after.configs, before.configsRead && after.configsRead, subject, true, title,
                 log);
    if (log.bothRead(subject, QStringLiteral("its package history"), before.packages, after.packages))
        comparePackages(*before.packages, *after.packages, subject, title, log);
    compareEngines(before.engine, after.engine, subject, title, log);
}

void compareDomains(const Hypervisor &before, const Hypervisor &after, ChangeLog &log)
{
    const QString host = subject::hypervisor(after.name);
    if (!log.bothRead(host, QStringLiteral("its VMs"), before.domains, after.domains))
        return;
    const auto name = [](const Domain &one) { return one.name; };
    for (const auto &pair : matched(*before.domains, *after.domains, name)) {
        const Domain &any = pair.after ? *pair.after : *pair.before;
        const QString place = subject::vm(after.name, any.name);
        const QString thing = QStringLiteral("The VM %1 on %2").arg(any.name, after.name);
        if (pair.before && pair.after)
            DomainComparer(after, *pair.before, *pair.after, log).compare();
        else if (!isListed(pair.after ? *before.domains : *after.domains))
            log.bothRead(place, QStringLiteral("it"), pair.before != nullptr, pair.after != nullptr);
        else if (pair.after)
            log.added(place, "vm", thing, any.source);
        else
            log.removed(place, "vm", thing, any.source);
    }
}

} // namespace tropo
