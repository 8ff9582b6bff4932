#include "models/rules/skew_rules.h"

#include "models/fleet/subject.h"
#include "models/rules/about.h"

#include <QMap>

#include <algorithm>

namespace tropo {

namespace {

constexpr qint64 mostSkew = 60; ///< s

struct ClockReading
{
    QString subject;
    QString name;
    Sourced<QDateTime> clock;
    QDateTime read;
    qint64 ahead = 0; ///< s, of the collector's clock; behind where negative
};

void addReading(QList<ClockReading> &readings, const QString &subject, const QString &name,
                const Machine &machine)
{
    // A clock of which nobody wrote down when it was read tells nothing.
    if (machine.clock && machine.clock->value.isValid() && machine.clockRead.isValid())
        readings.append({subject, name, *machine.clock, machine.clockRead,
                         machine.clockRead.secsTo(machine.clock->value)});
}

QList<ClockReading> readingsOf(const RuleInput &input)
{
    QList<ClockReading> readings;
    for (const Hypervisor &hypervisor : input.fleet.hypervisors)
        addReading(readings, subject::hypervisor(hypervisor.name), hypervisor.name, hypervisor.host);
    for (const VmView &vm : input.index.vms())
        if (vm.domain->guest)
            addReading(readings, vm.subject,
                       QStringLiteral("%1 on %2").arg(vm.domain->name, vm.hypervisor->name),
                       vm.domain->guest->system);
    return readings;
}

/// What the clocks are measured by, seconds ahead of the collector's. Where at least three were read, most of
/// them are right, and the collector's own clock, which may be a laptop's, counts no more than they do: their
/// median. Of two in the middle the one nearer to the collector's. Fewer are measured by the collector's.
qint64 referenceOf(const QList<ClockReading> &readings)
{
    if (readings.size() < 3)
        return 0;
    QList<qint64> sorted;
    for (const ClockReading &reading : readings)
        sorted.append(reading.ahead);
    std::sort(sorted.begin(), sorted.end());
    const qint64 lower = sorted[(sorted.size() - 1) / 2];
    const qint64 upper = sorted[sorted.size() / 2];
    return qAbs(lower) <= qAbs(upper) ? lower : upper;
}

QString duration(qint64 seconds)
{
    const qint64 days = seconds / 86400;
    const qint64 hours = seconds / 3600 % 24;
    const qint64 minutes = seconds / 60 % 60;
    if (days > 0)
        return QStringLiteral("%1 d %2 h").arg(days).arg(hours);
    if (hours > 0)
        return QStringLiteral("%1 h %2 min").arg(hours).arg(minutes);
    return QStringLiteral("%1 min %2 s").arg(minutes).arg(seconds % 60);
}

} // namespace

QList<Finding> clockSkew(const RuleInput &input)
{
    QList<Finding> findings;
    const QList<ClockReading> readings = readingsOf(input);
    const qint64 reference = referenceOf(readings);
    const QString by = readings.size() < 3 ? QStringLiteral("the collector's clock")
                                           : QStringLiteral("the middle of %1 clocks").arg(readings.size());
    for (const ClockReading &reading : readings) {
        const qint64 skew = reading.ahead - reference;
        if (qAbs(skew) <= mostSkew)
            continue;
        findings.append(about(reading.subject,
                              QStringLiteral("The clock of %1 is %2 %3 %4: it showed %5 at %6.")
                                  .arg(reading.name, duration(qAbs(skew)),
                                       skew > 0 ? QStringLiteral("ahead of") : QStringLiteral("behind"), by,
                                       reading.clock.value.toUTC().toString(Qt::ISODate),
                                       reading.read.toUTC().addSecs(reference).toString(Qt::ISODate)),
                              {reading.clock.source}));
    }
    return findings;
}

QList<Finding> fleetVersionSkew(const RuleInput &input)
{
    QMap<QString, QStringList> libvirt;
    QMap<QString, QStringList> qemu;
    QStringList related;
    QList<Source> sources;
    QList<const Hypervisor *> hypervisors;
    for (const Hypervisor &hypervisor : input.fleet.hypervisors)
        hypervisors.append(&hypervisor);
    std::stable_sort(hypervisors.begin(), hypervisors.end(),
                     [](const Hypervisor *a, const Hypervisor *b) { return a->name < b->name; });
    for (const Hypervisor *hypervisor : hypervisors) {
        if (!hypervisor->libvirtVersion.isEmpty())
            libvirt[hypervisor->libvirtVersion].append(hypervisor->name);
        if (!hypervisor->qemuVersion.isEmpty())
            qemu[hypervisor->qemuVersion].append(hypervisor->name);
        if (hypervisor->libvirtVersion.isEmpty() && hypervisor->qemuVersion.isEmpty())
            continue;
        related.append(subject::hypervisor(hypervisor->name));
        sources.append(hypervisor->versionSource);
    }
    QStringList sentences;
    const auto compare = [&](const QString &what, const QMap<QString, QStringList> &versions) {
        QStringList parts;
        for (auto it = versions.begin(); it != versions.end(); ++it)
            parts.append(QStringLiteral("%1 on %2").arg(it.key(), someOf(*it, QStringLiteral(", "))));
        if (parts.size() > 1)
            sentences.append(QStringLiteral("%1 is %2.").arg(what, someOf(parts, QStringLiteral("; "))));
    };
    compare(QStringLiteral("libvirt"), libvirt);
    compare(QStringLiteral("QEMU"), qemu);
    if (sentences.isEmpty())
        return {};
    return {about(QStringLiteral("fleet"), sentences.join(u' '), sources, related)};
}

} // namespace tropo
