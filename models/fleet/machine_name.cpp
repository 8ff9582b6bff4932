#include "models/fleet/machine_name.h"

#include "models/fleet/subject.h"
#include "models/text/near_names.h"

namespace tropo {

namespace {

struct Named
{
    QString subject;
    QStringList names; ///< as an operator may write it, the clearest first
};

QList<Named> machinesOf(const Fleet &fleet)
{
    QList<Named> machines;
    for (const Hypervisor &hypervisor : fleet.hypervisors) {
        machines.append({subject::hypervisor(hypervisor.name), {hypervisor.name}});
        for (const Domain &domain : hypervisor.domains.value_or(QList<Domain>())) {
            const QString subject = subject::vm(hypervisor.name, domain.name);
            machines.append({subject, {hypervisor.name + u'/' + domain.name, domain.name, subject}});
        }
    }
    return machines;
}

QList<Named> matching(const QList<Named> &machines, const QString &text, Qt::CaseSensitivity sensitivity)
{
    QList<Named> found;
    for (const Named &machine : machines)
        if (machine.names.contains(text, sensitivity) || machine.subject == text)
            found.append(machine);
    return found;
}

QString unknown(const QList<Named> &machines, const QString &text)
{
    QStringList names;
    for (const Named &machine : machines)
        names += machine.names;
    const QStringList near = nearNames(text, names);
    const QString said =
        QStringLiteral("no hypervisor or virtual machine that was read is called \"%1\"").arg(text);
    if (!near.isEmpty())
        return said + QStringLiteral("; near it: %1").arg(near.join(QLatin1String(", ")));
    return said + QStringLiteral("; name one as HYPERVISOR, NAME or HYPERVISOR/NAME");
}

} // namespace

Result<QString> machineNamed(const QString &text, const Fleet &fleet)
{
    const QList<Named> machines = machinesOf(fleet);
    QList<Named> found = matching(machines, text, Qt::CaseSensitive);
    if (found.isEmpty())
        found = matching(machines, text, Qt::CaseInsensitive);
    if (found.isEmpty())
        return failure(ErrorKind::Usage, {}, unknown(machines, text));
    if (found.size() == 1)
        return found.front().subject;
    QStringList names;
    for (const Named &machine : found)
        names.append(machine.names.front());
    return failure(
        ErrorKind::Usage, {},
        QStringLiteral("\"%1\" is several: %2; name one of them").arg(text, names.join(QLatin1String(", "))));
}

} // namespace tropo
