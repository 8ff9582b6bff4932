#include "models/forecast/file_binding.h"

#include <algorithm>

namespace tropo {

namespace {

using Applies = FileBinding::Applies;

/// The interface that an alias (ens5:1) or a VLAN (ens5.7) stands on.
QString baseName(const QString &name)
{
    return name.section(u':', 0, 0).section(u'.', 0, 0);
}

const InsideUnit *runningUnit(const VmView &vm, const QString &name)
{
    for (const InsideUnit &unit : vm.units)
        if (unit.running && unit.name == name)
            return &unit;
    return nullptr;
}

QString offSwitch(const InterfaceConfig &config)
{
    switch (config.format) {
    case ConfigFormat::Ifcfg:
        return QStringLiteral("says ONBOOT=no");
    case ConfigFormat::Keyfile:
        return QStringLiteral("says autoconnect=false");
    case ConfigFormat::DebianInterfaces:
        return QStringLiteral("brings it up by no auto line");
    case ConfigFormat::Netplan:
        break;
    }
    return QStringLiteral("does not bring it up");
}

class Binder
{
public:
    Binder(const InterfaceConfig &config, const NextStart &start, const VmView &vm)
        : m_config(config),
          m_start(start),
          m_vm(vm),
          m_name(baseName(config.device)),
          m_unit(runningUnit(vm, m_name))
    {
        m_binding.config = &config;
    }

    FileBinding bind()
    {
        if (m_config.hwaddr)
            byMac(m_config.hwaddr->value);
        else if (!m_name.isEmpty())
            byName();
        else
            open(QStringLiteral("says by a pattern which interface it means"));
        return m_binding;
    }

private:
    void apply(const NextNic *nic)
    {
        m_binding.applies = Applies::Yes;
        m_binding.nic = nic;
    }
    void refuse(const QString &why)
    {
        m_binding.applies = Applies::No;
        m_binding.why = why;
    }
    void open(const QString &why) { m_binding.why = why; }

    /// Bridges, bonds and the like are made by the guest itself.
    bool isMadeInside() const
    {
        if (!m_config.bridgePorts.isEmpty() || saysAnotherType())
            return true;
        Interface named;
        named.name = m_name;
        return !hasDeviceBehind(m_unit ? *m_unit->running : named);
    }
    bool saysAnotherType() const
    {
        const auto isOther = [](const Setting &setting) {
            return (setting.key == u"TYPE" || setting.key == u"connection.type") &&
                   !setting.value.contains(QLatin1String("ethernet"), Qt::CaseInsensitive);
        };
        return std::any_of(m_config.settings.begin(), m_config.settings.end(), isOther);
    }
    /// Without the NICs of the next start nothing is known of them, unless none of them changes.
    bool namesStay() const { return m_start.isKnown && m_start.sameDevices && !m_start.countsDevices; }

    void byMac(MacAddress mac)
    {
        const QString named = QStringLiteral("names the MAC %1, ").arg(mac.toString());
        if (!m_start.isKnown) {
            open(QStringLiteral("names a MAC, and which NICs there would be is not known"));
            return;
        }
        const QList<const NextNic *> bearers = m_start.withMac(mac);
        if (bearers.isEmpty()) {
            noBearer(mac, named);
        } else if (m_name.isEmpty()) {
            apply(bearers.front());
        } else if (const NextNic *nic = m_start.withName(m_name)) {
            if (bearers.contains(nic))
                apply(nic);
            else
                refuse(named +
                       QStringLiteral("but %1 would be the NIC with %2%3")
                           .arg(m_name,
                                nic->next->mac ? nic->next->mac->toString() : QStringLiteral("no MAC"),
                                unlessRenamed()));
        } else if (bearers.size() == 1 && !bearers.front()->nameNext.isEmpty()) {
            refuse(named + QStringLiteral("but that NIC would be called %1, not %2%3")
                               .arg(bearers.front()->nameNext, m_name, unlessRenamed()));
        } else if (namesStay() && m_unit && m_unit->running->mac == mac) {
            apply(nullptr);
        } else {
            open(QStringLiteral("names %1 and a MAC, and which name that NIC would have is not known")
                     .arg(m_name));
        }
    }

    void noBearer(MacAddress mac, const QString &named)
    {
        const auto hasIt = [mac](const NextNic &nic) { return nic.now && nic.now->mac == mac; };
        const auto now = std::find_if(m_start.nics.begin(), m_start.nics.end(), hasIt);
        if (now == m_start.nics.end() && m_vm.showsInside(mac)) {
            open(QStringLiteral("names a MAC that is no NIC's outside"));
            return;
        }
        refuse(named + QStringLiteral("which no NIC would have"));
        m_binding.nicVanishes = now != m_start.nics.end() && !now->next;
    }

    void byName()
    {
        if (isMadeInside()) {
            apply(nullptr);
        } else if (const NextNic *nic = m_start.withName(m_name)) {
            apply(nic);
        } else if (namesStay() && m_unit) {
            apply(nullptr);
        } else if (m_start.isKnown && m_start.namesKnown) {
            refuse(QStringLiteral("is for %1, which there would not be").arg(m_name));
            const NextNic *now = m_start.nowNamed(m_name);
            m_binding.nicVanishes = now && !now->next;
        } else {
            open(QStringLiteral("is for %1, and which NIC would have that name is not known").arg(m_name));
        }
    }

    /// initscripts' rename_device gives an interface the DEVICE of the file that has its HWADDR; whether it
    /// is installed was not read.
    QString unlessRenamed() const
    {
        return m_config.format == ConfigFormat::Ifcfg
                   ? QStringLiteral(" (unless initscripts rename it by its HWADDR)")
                   : QString();
    }

    const InterfaceConfig &m_config;
    const NextStart &m_start;
    const VmView &m_vm;
    QString m_name;
    const InsideUnit *m_unit;
    FileBinding m_binding;
};

} // namespace

bool FileBinding::gives(Ipv4 address) const
{
    return std::any_of(config->addresses.begin(), config->addresses.end(),
                       [address](const auto &given) { return given.value.address == address; });
}

QString FileBinding::file() const
{
    return config->format == ConfigFormat::DebianInterfaces ? QStringLiteral("/etc/network/interfaces")
                                                            : config->source.document.section(u'/', -1);
}

QString FileBinding::failure() const
{
    return file() + u' ' + (applies == Applies::Yes ? offSwitch(*config) : why);
}

QList<FileBinding> bindingsOf(const NextStart &start, const VmView &vm)
{
    QList<FileBinding> files;
    if (vm.domain->guest)
        for (const InterfaceConfig &config : vm.domain->guest->configs)
            if (config.device != u"lo")
                files.append(bindingOf(config, start, vm));
    return files;
}

FileBinding bindingOf(const InterfaceConfig &config, const NextStart &start, const VmView &vm)
{
    return Binder(config, start, vm).bind();
}

} // namespace tropo
