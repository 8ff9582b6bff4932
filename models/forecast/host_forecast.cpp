#include "models/fleet/subject.h"
#include "models/forecast/forecast_parts.h"
#include "models/forecast/network_start.h"
#include "models/rules/float_facts.h"

#include <algorithm>

namespace tropo {

namespace {

class HostForecast
{
public:
    HostForecast(const Hypervisor &hypervisor, const Policy &policy, Forecast &forecast)
        : m_hypervisor(hypervisor), m_policy(policy), m_forecast(forecast)
    {
    }

    void addNetworks()
    {
        if (!m_hypervisor.networks)
            return leaveOpen(m_forecast, QStringLiteral("Which networks start: its libvirt networks were not "
                                                        "read."));
        QStringList running;
        for (const Network &network : *m_hypervisor.networks) {
            addNetwork(network);
            if (network.active.value_or(false))
                running.append(network.name);
        }
        if (!running.isEmpty())
            leaveOpen(m_forecast, QStringLiteral("Whether the persistent description of %1 differs from what "
                                                 "runs: libvirt was asked for the running one.")
                                      .arg(running.join(QLatin1String(" and "))));
    }

    void addVm(const VmForecast &vm)
    {
        const Domain &domain = *vm.vm->domain;
        const bool isOff = domain.isOff();
        if (!isOff && domain.persistent == false)
            lose("vm-gone", vm, QStringLiteral("is not persistent: it would be gone%1"));
        else if (!domain.autostart)
            leaveOpen(
                m_forecast,
                QStringLiteral("Whether %1 starts with it: its autostart was not read.").arg(domain.name));
        else if (!isOff && !*domain.autostart)
            lose("vm-not-started", vm, QStringLiteral("runs and would stay off: its autostart is off%1"));
        else if (*domain.autostart)
            addStarted(vm, isOff);
        m_stayOff = m_stayOff || (!isOff && domain.autostart == false);
    }

    void addInterfaces()
    {
        const auto &files = m_hypervisor.interfacesFile;
        const auto &interfaces = m_hypervisor.host.interfaces;
        if (!interfaces || !files)
            return leaveOpen(m_forecast, QStringLiteral("Whether its own addresses and bridges come back: %1 "
                                                        "not read.")
                                             .arg(interfaces ? QStringLiteral("/etc/network/interfaces was")
                                                             : QStringLiteral("its interfaces were")));
        for (const Interface &interface : interfaces->items)
            if (!interface.addresses.isEmpty() && !isMadeByLibvirt(interface) && !interface.isLoopback() &&
                hasFile(interface))
                addInterface(interface);
        for (const InterfaceConfig &config : *files)
            addPorts(config);
    }

    void addRest()
    {
        if (m_stayOff)
            leaveOpen(m_forecast, QStringLiteral("Whether libvirt-guests starts the VMs again that ran: its "
                                                 "settings were not read."));
    }

private:
    QString place(const Network &network) const { return subject::network(m_hypervisor.name, network.name); }

    void addNetwork(const Network &network) const
    {
        if (!network.active)
            return;
        const auto next = activeAfterRestart(network);
        if (!next)
            leaveOpen(m_forecast, QStringLiteral("Whether the network %1 starts: its autostart was not read.")
                                      .arg(network.name));
        else if (*network.active && !*next)
            foresee(m_forecast, network.persistent == false ? "network-gone" : "network-not-started",
                    ForecastWeight::Lost, place(network),
                    QStringLiteral("The network %1 %2.")
                        .arg(network.name, network.persistent == false
                                               ? QStringLiteral("is not persistent: it would be gone")
                                               : QStringLiteral("would stay inactive: its autostart is off")),
                    {network.source});
        else if (!*network.active && *next)
            foresee(m_forecast, "network-starts", ForecastWeight::Change, place(network),
                    QStringLiteral("The network %1 is not active and would start: its autostart is on.")
                        .arg(network.name),
                    {network.source});
    }

