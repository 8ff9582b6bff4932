#include "models/fleet/connection.h"
#include "models/floats/float_layers.h"
#include "models/text/words.h"

namespace tropo {

namespace {

QString nicNames(const QList<const Nic *> &nics)
{
    QStringList names;
    for (const Nic *nic : nics)
        names.append(!nic->target.isEmpty() ? nic->target
                     : nic->pci             ? nic->pci->toString()
                                            : QStringLiteral("one NIC"));
    return names.join(QLatin1String(", "));
}

/// The NICs that a form has with the float's MAC; more than one, or one on another network, is wrong.
Share shareOf(const FloatInput &input, const VmView &vm, const QList<const Nic *> &nics, const QString &form)
{
    Share share{Share::What::Right, vm.domain->name, nicNames(nics), {}, {}};
    QStringList elsewhere;
    for (const Nic *nic : nics) {
        share.sources.append(nic->source);
        const QString place = connectionOf(*nic, *vm.hypervisor).text();
        if (hangsElsewhere(*nic, *vm.hypervisor, input.policy) && !elsewhere.contains(place))
            elsewhere.append(place);
    }
    if (nics.size() > 1)
        share.detail = QStringLiteral("%1 has %2 %3 NICs with its MAC; a float has one.")
                           .arg(vm.domain->name, numberWord(nics.size()), form);
    if (!elsewhere.isEmpty()) {
        share.text += QStringLiteral(" on %1").arg(listed(elsewhere));
        share.detail += QStringLiteral("%1It hangs on %2 on %3; floats belong on %4.")
                            .arg(share.detail.isEmpty() ? QString() : QStringLiteral(" "), listed(elsewhere),
                                 vm.domain->name, input.policy.floatNetwork);
    }
    if (!share.detail.isEmpty())
        share.what = Share::What::Wrong;
    return share;
}

Share lacking(const VmView &vm, const QString &form, const Source &source)
{
    return {Share::What::Lacking,
            vm.domain->name,
            QStringLiteral("%1 has none").arg(vm.domain->name),
            QStringLiteral("The %1 form of %2 has no NIC with its MAC.").arg(form, vm.domain->name),
            {Source{source.document, 0, 0}}};
}

Share notRead(const VmView &vm, const QString &form, bool inPart)
{
    const QString &name = vm.domain->name;
    return {
        Share::What::NotKnown,
        name,
        inPart ? QStringLiteral("%1 read in part").arg(name) : QStringLiteral("not read of %1").arg(name),
        inPart
            ? QStringLiteral("Only a part of the %1 form of %2 was read; it is not in that.").arg(form, name)
            : QStringLiteral("The %1 form of %2 was not read.").arg(form, name),
        {}};
}

} // namespace

FloatCell persistentLayer(const FloatInput &input)
{
    QList<Share> shares;
    for (const FloatFacts &facts : input.claims) {
        const VmView &vm = *facts.vm;
        const auto &form = vm.domain->inactive;
        if (!facts.persistent.isEmpty())
            shares.append(shareOf(input, vm, facts.persistent, QStringLiteral("persistent")));
        else if (vm.domain->persistent == false)
            shares.append({Share::What::Lacking,
                           vm.domain->name,
                           QStringLiteral("%1 is not persistent").arg(vm.domain->name),
                           QStringLiteral("%1 itself is gone after it is shut down.").arg(vm.domain->name),
                           {vm.domain->source}});
        else if (form && !form->partial)
            shares.append(lacking(vm, QStringLiteral("persistent"), form->source));
        else
            shares.append(notRead(vm, QStringLiteral("persistent"), form.has_value()));
    }
    return joined(FloatLayer::Persistent, shares, QStringLiteral("no VM"), input.allNicsKnown);
}

FloatCell liveLayer(const FloatInput &input, const QStringList &settled)
{
    QList<Share> shares;
    for (const FloatFacts &facts : input.claims) {
        const VmView &vm = *facts.vm;
        const auto &form = vm.domain->live;
        const bool off = vm.domain->state == DomainState::ShutOff || vm.domain->state == DomainState::Crashed;
        if (!facts.live.isEmpty()) {
            shares.append(shareOf(input, vm, facts.live, QStringLiteral("live")));
            if (!settled.isEmpty() && !settled.contains(vm.subject)) {
                shares.last().what = Share::What::Wrong;
                shares.last().detail += QStringLiteral(" It is persistent elsewhere.");
            }
        } else if (off) {
            shares.append({Share::What::NotApplicable,
                           vm.domain->name,
                           QStringLiteral("%1 is off").arg(vm.domain->name),
                           {},
                           {vm.domain->source}});
        } else if (form && !form->partial) {
            shares.append(lacking(vm, QStringLiteral("live"), form->source));
        } else {
            shares.append(notRead(vm, QStringLiteral("live"), form.has_value()));
        }
    }
    return joined(FloatLayer::Live, shares, QStringLiteral("no VM"), input.allNicsKnown);
}

} // namespace tropo
