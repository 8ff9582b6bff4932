#include "models/compare/comparing.h"
#include "models/fleet/connection.h"
#include "models/fleet/subject.h"

namespace tropo {

namespace {

/// The pieces of one description. Changes are made for the live and for the persistent one and then told once
/// where both changed alike.
class FormComparer
{
public:
    FormComparer(const DomainForm &before, const DomainForm &after, const Hypervisor &hypervisor,
                 const QString &vm, ChangeLog &log)
        : m_before(before), m_after(after), m_hypervisor(hypervisor), m_vm(vm), m_log(log)
    {
    }

    QList<Change> compare()
    {
        compareNics();
        compareDisks();
        compareValue("agent-channel", m_vm, QStringLiteral("The guest agent's channel"),
                     yesOrNo(m_before.agentChannel), yesOrNo(m_after.agentChannel), m_before.source,
                     m_after.source);
        return m_changes;
    }

private:
    bool isPartial() const { return m_before.partial || m_after.partial; }

    void put(ChangeKind kind, const char *what, const QString &subject, const QString &message,
             const QString &before, const QString &after, const Source &earlier, const Source &later)
    {
        Change change{subject, kind, QString::fromLatin1(what), message, before, after, {}, {}};
        if (!earlier.isNull())
            change.sourcesBefore.append(earlier);
        if (!later.isNull())
            change.sourcesAfter.append(later);
        m_changes.append(change);
    }
    void compareValue(const char *what, const QString &subject, const QString &thing, const QString &before,
                      const QString &after, const Source &earlier, const Source &later)
    {
        const auto shown = [](const QString &text) { return text.isEmpty() ? QStringLiteral("none") : text; };
        if (before != after)
            put(ChangeKind::Changed, what, subject,
                QStringLiteral("%1 was %2 and is %3").arg(thing, shown(before), shown(after)), before, after,
                earlier, later);
    }

    void compareNics()
    {
        Domain both;
        both.live = m_before;
        both.inactive = m_after;
        for (const NicPair &pair : followNics(both, m_hypervisor)) {
            const Nic *before = pair.live >= 0 ? &m_before.nics[pair.live] : nullptr;
            const Nic *after = pair.persistent >= 0 ? &m_after.nics[pair.persistent] : nullptr;
            if (before && after)
                compareNic(*before, *after);
            else if (isPartial())
                m_log.bothRead(m_vm,
                               QStringLiteral("the NIC ") + nicText(before ? *before : *after, m_hypervisor),
                               before != nullptr, after != nullptr);
            else if (after)
                put(ChangeKind::Added, "nic", subject::nic(m_vm, m_after, *after),
                    QStringLiteral("The NIC %1 is new").arg(nicText(*after, m_hypervisor)), {},
                    nicText(*after, m_hypervisor), {}, after->source);
            else
                put(ChangeKind::Removed, "nic", subject::nic(m_vm, m_before, *before),
                    QStringLiteral("The NIC %1 is gone").arg(nicText(*before, m_hypervisor)),
                    nicText(*before, m_hypervisor), {}, before->source, {});
        }
    }

    void compareNic(const Nic &before, const Nic &after)
    {
        const QString place = subject::nic(m_vm, m_after, after);
        const QString title = QStringLiteral(" of the NIC ") + nicText(after, m_hypervisor);
        const auto field = [&](const char *what, const char *label, const QString &b, const QString &a) {
            compareValue(what, place, QLatin1String(label) + title, b, a, before.source, after.source);
        };
        const auto mac = [](const Nic &nic) { return nic.mac ? nic.mac->toString() : QString(); };
        field("nic-mac", "The MAC", mac(before), mac(after));
        const Connection from = connectionOf(before, m_hypervisor);
        const Connection to = connectionOf(after, m_hypervisor);
        if (sameConnection(from, to) == false)
            field("nic-network", "The network", from.text(), to.text());
        if (before.pci && after.pci)
            field("nic-slot", "The PCI address", before.pci->toString(), after.pci->toString());
        field("nic-model", "The model", before.model, after.model);
        field("nic-filter", "The filter", before.filter, after.filter);
        const auto link = [](const Nic &nic) {
            return nic.linkUp.value_or(true) ? QStringLiteral("up") : QStringLiteral("down");
        };
        field("nic-link", "The link", link(before), link(after));
    }

