#include "models/fleet/connection.h"
#include "models/fleet/subject.h"
#include "models/forecast/file_binding.h"
#include "models/forecast/forecast_parts.h"
#include "models/rules/float_facts.h"

#include <algorithm>

namespace tropo {

namespace {

using Applies = FileBinding::Applies;

bool isShared(Ipv4 address)
{
    return !address.isLoopback() && !address.isLinkLocal();
}

/// "float1's 129.215.175.100", or the address alone.
QString addressText(Ipv4 address, const FloatPolicy *floating)
{
    return floating ? QStringLiteral("%1's %2").arg(floating->name, address.toString()) : address.toString();
}

/// What a network's DHCP would give a NIC.
struct DhcpAnswer
{
    std::optional<Ipv4> reserved;
    bool isKnown = false; ///< the network's reservations were read
    Source source;
};

DhcpAnswer dhcpAnswer(const Nic &nic, const InterfaceConfig &config, const Hypervisor &hypervisor)
{
    const auto mac = config.macaddr ? std::optional(config.macaddr->value) : nic.mac;
    const Network *network = hypervisor.network(connectionOf(nic, hypervisor).network);
    const NetworkForm *form = network ? network->known() : nullptr;
    if (!form || !form->address || !mac)
        return {};
    for (const Reservation &reservation : form->reservations)
        if (reservation.mac == mac)
            return {reservation.address, true, reservation.source};
    return {{}, true, form->source};
}

/// Whether the network knows the address by DHCP: then something inside asks for it.
bool isGivenByDhcp(Ipv4 address, const Hypervisor &hypervisor)
{
    const auto has = [address](const auto &list) {
        return std::any_of(list.begin(), list.end(),
                           [address](const auto &one) { return one.address == address; });
    };
    for (const Network &network : hypervisor.networks.value_or(QList<Network>())) {
        const NetworkForm *form = network.known();
        if (has(network.leases.value_or(QList<Lease>())) || (form && has(form->reservations)))
            return true;
    }
    return false;
}

/// An address that an interface has now, and the NIC that the interface is.
struct AddressNow
{
    const InsideUnit *unit;
    Ipv4 address;
    const FloatPolicy *floating;
    const NextNic *nic; ///< nothing where not known

    QString text() const { return addressText(address, floating); }
};

class AddressForecast
{
public:
    AddressForecast(const VmView &vm, const NextStart &start, const Policy &policy,
                    const QList<FileBinding> &files, Forecast &forecast)
        : m_vm(vm), m_start(start), m_policy(policy), m_files(files), m_forecast(forecast)
    {
    }

    void run() const
    {
        for (const InsideUnit &unit : m_vm.units) {
            if (!unit.running)
                continue;
            // An alias (ens5:1), as ifconfig lists it, is its device.
            Interface device = *unit.running;
            device.name = device.name.section(u':', 0, 0);
            if (!hasDeviceBehind(device))
                continue;
            for (const InterfaceAddress &address : unit.running->addresses)
                if (isShared(address.address))
                    add({&unit, address.address, m_policy.floatWith(address.address),
                         m_start.nowNamed(device.name)});
        }
        if (m_vm.addressesKnown())
            addGained();
    }

private:
    void add(const AddressNow &now) const
    {
        for (const FileBinding &file : m_files)
            if (file.comesUp() && file.gives(now.address))
                return addMove(now, file);
        const bool isStatic = std::any_of(m_files.begin(), m_files.end(),
                                          [&now](const auto &file) { return file.gives(now.address); });
        for (const FileBinding &file : m_files)
            if (!isStatic && file.comesUp() && file.config->method == AddressMethod::Dhcp && isFor(file, now))
                return addDhcp(now, file);
        const QString why = whyLost(now);
        if (!why.isEmpty())
            foresee(m_forecast, now.floating ? "float-lost" : "address-lost", ForecastWeight::Lost,
                    subject::interface(m_vm.subject, now.unit->name),
                    QStringLiteral("%1 would be lost: %2.").arg(now.text(), why), sourcesOf(now));
        else
            leaveOpen(m_forecast, QStringLiteral("Whether %1 on %2 comes back: %3.")
                                      .arg(now.text(), now.unit->name, whyOpen(now)));
    }

    /// Whether a file is for the interface that has the address.
    bool isFor(const FileBinding &file, const AddressNow &now) const
    {
        if (now.nic && file.nic)
            return file.nic == now.nic;
        return file.config->device == now.unit->name || now.unit->configs.contains(file.config);
    }

    QList<Source> sourcesOf(const AddressNow &now) const
    {
        QList<Source> sources{now.unit->running->source};
        for (const FileBinding &file : m_files)
            if (file.gives(now.address))
                sources.append(file.config->hwaddr ? file.config->hwaddr->source : file.config->source);
        if (now.nic && now.nic->now)
            sources.append(now.nic->now->source);
        return sources;
    }