    /// What goes with a VM: its floats and containers, or how many addresses.
    QString carried(const VmView &vm) const
    {
        QStringList what;
        for (const FloatPolicy &floating : m_policy.floats)
            if (factsOf(floating, vm).claims())
                what.append(floating.name);
        const auto &guest = vm.domain->guest;
        const QList<Container> containers =
            guest ? guest->engine.containers.value_or(QList<Container>()) : QList<Container>();
        const auto running = std::count_if(containers.begin(), containers.end(), [](const auto &container) {
            return container.state == ContainerState::Running;
        });
        if (running > 0)
            what.append(running == 1 ? QStringLiteral("one running container")
                                     : QStringLiteral("%1 running containers").arg(running));
        return what.isEmpty()
                   ? QString()
                   : QStringLiteral("; %1 would go with it").arg(what.join(QLatin1String(" and ")));
    }

    void lose(const char *kind, const VmForecast &vm, const QString &why) const
    {
        foresee(m_forecast, kind, ForecastWeight::Lost, vm.vm->subject,
                vm.vm->domain->name + u' ' + why.arg(carried(*vm.vm)) + u'.', {vm.vm->domain->source});
    }

    void addStarted(const VmForecast &vm, bool isOff) const
    {
        const Domain &domain = *vm.vm->domain;
        const auto refusals = domain.inactive
                                  ? startRefusals(*domain.inactive, m_hypervisor, &activeAfterRestart)
                                  : QList<StartRefusal>();
        if (!refusals.isEmpty()) {
            foresee(m_forecast, "vm-does-not-start", isOff ? ForecastWeight::Note : ForecastWeight::Lost,
                    vm.vm->subject,
                    QStringLiteral("%1 would not start: %2%3.")
                        .arg(domain.name, refusals.front().why, isOff ? QString() : carried(*vm.vm)),
                    refusals.front().sources + QList<Source>{domain.source});
        } else if (isOff) {
            foresee(m_forecast, "vm-starts", ForecastWeight::Change, vm.vm->subject,
                    QStringLiteral("%1 is off and would start: its autostart is on.").arg(domain.name),
                    {domain.source});
        } else {
            addReturn(vm);
        }
    }

    void addReturn(const VmForecast &vm) const
    {
        const int lost = vm.forecast.count(ForecastWeight::Lost);
        if (lost + vm.forecast.count(ForecastWeight::Change) == 0) {
            if (!vm.forecast.notKnown.isEmpty())
                leaveOpen(m_forecast,
                          QStringLiteral("Whether %1 comes back as it is: not all of it was read.")
                              .arg(vm.vm->domain->name));
            return;
        }
        const ForecastItem &worst = vm.forecast.items.front();
        foresee(m_forecast, "vm-comes-back-changed", worst.weight, vm.vm->subject,
                QStringLiteral("%1 would come back with %2: %3")
                    .arg(vm.vm->domain->name, vm.forecast.summary(), worst.message),
                worst.sources);
    }

    /// A NAT network's bridge comes and goes with its network.
    bool isMadeByLibvirt(const Interface &interface) const
    {
        for (const Network &network : m_hypervisor.networks.value_or(QList<Network>())) {
            const NetworkForm *form = network.known();
            if (form && form->bridge == interface.name && form->forward != u"bridge")
                return true;
        }
        return interface.name.startsWith(QLatin1String("docker"));
    }

    bool isPublicAddress(const InterfaceAddress &address) const
    {
        return !address.address.isLoopback() && !address.address.isLinkLocal();
    }

    bool hasFile(const Interface &interface) const
    {
        const auto &files = *m_hypervisor.interfacesFile;
        const bool named = std::any_of(files.begin(), files.end(), [&interface](const auto &config) {
            return config.device.section(u':', 0, 0) == interface.name;
        });
        if (!named)
            leaveOpen(m_forecast,
                      QStringLiteral("Whether %1 on %2 comes back: /etc/network/interfaces does not "
                                     "name it, and no other file was read.")
                          .arg(interface.addresses.front().address.toString(), interface.name));
        return named;
    }

