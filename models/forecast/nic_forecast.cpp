#include "models/fleet/connection.h"
#include "models/fleet/subject.h"
#include "models/forecast/forecast_parts.h"

namespace tropo {

namespace {

QString inside(const QString &name)
{
    return name.isEmpty() ? QString() : QStringLiteral(", %1 inside").arg(name);
}

QString place(const Nic &nic)
{
    return nic.pci ? nic.pci->toString() : QStringLiteral("a place that is not said");
}

/// ": inside, ens7 would carry …" where names are known, else that they are not.
QString nextName(const NextNic &nic)
{
    if (nic.nameNext.isEmpty())
        return QStringLiteral("; its name inside is then not known");
    if (nic.nameNow.isEmpty())
        return QStringLiteral("; inside it would be %1").arg(nic.nameNext);
    return nic.nameNow == nic.nameNext
               ? QStringLiteral("; inside it stays %1").arg(nic.nameNext)
               : QStringLiteral("; inside it would be %1 instead of %2").arg(nic.nameNext, nic.nameNow);
}

class NicForecast
{
public:
    NicForecast(const VmView &vm, Forecast &forecast) : m_vm(vm), m_forecast(forecast) {}

    void add(const NextNic &nic)
    {
        if (!nic.next) {
            foresee(m_forecast, "nic-vanishes", ForecastWeight::Change, subjectOf(nic),
                    QStringLiteral("The NIC %1%2%3 would be gone: it is in the live description alone.")
                        .arg(nicText(*nic.now, *m_vm.hypervisor), tap(*nic.now), inside(nic.nameNow)),
                    {nic.now->source});
            return;
        }
        if (!nic.now) {
            foresee(
                m_forecast, "nic-appears", ForecastWeight::Change, subjectOf(nic),
                QStringLiteral("A NIC %1 would appear at %2%3: it is in the persistent description alone.")
                    .arg(nicText(*nic.next, *m_vm.hypervisor), place(*nic.next), nextName(nic)),
                {nic.next->source});
            return;
        }
        addIdentity(nic);
        addPlace(nic);
        addModel(nic);
        addLink(nic);
    }

private:
    static QString tap(const Nic &nic)
    {
        return nic.target.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(nic.target);
    }

    QString subjectOf(const NextNic &nic) const
    {
        const Domain &domain = *m_vm.domain;
        return nic.now ? subject::nic(m_vm.subject, *domain.live, *nic.now)
                       : subject::nic(m_vm.subject, *domain.inactive, *nic.next);
    }

    void change(const NextNic &nic, const char *kind, ForecastWeight weight, const QString &message) const
    {
        foresee(m_forecast, kind, weight, subjectOf(nic), message, {nic.now->source, nic.next->source});
    }

    /// Another MAC or another network.
    void addIdentity(const NextNic &nic) const
    {
        const Hypervisor &host = *m_vm.hypervisor;
        const bool newPlace =
            sameConnection(connectionOf(*nic.now, host), connectionOf(*nic.next, host)) == false;
        const bool newMac = nic.now->mac != nic.next->mac;
        if (!newPlace && !newMac)
            return;
        change(nic, newMac ? "nic-mac-changes" : "nic-network-changes", ForecastWeight::Change,
               QStringLiteral("The NIC at %1%2 would be %3 instead of %4%5.")
                   .arg(place(*nic.next), tap(*nic.now), nicText(*nic.next, host), nicText(*nic.now, host),
                        nic.now->pci == nic.next->pci ? nextName(nic) : QString()));
    }

    void addPlace(const NextNic &nic) const
    {
        const QString what = nicText(*nic.next, *m_vm.hypervisor);
        const bool moves = nic.now->pci && nic.next->pci && nic.now->pci != nic.next->pci;
        if (moves)
            change(nic, "nic-slot-changes", ForecastWeight::Change,
                   QStringLiteral("The NIC %1 would move from %2 to %3%4.")
                       .arg(what, place(*nic.now), place(*nic.next), nextName(nic)));
        else if (nic.isSameDevice() && !nic.nameNext.isEmpty() && !nic.nameNow.isEmpty() &&
                 nic.nameNext != nic.nameNow)
            change(nic, "nic-renamed", ForecastWeight::Change,
                   QStringLiteral("The NIC %1 would be called %2 instead of %3 inside, as the kernel counts "
                                  "by place at a start.")
                       .arg(what, nic.nameNext, nic.nameNow));
    }

    void addModel(const NextNic &nic) const
    {
        if (nic.now->model != nic.next->model && !nic.now->model.isEmpty() && !nic.next->model.isEmpty())
            change(nic, "nic-model-changes", ForecastWeight::Change,
                   QStringLiteral("The NIC %1 would be of the model %2 instead of %3.")
                       .arg(nicText(*nic.next, *m_vm.hypervisor), nic.next->model, nic.now->model));
    }

    /// What is not said is up.
    void addLink(const NextNic &nic) const
    {
        const bool up = nic.now->linkUp.value_or(true);
        if (up == nic.next->linkUp.value_or(true))
            return;
        change(nic, "nic-link-changes", up ? ForecastWeight::Lost : ForecastWeight::Change,
               QStringLiteral("The NIC %1 would start with its link %2; now it is %3.")
                   .arg(nicText(*nic.next, *m_vm.hypervisor),
                        up ? QStringLiteral("down") : QStringLiteral("up"),
                        up ? QStringLiteral("up") : QStringLiteral("down")));
    }

    const VmView &m_vm;
    Forecast &m_forecast;
};

} // namespace

void foreseeNics(const VmView &vm, const NextStart &start, Forecast &forecast)
{
    NicForecast nics(vm, forecast);
    for (const NextNic &nic : start.nics)
        nics.add(nic);
    const bool namesMatter = !start.sameDevices || start.countsDevices;
    if (!namesMatter || !vm.domain->guest || !vm.domain->guest->system.interfaces)
        return;
    for (const NextNic &nic : start.nics)
        if (nic.now && nic.nameNow.isEmpty())
            leaveOpen(forecast, QStringLiteral("Which interface inside the NIC %1 is: neither a PCI address "
                                               "nor a MAC of its own tells.")
                                    .arg(nicText(*nic.now, *vm.hypervisor)));
    if (start.countsDevices && !start.namesKnown)
        leaveOpen(
            forecast,
            QStringLiteral("Which of eth0, eth1 and so on each NIC would be: the kernel counts them at a "
                           "start, unless udev's persistent-net rules, which were not read, name them."));
}

} // namespace tropo
