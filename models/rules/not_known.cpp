#include "models/rules/not_known.h"

#include "models/fleet/subject.h"
#include "models/text/words.h"

#include <QSet>

#include <algorithm>

namespace tropo {

namespace {

QString oneLine(const QString &message)
{
    return message.simplified().left(300);
}

/// Lists what one machine lacks, with the error that explains each.
class Lister
{
public:
    /// `source` names it as a whole in errors ("libvirt", "guest NAME"), `folder` begins the paths of its
    /// documents there ("libvirt/").
    Lister(QList<NotKnown> &list, const QString &subject, const Hypervisor &hypervisor, const QString &source,
           const QString &folder)
        : m_list(list), m_subject(subject)
    {
        for (const SourceError &error : hypervisor.errors) {
            if (error.source == source)
                m_whole = &error;
            else if (error.source.startsWith(folder) || error.source + u'/' == folder)
                m_parts.append({&error, error.source.mid(folder.size())});
        }
    }

    bool isSilent() const { return m_whole != nullptr; }
    bool hasError(const QString &path) const { return errorOf({path}) != nullptr; }

    /// `paths`: beginnings of the documents that would say it.
    void add(bool missing, const QString &what, const QStringList &paths = {})
    {
        if (!missing)
            return;
        const SourceError *error = errorOf(paths);
        if (error)
            m_told.insert(error);
        else
            error = m_whole;
        m_wholeTold = m_wholeTold || error == m_whole;
        m_list.append({m_subject, what, error ? oneLine(error->message) : QString()});
    }

    /// The errors that explain nothing above: what is shown was read before, or a document of lesser weight
    /// is missing. Not those of paths that begin with `elsewhere`.
    void addRest(const QString &elsewhere = {})
    {
        if (m_whole && !m_wholeTold)
            m_list.append({m_subject, QStringLiteral("what it is now (what is shown was read before)"),
                           oneLine(m_whole->message)});
        addParts(elsewhere);
    }

    void addParts(const QString &elsewhere = {})
    {
        for (const auto &[error, path] : m_parts)
            if (!m_told.contains(error) && (elsewhere.isEmpty() || !path.startsWith(elsewhere)))
                m_list.append({m_subject, error->source, oneLine(error->message)});
    }

private:
    const SourceError *errorOf(const QStringList &paths) const
    {
        for (const auto &[error, path] : m_parts)
            for (const QString &start : paths)
                if (path.startsWith(start))
                    return error;
        return nullptr;
    }

