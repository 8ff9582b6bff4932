#include "models/compare/comparing.h"
#include "models/fleet/subject.h"

namespace tropo {

namespace {

std::optional<QString> readText(const QString &text)
{
    return text.isEmpty() ? std::nullopt : std::optional(text);
}

void compareVolumes(const Hypervisor &before, const Hypervisor &after, ChangeLog &log)
{
    const QString place = subject::hypervisor(after.name);
    if (!log.bothRead(place, QStringLiteral("its storage volumes"), before.volumes, after.volumes))
        return;
    const auto key = [](const Volume &one) { return QString(one.pool + u'/' + one.path + u'/' + one.name); };
    for (const auto &pair : matched(*before.volumes, *after.volumes, key)) {
        const Volume &any = pair.after ? *pair.after : *pair.before;
        const QString thing =
            QStringLiteral("The volume %1 of the pool %2 on %3").arg(any.name, any.pool, after.name);
        if (!pair.before)
            log.added(place, "volume", thing, any.source);
        else if (!pair.after)
            log.removed(place, "volume", thing, any.source);
        else
            log.changed(place, "volume", QStringLiteral("The backing file of ") + any.name,
                        pair.before->backing, pair.after->backing, pair.before->source, pair.after->source);
    }
}

} // namespace

void compareHypervisor(const Hypervisor &before, const Hypervisor &after, ChangeLog &log)
{
    const QString place = subject::hypervisor(after.name);
    const QString title = QStringLiteral("of ") + after.name;
    compareMachines(before.host, after.host, place, false, title, log);
    log.compared(place, "libvirt", QStringLiteral("The libvirt version ") + title,
                 readText(before.libvirtVersion), readText(after.libvirtVersion), {}, {});
    log.compared(place, "qemu", QStringLiteral("The QEMU version ") + title, readText(before.qemuVersion),
                 readText(after.qemuVersion), {}, {});
    if (log.bothRead(place, QStringLiteral("its /etc/network/interfaces"), before.interfacesFile,
                     after.interfacesFile))
        compareFiles(*before.interfacesFile, *after.interfacesFile, true, place, false, title, log);
    if (log.bothRead(place, QStringLiteral("its declared interfaces"), before.declaredInterfaces,
                     after.declaredInterfaces))
        compareFiles(*before.declaredInterfaces, *after.declaredInterfaces, true, place, false,
                     QStringLiteral("declared for ") + after.name, log);
    compareNetworks(before, after, log);
    compareVolumes(before, after, log);
    compareDomains(before, after, log);
}

} // namespace tropo
