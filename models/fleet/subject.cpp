#include "models/fleet/subject.h"

#include <algorithm>

namespace tropo::subject {

QString part(QStringView name)
{
    QString text;
    text.reserve(name.size());
    for (QChar c : name) {
        const char16_t u = c.unicode();
        if (u < 0x20 || u == 0x7f || u == '/' || u == '%')
            text += QStringLiteral("%%1").arg(u, 2, 16, QLatin1Char('0')).toUpper();
        else
            text += c;
    }
    return text;
}

QString hypervisor(const QString &name)
{
    return part(name);
}

QString bridge(const QString &hypervisor, const QString &bridge)
{
    return part(hypervisor) + QLatin1String("/bridge/") + part(bridge);
}

QString network(const QString &hypervisor, const QString &network)
{
    return part(hypervisor) + QLatin1String("/network/") + part(network);
}

QString vm(const QString &hypervisor, const QString &domain)
{
    return part(hypervisor) + QLatin1String("/vm/") + part(domain);
}

QString nic(const QString &vm, const DomainForm &form, const Nic &nic)
{
    const auto bearers = std::count_if(form.nics.begin(), form.nics.end(),
                                       [&nic](const Nic &other) { return other.mac == nic.mac; });
    QString name;
    if (nic.mac && bearers == 1)
        name = nic.mac->toString();
    else if (!nic.alias.isEmpty())
        name = part(nic.alias);
    else if (nic.pci)
        name = nic.pci->toString();
    else
        name = nic.mac ? nic.mac->toString() : QStringLiteral("unknown");
    return vm + QLatin1String("/nic/") + name;
}

QString interface(const QString &vm, const QString &name)
{
    return vm + QLatin1String("/if/") + part(name);
}

QString container(const QString &vm, const QString &name)
{
    return vm + QLatin1String("/container/") + part(name);
}

QString service(const QString &vm, const QString &name)
{
    return vm + QLatin1String("/service/") + part(name);
}

QString floating(const QString &name)
{
    return QLatin1String("float/") + part(name);
}

QString vmOf(const QString &subject)
{
    return subject.section(u'/', 1, 1) == QLatin1String("vm") ? subject.section(u'/', 0, 2) : QString();
}

QString hypervisorOf(const QString &subject)
{
    const QString first = subject.section(u'/', 0, 0);
    return first == QLatin1String("fleet") || first == QLatin1String("float") ? QString() : first;
}

QString machineName(const QString &subject)
{
    const QString host = unescapedName(hypervisorOf(subject));
    return vmOf(subject).isEmpty()
               ? host
               : QStringLiteral("%1 on %2").arg(unescapedName(subject.section(u'/', 2, 2)), host);
}

bool isAt(const QString &subject, const QString &thing)
{
    return subject.startsWith(thing) && (subject.size() == thing.size() || subject[thing.size()] == u'/');
}

} // namespace tropo::subject
