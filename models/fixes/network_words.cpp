#include "models/fixes/network_words.h"

#include "models/fixes/find.h"
#include "models/fixes/typed.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

Result<NamedNetwork> networkNamed(const PlanInput &input, const QStringList &words)
{
    QString host = words.value(0);
    QString name = words.value(1);
    QStringList rest = words.mid(2);
    if (host.contains(u"/network/"_s)) {
        rest = words.mid(1);
        name = unescapedName(host.section(u"/network/"_s, 1, 1).section(u'/', 0, 0));
        host = unescapedName(host.section(u'/', 0, 0));
    }
    const auto hypervisor = hypervisorNamed(input.fleet, host);
    if (!hypervisor)
        return tl::unexpected(hypervisor.error());
    QStringList known;
    for (const Network &network : (*hypervisor)->networks.value_or(QList<Network>()))
        known.append(network.name);
    if (!known.contains(name))
        return failure(ErrorKind::Usage, {},
                       u"no network \"%1\" on %2: there are %3"_s.arg(
                           name, host, known.isEmpty() ? u"none that were read"_s : known.join(", "_L1)));
    return NamedNetwork{{host, name}, rest};
}

Step networkAutostartStep(const PlanInput &input, const NetworkPlace &network)
{
    Step step;
    step.id = u"autostart"_s;
    step.title = u"Let the network %1 start by itself when %2 does"_s.arg(network.name, network.hypervisor);
    step.machine = subject::network(network.hypervisor, network.name);
    step.command = virshLine(input.policy, network.hypervisor,
                             {u"net-autostart"_s, QString(u"--network="_s + network.name)});
    step.action = SetNetworkAutostart{network, true};
    step.before = {NetworkAutostartIs{network, false}};
    step.verify = {NetworkAutostartIs{network, true}};
    step.undo = {SetNetworkAutostart{network, false}};
    step.undoText = virshLine(input.policy, network.hypervisor,
                              {u"net-autostart"_s, u"--disable"_s, QString(u"--network="_s + network.name)});
    return step;
}

Step networkStartStep(const PlanInput &input, const NetworkPlace &network)
{
    Step step;
    step.id = u"start"_s;
    step.title = u"Start the network %1 on %2"_s.arg(network.name, network.hypervisor);
    step.machine = subject::network(network.hypervisor, network.name);
    step.command = virshLine(input.policy, network.hypervisor,
                             {u"net-start"_s, QString(u"--network="_s + network.name)});
    step.action = SetNetworkActive{network, true};
    step.before = {NetworkActiveIs{network, false}};
    step.verify = {NetworkActiveIs{network, true}};
    step.undo = {SetNetworkActive{network, false}};
    step.undoText = virshLine(input.policy, network.hypervisor,
                              {u"net-destroy"_s, QString(u"--network="_s + network.name)});
    return step;
}

bool meansTheSame(const NetworkForm &a, const NetworkForm &b)
{
    const auto reserved = [](const NetworkForm &form) {
        QStringList all;
        for (const Reservation &one : form.reservations)
            all.append(QString((one.mac ? one.mac->toString() : QString()) + u' ' +
                               (one.address ? one.address->toString() : QString()) + u' ' + one.name));
        all.sort();
        return all;
    };
    return a.forward == b.forward && a.bridge == b.bridge && a.address == b.address && a.ranges == b.ranges &&
           reserved(a) == reserved(b);
}

bool meansNetwork(const PlanInput &input, const QStringList &words)
{
    return words.value(0).contains(u"/network/"_s) || (words.size() > 1 && input.fleet.hypervisor(words[0]));
}

} // namespace tropo
