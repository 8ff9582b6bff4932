#include "models/rules/tap_rules.h"

#include "models/fleet/subject.h"
#include "models/rules/about.h"

#include <QHash>

#include <algorithm>

namespace tropo {

namespace {

struct TapNic
{
    const VmView *vm;
    const Nic *nic;
};

/// What libvirt gives a tap since 2010: its NIC's MAC with the first octet fe, so that a bridge never takes
/// it for its own; fa where the NIC's begins with fe itself.
MacAddress tapMacOf(MacAddress nic)
{
    return nic.withFirstOctet(nic.octet(0) == 0xfe ? 0xfa : 0xfe);
}

/// Whether libvirt made the tap for a NIC and gave it its MAC. A macvtap has the NIC's own, and a tap that
/// somebody else made (type='ethernet', OpenVPN) any.
bool hasTapOfLibvirt(const Nic &nic)
{
    return (nic.kind == NicKind::Network || nic.kind == NicKind::Bridge) && !nic.target.isEmpty() &&
           !nic.target.startsWith(QLatin1String("macvtap")) && nic.mac && !nic.mac->isNull() &&
           !nic.mac->isMulticast();
}

bool isTap(const Interface &interface)
{
    return interface.kind.isEmpty() || interface.kind == QLatin1String("tun");
}

/// libvirt keeps the names vnetN for the taps that it makes itself.
bool isNamedByLibvirt(const QString &name)
{
    const QStringView number = QStringView(name).sliced(qMin(name.size(), qsizetype(4)));
    return name.startsWith(QLatin1String("vnet")) && !number.isEmpty() &&
           std::all_of(number.begin(), number.end(), [](QChar c) { return c.isDigit(); });
}

/// Whether every NIC that runs on a hypervisor is known, so that "nobody's" can be said. A domain's state is
/// known only from libvirt's list: without that there may be domains of which nothing was read.
bool runningNicsKnown(const Hypervisor &hypervisor)
{
    if (!hypervisor.domains)
        return false;
    return std::all_of(hypervisor.domains->begin(), hypervisor.domains->end(), [](const Domain &domain) {
        const bool off = domain.state == DomainState::ShutOff || domain.state == DomainState::Crashed;
        const bool listed = domain.state != DomainState::Unknown;
        return off || (listed && domain.live && !domain.live->partial);
    });
}

/// The NIC that a tap's MAC was made from, as the end of a sentence.
QString madeFor(const Hypervisor &hypervisor, MacAddress tap)
{
    for (const Domain &domain : *hypervisor.domains)
        for (const auto *form : {&domain.live, &domain.inactive})
            if (*form)
                for (const Nic &nic : (*form)->nics)
                    if (nic.mac && tapMacOf(*nic.mac) == tap)
                        return QStringLiteral(" Its MAC was made from %1, a NIC of %2%3.")
                            .arg(nic.mac->toString(), domain.name,
                                 nic.target.isEmpty()
                                     ? QString()
                                     : QString(QLatin1String(", whose tap is now ") + nic.target));
    return {};
}

Finding leftBehind(const Hypervisor &hypervisor, const Interface &tap)
{
    const QString message =
        QStringLiteral("%1 on %2%3%4 is the tap of no domain's NIC: it was left behind.")
            .arg(tap.name, hypervisor.name,
                 tap.mac ? QStringLiteral(" (MAC %1)").arg(tap.mac->toString()) : QString(),
                 tap.master.isEmpty() ? QString()
                                      : QString(QLatin1String(", a port of ") + tap.master + u','));
    QStringList related;
    if (!tap.master.isEmpty())
        related.append(subject::bridge(hypervisor.name, tap.master));
    return about(subject::interface(subject::hypervisor(hypervisor.name), tap.name),
                 message + (tap.mac ? madeFor(hypervisor, *tap.mac) : QString()), {tap.source}, related);
}

/// A tap has one NIC. Where several are said to have it, one that fits is enough.
std::optional<Finding> otherMac(const Hypervisor &hypervisor, const Interface &tap,
                                const QList<TapNic> &owners)
{
    std::optional<Finding> finding;
    for (const TapNic &owner : owners) {
        if (!tap.mac || !hasTapOfLibvirt(*owner.nic) || tapMacOf(*owner.nic->mac) == *tap.mac)
            return {};
        const Finding one = about(
            subject::nic(owner.vm->subject, *owner.vm->domain->live, *owner.nic),
            QStringLiteral("The tap %1 on %2 has the MAC %3; the NIC of %4 behind it has %5, so that it "
                           "should be %6.")
                .arg(tap.name, hypervisor.name, tap.mac->toString(), owner.vm->domain->name,
                     owner.nic->mac->toString(), tapMacOf(*owner.nic->mac).toString()),
            {tap.source, owner.nic->source});
        if (!finding || one.subject < finding->subject)
            finding = one;
    }
    return finding;
}

using TapNics = QHash<QString, QList<TapNic>>;

/// The NICs of what runs, by hypervisor and tap.
QHash<const Hypervisor *, TapNics> tapNics(const RuleInput &input)
{
    QHash<const Hypervisor *, TapNics> taps;
    for (const VmView &vm : input.index.vms())
        if (vm.domain->live)
            for (const Nic &nic : vm.domain->live->nics)
                if (!nic.target.isEmpty())
                    taps[vm.hypervisor][nic.target].append({&vm, &nic});
    return taps;
}

} // namespace

QList<Finding> nicTapMismatch(const RuleInput &input)
{
    QList<Finding> findings;
    const auto taps = tapNics(input);
    for (const Hypervisor &hypervisor : input.fleet.hypervisors) {
        if (!hypervisor.host.interfaces)
            continue;
        const bool allKnown = runningNicsKnown(hypervisor);
        const TapNics owners = taps.value(&hypervisor);
        for (const Interface &tap : hypervisor.host.interfaces->items) {
            if (!isTap(tap))
                continue;
            const auto owner = owners.constFind(tap.name);
            if (owner == owners.cend()) {
                if (allKnown && isNamedByLibvirt(tap.name))
                    findings.append(leftBehind(hypervisor, tap));
            } else if (const auto finding = otherMac(hypervisor, tap, *owner)) {
                findings.append(*finding);
            }
        }
    }
    return findings;
}

} // namespace tropo