    void addInterface(const Interface &interface) const
    {
        QList<Source> sources{interface.source};
        QList<Ipv4> next;
        bool byDhcp = false;
        bool comesUp = false;
        for (const InterfaceConfig &config : *m_hypervisor.interfacesFile) {
            if (config.device.section(u':', 0, 0) != interface.name)
                continue;
            sources.append(config.source);
            comesUp = comesUp || config.onBoot != false;
            byDhcp = byDhcp || config.method == AddressMethod::Dhcp;
            for (const auto &address : config.addresses)
                next.append(address.value.address);
        }
        for (const InterfaceAddress &address : interface.addresses) {
            const bool stays = comesUp && (byDhcp || next.contains(address.address));
            if (stays || !isPublicAddress(address))
                continue;
            QStringList others;
            for (const Ipv4 other : next)
                others.append(other.toString());
            const QString why =
                !comesUp           ? QStringLiteral("/etc/network/interfaces brings %1 up by no auto line")
                : others.isEmpty() ? QStringLiteral("/etc/network/interfaces gives %1 no address")
                                   : QString(QStringLiteral("/etc/network/interfaces gives %1 ") +
                                             others.join(QLatin1String(" and ")));
            foresee(m_forecast, "host-address-lost", ForecastWeight::Lost, m_forecast.subject,
                    QStringLiteral("%1's address %2 on %3 would be lost: %4.")
                        .arg(m_hypervisor.name, address.address.toString(), interface.name,
                             why.arg(interface.name)),
                    sources);
        }
    }

    /// Ports by the file and by the kernel. Taps come and go with their VMs.
    void addPorts(const InterfaceConfig &config) const
    {
        const auto &ports = m_hypervisor.host.bridgePorts;
        if (!ports || !m_hypervisor.host.interfaces->find(config.device) ||
            (config.bridgePorts.isEmpty() && !isBridge(config.device)))
            return;
        QStringList next;
        for (const auto &port : config.bridgePorts)
            next.append(port.value);
        for (const BridgePort &port : *ports)
            if (port.bridge == config.device && !next.removeOne(port.port) && isPhysical(port.port))
                foresee(m_forecast, "bridge-port-lost", ForecastWeight::Lost,
                        subject::bridge(m_hypervisor.name, port.bridge),
                        QStringLiteral("%1 would lose its port %2: /etc/network/interfaces does not give it.")
                            .arg(port.bridge, port.port),
                        {port.source, config.source});
        for (const QString &port : next)
            foresee(m_forecast, "bridge-port-gained", ForecastWeight::Change,
                    subject::bridge(m_hypervisor.name, config.device),
                    QStringLiteral("%1 would get the port %2: /etc/network/interfaces gives it, and it is no "
                                   "port now.")
                        .arg(config.device, port),
                    {config.source});
    }
    bool isBridge(const QString &name) const
    {
        const Interface *interface = m_hypervisor.host.interfaces->find(name);
        return interface && interface->kind == u"bridge";
    }
    bool isPhysical(const QString &name) const
    {
        const Interface *interface = m_hypervisor.host.interfaces->find(name);
        return interface && hasDeviceBehind(*interface) && !name.startsWith(QLatin1String("vnet"));
    }

    const Hypervisor &m_hypervisor;
    const Policy &m_policy;
    Forecast &m_forecast;
    bool m_stayOff = false; ///< some VM that runs now would not start
};

} // namespace

void foreseeHost(const Hypervisor &hypervisor, const QList<VmForecast> &vms, const Policy &policy,
                 Forecast &forecast)
{
    HostForecast host(hypervisor, policy, forecast);
    host.addNetworks();
    if (!hypervisor.domains)
        leaveOpen(forecast, QStringLiteral("Which VMs start: its VMs were not read."));
    for (const VmForecast &vm : vms)
        host.addVm(vm);
    host.addInterfaces();
    host.addRest();
}

} // namespace tropo
