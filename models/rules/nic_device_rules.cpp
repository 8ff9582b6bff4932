#include "models/rules/nic_device_rules.h"

#include "models/fleet/subject.h"
#include "models/rules/about.h"
#include "models/rules/config_checks.h"

namespace tropo {

namespace {

/// Why no NIC can have this MAC; empty where one can.
QString whyInvalid(MacAddress mac)
{
    if (mac.isNull())
        return QStringLiteral("all zeroes");
    if (mac == MacAddress(~std::uint64_t(0)))
        return QStringLiteral("the broadcast address");
    return mac.isMulticast() ? QStringLiteral("a multicast address: its first octet is odd") : QString();
}

/// One subject for all NICs with a MAC, live and persistent: they have one thing wrong.
QString subjectOf(const VmView &vm, const DomainForm &form, const Nic &nic)
{
    return nic.mac ? QString(vm.subject + QLatin1String("/nic/") + nic.mac->toString())
                   : subject::nic(vm.subject, form, nic);
}

void addNics(const VmView &vm, const std::optional<DomainForm> &form, QList<Finding> &findings)
{
    if (!form)
        return;
    for (const Nic &nic : form->nics) {
        const QString why = nic.mac ? whyInvalid(*nic.mac) : QString();
        if (!why.isEmpty())
            findings.append(about(subjectOf(vm, *form, nic),
                                  QStringLiteral("A NIC of %1 has the MAC %2, %3: no NIC can have that.")
                                      .arg(vm.domain->name, nic.mac->toString(), why),
                                  {nic.source}));
    }
}

} // namespace

QList<Finding> nicInvalidMac(const RuleInput &input)
{
    QList<Finding> findings;
    for (const VmView &vm : input.index.vms()) {
        addNics(vm, vm.domain->live, findings);
        addNics(vm, vm.domain->inactive, findings);
        for (const InsideUnit &unit : vm.units)
            for (const InterfaceConfig *config : unit.configs) {
                const QString why = config->macaddr ? whyInvalid(config->macaddr->value) : QString();
                if (!why.isEmpty())
                    findings.append(about(subject::interface(vm.subject, unit.name),
                                          QStringLiteral("%1 in %2 sets the MAC %3, %4.")
                                              .arg(fileNameOf(*config), vm.domain->name,
                                                   config->macaddr->value.toString(), why),
                                          {config->macaddr->source}));
            }
    }
    return findings;
}

namespace {

/// A model that QEMU emulates, where the guest could talk to the host directly. What XML does not say is not
/// known, and a card that is passed through has no model.
bool isEmulated(const DomainForm &form, const Nic &nic)
{
    const bool qemu =
        form.type == QLatin1String("kvm") || form.type == QLatin1String("qemu") || form.type.isEmpty();
    return qemu && nic.kind != NicKind::Hostdev && !nic.model.isEmpty() &&
           !nic.model.startsWith(QLatin1String("virtio"));
}

} // namespace

QList<Finding> nicModel(const RuleInput &input)
{
    QList<Finding> findings;
    for (const VmView &vm : input.index.vms())
        for (const auto *form : {&vm.domain->live, &vm.domain->inactive}) {
            if (!*form)
                continue;
            for (const Nic &nic : (*form)->nics)
                if (isEmulated(**form, nic))
                    findings.append(about(
                        subjectOf(vm, **form, nic),
                        QStringLiteral("A NIC of %1%2 is an emulated %3; virtio is quicker and needs less of "
                                       "the host.")
                            .arg(vm.domain->name,
                                 nic.mac ? QStringLiteral(" (MAC %1)").arg(nic.mac->toString()) : QString(),
                                 nic.model),
                        {nic.source}));
        }
    return findings;
}

} // namespace tropo