    /// The address stays in the guest; it may stand on another NIC.
    void addMove(const AddressNow &now, const FileBinding &file) const
    {
        if (!file.nic || !now.nic || !now.nic->now)
            return;
        const Hypervisor &host = *m_vm.hypervisor;
        const Nic &from = *now.nic->now;
        const Nic &to = *file.nic->next;
        const bool otherPlace = sameConnection(connectionOf(from, host), connectionOf(to, host)) == false;
        if (from.mac == to.mac && !otherPlace)
            return;
        const bool breaks = otherPlace || (now.floating && to.mac != now.floating->mac);
        foresee(m_forecast, now.floating ? "float-moves" : "address-moves",
                breaks ? ForecastWeight::Lost : ForecastWeight::Change,
                subject::interface(m_vm.subject, now.unit->name),
                QStringLiteral("%1 would stand on the NIC %2 instead of %3%4.")
                    .arg(now.text(), nicText(to, host), nicText(from, host),
                         breaks ? QStringLiteral(", and not answer there") : QString()),
                sourcesOf(now) + QList<Source>{to.source});
    }

    void addDhcp(const AddressNow &now, const FileBinding &file) const
    {
        const QString &name = now.unit->name;
        const NextNic *nic = file.nic ? file.nic : now.nic;
        if (!nic || !nic->next)
            return leaveOpen(
                m_forecast,
                QStringLiteral("Which address %1 gets by DHCP: which NIC it is is not known.").arg(name));
        const DhcpAnswer answer = dhcpAnswer(*nic->next, *file.config, *m_vm.hypervisor);
        if (!answer.isKnown)
            return leaveOpen(m_forecast, QStringLiteral("Which address %1 gets by DHCP: what its network "
                                                        "reserves was not read.")
                                             .arg(name));
        if (!answer.reserved)
            return leaveOpen(m_forecast,
                             QStringLiteral("Whether %1 gets %2 by DHCP again: it is not reserved for %3.")
                                 .arg(name, now.address.toString(), nicText(*nic->next, *m_vm.hypervisor)));
        if (*answer.reserved == now.address || m_vm.runs(*answer.reserved))
            return;
        foresee(m_forecast, "address-changes", ForecastWeight::Change, subject::interface(m_vm.subject, name),
                QStringLiteral("%1 would get %2 by DHCP instead of %3.")
                    .arg(name, answer.reserved->toString(), now.address.toString()),
                {now.unit->running->source, answer.source});
    }

    /// Why an address that no file brings back is lost; empty where that is not known.
    QString whyLost(const AddressNow &now) const
    {
        if (now.floating) {
            const QString missing = factsOf(*now.floating, m_vm).missingAtRestart();
            if (!missing.isEmpty())
                return missing;
        }
        QString why;
        for (const FileBinding &file : m_files) {
            const bool serves = now.unit->configs.contains(file.config);
            if (serves && now.nic && file.nic && file.nic != now.nic)
                why = QStringLiteral("%1 would then be for the NIC %2")
                          .arg(file.file(), nicText(*file.nic->next, *m_vm.hypervisor));
            if (!file.gives(now.address) && !isFor(file, now))
                continue;
            if (file.applies == Applies::NotKnown)
                return {};
            if (!file.comesUp())
                why = file.failure();
        }
        if (now.nic && !now.nic->next)
            return QStringLiteral("its NIC would be gone");
        if (!why.isEmpty() || !m_vm.configsKnown() || isGivenByDhcp(now.address, *m_vm.hypervisor))
            return why;
        return QStringLiteral("no file inside configures it");
    }

    QString whyOpen(const AddressNow &now) const
    {
        for (const FileBinding &file : m_files)
            if ((file.gives(now.address) || isFor(file, now)) && file.applies == Applies::NotKnown)
                return file.failure();
        return m_vm.configsKnown() ? QStringLiteral("no file configures it, yet its network's DHCP gave it; "
                                                    "what asks for it was not read")
                                   : QStringLiteral("not all files that configure its interfaces were read");
    }

    /// Addresses that a file would bring up and that are nowhere inside now.
    void addGained() const
    {
        for (const FileBinding &file : m_files) {
            if (!file.comesUp() || !file.nic)
                continue;
            for (const auto &given : file.config->addresses) {
                const Ipv4 address = given.value.address;
                if (!isShared(address) || m_vm.runs(address))
                    continue;
                const FloatPolicy *floating = m_policy.floatWith(address);
                const QString name = file.config->device.isEmpty() ? file.nic->nameNext : file.config->device;
                foresee(
                    m_forecast, floating ? "float-gained" : "address-gained", ForecastWeight::Change,
                    name.isEmpty() ? m_vm.subject : subject::interface(m_vm.subject, name),
                    QStringLiteral("%1 would come up on the NIC %2: %3 configures it, and it is not up now.")
                        .arg(addressText(address, floating), nicText(*file.nic->next, *m_vm.hypervisor),
                             file.file()),
                    {given.source, file.nic->next->source});
            }
        }
    }

    const VmView &m_vm;
    const NextStart &m_start;
    const Policy &m_policy;
    const QList<FileBinding> &m_files;
    Forecast &m_forecast;
};

} // namespace

void foreseeAddresses(const VmView &vm, const NextStart &start, const Policy &policy,
                      const QList<FileBinding> &files, Forecast &forecast)
{
    AddressForecast(vm, start, policy, files, forecast).run();
}

} // namespace tropo
