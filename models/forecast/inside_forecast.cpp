#include "models/fleet/subject.h"
#include "models/forecast/file_binding.h"
#include "models/forecast/forecast_parts.h"

#include <algorithm>

namespace tropo {

namespace {

class FileForecast
{
public:
    FileForecast(const VmView &vm, const NextStart &start, const Policy &policy,
                 const QList<FileBinding> &files, Forecast &forecast)
        : m_vm(vm), m_start(start), m_policy(policy), m_files(files), m_forecast(forecast)
    {
    }

    void run() const
    {
        for (const FileBinding &file : m_files)
            addFile(file);
        addRivals();
    }

private:
    bool isUp(const QString &name) const
    {
        return std::any_of(m_vm.units.begin(), m_vm.units.end(), [&name](const InsideUnit &unit) {
            return unit.name == name && unit.running && !unit.running->addresses.isEmpty();
        });
    }
    QString place(const InterfaceConfig &config) const
    {
        return config.device.isEmpty() ? m_vm.subject : subject::interface(m_vm.subject, config.device);
    }

    /// A file that does not apply, or does not bring its interface up. That its NIC is gone is said already.
    void addFile(const FileBinding &file) const
    {
        const InterfaceConfig &config = *file.config;
        if (!config.configuresAddress() && !config.master)
            return;
        const QString name = config.device.isEmpty() ? QStringLiteral("its interface") : config.device;
        const ForecastWeight weight = isUp(config.device) ? ForecastWeight::Change : ForecastWeight::Note;
        if (file.applies == FileBinding::Applies::No && !file.nicVanishes) {
            QList<Source> sources{config.hwaddr ? config.hwaddr->source : config.source};
            if (const NextNic *nic = m_start.withName(config.device))
                sources.append(nic->next->source);
            foresee(m_forecast, "interface-not-up", weight, place(config),
                    QStringLiteral("%1: the guest would ignore the file, and %2 would not come up by it.")
                        .arg(file.failure(), name),
                    sources);
        } else if (file.applies == FileBinding::Applies::Yes && !file.comesUp() && isWanted(config)) {
            foresee(m_forecast, "interface-not-up", weight, place(config),
                    QStringLiteral("%1: %2 would not come up by itself.").arg(file.failure(), name),
                    {sourceOfSwitch(config)});
        }
    }

    /// A file that is kept for later says nothing about a restart.
    bool isWanted(const InterfaceConfig &config) const
    {
        return std::any_of(config.addresses.begin(), config.addresses.end(), [this](const auto &address) {
            return m_policy.floatWith(address.value.address) || m_vm.runs(address.value.address);
        });
    }

    static Source sourceOfSwitch(const InterfaceConfig &config)
    {
        for (const Setting &setting : config.settings)
            if (setting.key == u"ONBOOT" || setting.key == u"connection.autoconnect")
                return setting.source;
        return config.source;
    }

    /// Two files of which the system takes one. Stanzas of one file and netplan's files add up instead.
    void addRivals() const
    {
        QStringList told;
        for (const FileBinding &one : m_files) {
            const QString &device = one.config->device;
            if (device.isEmpty() || told.contains(device))
                continue;
            told.append(device);
            QStringList names;
            QList<Source> sources;
            for (const FileBinding &other : m_files)
                if (other.config->device == device && isRival(other)) {
                    names.append(other.file());
                    sources.append(other.config->source);
                }
            if (names.size() > 1)
                foresee(m_forecast, "interface-two-files", ForecastWeight::Change, place(*one.config),
                        QStringLiteral("%1 are all for %2: which of them a start takes is not certain.")
                            .arg(names.join(QLatin1String(" and ")), device),
                        sources);
        }
    }
    static bool isRival(const FileBinding &file)
    {
        return file.applies != FileBinding::Applies::No && file.config->onBoot != false &&
               file.config->configuresAddress() &&
               (file.config->format == ConfigFormat::Ifcfg || file.config->format == ConfigFormat::Keyfile);
    }

    const VmView &m_vm;
    const NextStart &m_start;
    const Policy &m_policy;
    const QList<FileBinding> &m_files;
    Forecast &m_forecast;
};

} // namespace

void foreseeInside(const VmView &vm, const NextStart &start, const Policy &policy, Forecast &forecast)
{
    if (!vm.domain->guest)
        return;
    const QList<FileBinding> files = bindingsOf(start, vm);
    FileForecast(vm, start, policy, files, forecast).run();
    foreseeAddresses(vm, start, policy, files, forecast);
}

} // namespace tropo