    QList<NotKnown> &m_list;
    QString m_subject;
    const SourceError *m_whole = nullptr;
    bool m_wholeTold = false;
    QList<std::pair<const SourceError *, QString>> m_parts; ///< with their path below the folder
    QSet<const SourceError *> m_told;
};

void listLibvirt(QList<NotKnown> &list, const Hypervisor &hypervisor)
{
    Lister lister(list, subject::hypervisor(hypervisor.name), hypervisor, QStringLiteral("libvirt"),
                  QStringLiteral("libvirt/"));
    lister.add(!hypervisor.domains, QStringLiteral("its VMs"),
               {QStringLiteral("domains."), QStringLiteral("list")});
    lister.add(!hypervisor.networks, QStringLiteral("its networks"),
               {QStringLiteral("networks."), QStringLiteral("net-list")});
    for (const Network &network : hypervisor.networks.value_or(QList<Network>())) {
        // What only the declared configuration names is not defined there.
        const bool defined = network.active || network.form;
        const QString file = QStringLiteral("networks/") + escapedName(network.name) + u'.';
        lister.add(defined && !network.form, QStringLiteral("what its network %1 runs").arg(network.name),
                   {file + QLatin1String("xml")});
        const bool serves =
            network.active.value_or(true) && network.known() && !network.known()->ranges.isEmpty();
        lister.add(defined && serves && !network.leases,
                   QStringLiteral("the leases of its network %1").arg(network.name),
                   {file + QLatin1String("leases")});
    }
    lister.addRest(QStringLiteral("domains/"));
}

void listHost(QList<NotKnown> &list, const Hypervisor &hypervisor, const Policy &policy)
{
    const Machine &host = hypervisor.host;
    Lister lister(list, subject::hypervisor(hypervisor.name), hypervisor, QStringLiteral("host"),
                  QStringLiteral("host/"));
    lister.add(!host.interfaces, QStringLiteral("its interfaces"),
               {QStringLiteral("ip-addr"), QStringLiteral("ifconfig")});
    lister.add(host.interfaces && host.interfaces->elided,
               QStringLiteral("all of its interfaces (the listing leaves lines out)"));
    lister.add(!host.bridgePorts, QStringLiteral("the ports of its bridges"),
               {QStringLiteral("bridge-link"), QStringLiteral("brctl")});
    lister.add(!host.fdb, QStringLiteral("what its bridges learned"), {QStringLiteral("bridge-fdb")});
    lister.add(!host.neighbours, QStringLiteral("its ARP table"), {QStringLiteral("ip-neigh")});
    lister.addRest();
    Lister declared(list, subject::hypervisor(hypervisor.name), hypervisor, QStringLiteral("declared"),
                    QStringLiteral("declared/"));
    const auto networks = hypervisor.networks.value_or(QList<Network>());
    const bool anyDeclared = hypervisor.declaredInterfaces ||
                             std::any_of(networks.begin(), networks.end(),
                                         [](const Network &one) { return one.declared.has_value(); });
    declared.add(!anyDeclared && (declared.isSilent() || !policy.declaredRepository.isEmpty()),
                 QStringLiteral("its declared configuration"), {QString()});
    declared.addRest();
}

bool isOff(const Domain &domain)
{
    return domain.state == DomainState::ShutOff || domain.state == DomainState::Crashed;
}

void listForms(QList<NotKnown> &list, const QString &subject, const Hypervisor &hypervisor,
               const Domain &domain)
{
    const QString file = QStringLiteral("libvirt/domains/") + escapedName(domain.name) + u'.';
    Lister lister(list, subject, hypervisor, QStringLiteral("libvirt"), file);
    const QStringList live{QStringLiteral("xml")};
    const QStringList persistent{QStringLiteral("inactive.xml")};
    if (!domain.current()) {
        lister.add(true, QStringLiteral("its description"), live + persistent);
        return lister.addParts();
    }
    lister.add(!domain.live && !isOff(domain), QStringLiteral("its live description"), live);
    lister.add(domain.live && domain.live->partial, QStringLiteral("the whole of its live description"));
    lister.add(!domain.inactive && domain.persistent != false, QStringLiteral("its persistent description"),
               persistent);
    lister.add(domain.inactive && domain.inactive->partial,
               QStringLiteral("the whole of its persistent description"));
    lister.addParts();
}

void listInside(QList<NotKnown> &list, const QString &subject, const Hypervisor &hypervisor,
                const Domain &domain)
{
    Lister lister(list, subject, hypervisor, QLatin1String("guest ") + domain.name,
                  QStringLiteral("guests/") + escapedName(domain.name) + u'/');
    if (!domain.guest) {
        lister.add(!isOff(domain) || lister.isSilent(), QStringLiteral("its inside"));
        return;
    }
    const Guest &guest = *domain.guest;
    lister.add(!guest.system.interfaces, QStringLiteral("its interfaces inside"),
               {QStringLiteral("guest/ip-addr"), QStringLiteral("guest/ifconfig")});
    lister.add(guest.system.interfaces && guest.system.interfaces->elided,
               QStringLiteral("all of its interfaces inside (the listing leaves lines out)"));
    lister.add(!guest.configsRead,
               guest.configs.isEmpty() ? QStringLiteral("its interface files")
                                       : QStringLiteral("all of its interface files"),
               {QStringLiteral("ifcfg"), QStringLiteral("nm"), QStringLiteral("netplan"),
                QStringLiteral("interface-pci")});
    lister.add(!guest.system.os, QStringLiteral("its operating system"),
               {QStringLiteral("guest/os-release"), QStringLiteral("guest/redhat-release")});
    // The probe writes what a guest has: one without Docker, or without a package manager, has nothing to
    // say.
    lister.add(!guest.packages && (!guest.configsRead || lister.hasError(QStringLiteral("package-history"))),
               QStringLiteral("its package history"), {QStringLiteral("package-history")});
    lister.add(!guest.engine.containers && (!guest.configsRead || lister.hasError(QStringLiteral("docker"))),
               QStringLiteral("its containers"), {QStringLiteral("docker")});
    lister.addRest();
}

/// Guests that errors name and no list has.
void listUnlisted(QList<NotKnown> &list, const Hypervisor &hypervisor)
{
    for (const SourceError &error : hypervisor.errors) {
        const QString name =
            error.source.startsWith(QLatin1String("guest ")) ? error.source.mid(6) : QString();
        if (!name.isEmpty() && !hypervisor.domain(name))
            list.append(
                {subject::vm(hypervisor.name, name), QStringLiteral("its inside"), oneLine(error.message)});
    }
}

bool nothingRead(const Hypervisor &hypervisor)
{
    return !hypervisor.domains && !hypervisor.networks && hypervisor.host.isEmpty() &&
           hypervisor.errors.isEmpty();
}

} // namespace

QList<NotKnown> notKnown(const Fleet &fleet, const Policy &policy)
{
    QList<NotKnown> list;
    for (const HypervisorPolicy &expected : policy.hypervisors)
        if (!fleet.hypervisor(expected.name))
            list.append({subject::hypervisor(expected.name), QStringLiteral("anything of it"), {}});
    for (const Hypervisor &hypervisor : fleet.hypervisors) {
        if (nothingRead(hypervisor)) {
            list.append({subject::hypervisor(hypervisor.name), QStringLiteral("anything of it"), {}});
            continue;
        }
        listLibvirt(list, hypervisor);
        listHost(list, hypervisor, policy);
        for (const Domain &domain : hypervisor.domains.value_or(QList<Domain>())) {
            const QString subject = subject::vm(hypervisor.name, domain.name);
            listForms(list, subject, hypervisor, domain);
            listInside(list, subject, hypervisor, domain);
        }
        listUnlisted(list, hypervisor);
    }
    return list;
}

QList<NotKnown> notKnownAt(const QList<NotKnown> &all, const QString &subject)
{
    if (subject == QLatin1String("fleet"))
        return all;
    QList<NotKnown> found;
    for (const NotKnown &one : all) {
        const bool isMachineOf =
            one.subject.contains(QLatin1String("/vm/"))
                ? subject::isAt(subject, one.subject)
                : subject::isAt(subject, one.subject) && subject::vmOf(subject).isEmpty();
        if (isMachineOf || subject::isAt(one.subject, subject))
            found.append(one);
    }
    return found;
}

QStringList notKnownTexts(const QList<NotKnown> &list)
{
    QStringList texts;
    for (qsizetype i = 0; i < list.size();) {
        const QString &subject = list[i].subject;
        QStringList clauses;
        while (i < list.size() && list[i].subject == subject) {
            const QString reason = list[i].reason;
            QStringList whats;
            for (; i < list.size() && list[i].subject == subject && list[i].reason == reason; ++i)
                whats.append(list[i].what);
            clauses.append(reason.isEmpty() ? listed(whats)
                                            : QStringLiteral("%1 (%2)").arg(listed(whats), reason));
        }
        texts.append(
            QStringLiteral("%1: %2").arg(subject::machineName(subject), clauses.join(QLatin1String("; "))));
    }
    return texts;
}

} // namespace tropo