    void compareDisks()
    {
        const auto target = [](const Disk &one) { return one.target; };
        for (const auto &pair : matched(m_before.disks, m_after.disks, target)) {
            const Disk &any = pair.after ? *pair.after : *pair.before;
            const QString thing = QStringLiteral("The disk %1 %2").arg(any.target, any.path).trimmed();
            if (pair.before && pair.after)
                compareDisk(*pair.before, *pair.after);
            else if (isPartial())
                m_log.bothRead(m_vm, QStringLiteral("the disk ") + any.target, pair.before != nullptr,
                               pair.after != nullptr);
            else if (pair.after)
                put(ChangeKind::Added, "disk", m_vm, thing + QLatin1String(" is new"), {}, any.path, {},
                    any.source);
            else
                put(ChangeKind::Removed, "disk", m_vm, thing + QLatin1String(" is gone"), any.path, {},
                    any.source, {});
        }
    }

    void compareDisk(const Disk &before, const Disk &after)
    {
        const QString title = QStringLiteral(" of the disk ") + after.target;
        const auto field = [&](const char *label, const QString &b, const QString &a) {
            compareValue("disk", m_vm, QLatin1String(label) + title, b, a, before.source, after.source);
        };
        field("The image", before.path, after.path);
        field("The format", before.format, after.format);
        // Only a running domain's description lists its backing files.
        if (!before.backing.isEmpty() && !after.backing.isEmpty())
            field("The backing files", before.backing.join(QLatin1String(", ")),
                  after.backing.join(QLatin1String(", ")));
        field("The write protection", yesOrNo(before.readOnly), yesOrNo(after.readOnly));
        field("The sharing", yesOrNo(before.shareable), yesOrNo(after.shareable));
    }

    const DomainForm &m_before;
    const DomainForm &m_after;
    const Hypervisor &m_hypervisor;
    QString m_vm;
    ChangeLog &m_log;
    QList<Change> m_changes;
};

/// NICs are named by alias in the live description and by MAC in the other: what is told decides.
bool isAlike(const Change &a, const Change &b)
{
    return a.kind == b.kind && a.what == b.what && a.message == b.message && a.before == b.before &&
           a.after == b.after;
}

void tell(const Change &change, const QString &where, ChangeLog &log)
{
    Change told = change;
    told.message += QLatin1String(", ") + where + u'.';
    log.add(told);
}

} // namespace

void compareForms(const Domain &before, const Domain &after, const Hypervisor &hypervisor,
                  const QString &subject, ChangeLog &log)
{
    QList<Change> live;
    QList<Change> persistent;
    const QString title = after.name;
    if (!before.isOff() && !after.isOff() &&
        log.bothRead(subject, QStringLiteral("its live description"), before.live, after.live))
        live = FormComparer(*before.live, *after.live, hypervisor, subject, log).compare();
    const bool hasPersistent =
        log.bothRead(subject, QStringLiteral("its persistent description"), before.inactive, after.inactive);
    if (hasPersistent)
        persistent = FormComparer(*before.inactive, *after.inactive, hypervisor, subject, log).compare();
    for (const Change &change : live) {
        const auto same = std::find_if(persistent.begin(), persistent.end(),
                                       [&change](const Change &other) { return isAlike(change, other); });
        if (same == persistent.end()) {
            tell(change,
                 (hasPersistent ? QStringLiteral("in the live description of %1 alone")
                                : QStringLiteral("in the live description of %1"))
                     .arg(title),
                 log);
            continue;
        }
        Change both = change;
        both.sourcesBefore += same->sourcesBefore;
        both.sourcesAfter += same->sourcesAfter;
        persistent.erase(same);
        tell(both, QStringLiteral("in the live and the persistent description of %1").arg(title), log);
    }
    for (const Change &change : persistent)
        tell(change, QStringLiteral("in the persistent description of %1").arg(title), log);
}

} // namespace tropo
