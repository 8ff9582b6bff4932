#include "models/fixes/offer_words.h"

#include "models/fleet/subject.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// The last part of a subject, or what stands there for a name.
QString nameOf(const QString &text)
{
    return unescapedName(text.section(u'/', -1));
}

QString vmTitle(const PlanRequest &request, const QString &vm)
{
    if (request.name == u"nic-remove-duplicates")
        return u"Leave %1 one NIC of each MAC, the one it uses"_s.arg(vm);
    if (request.name == u"nic-persist")
        return request.options.value(u"keep"_s) == u"live"
                   ? u"What runs is right: the description of %1 follows"_s.arg(vm)
                   : u"The description is right: what runs of %1 follows"_s.arg(vm);
    return u"Let %1 start by itself"_s.arg(vm);
}

QString nicTitle(const PlanRequest &request)
{
    const QString vm = nameOf(request.arguments.value(0));
    const QString what = nameOf(request.arguments.value(1));
    if (request.name == u"nic-detach")
        return u"Take the NIC at %1 from %2, now and for good"_s.arg(what, vm);
    if (request.name == u"nic-rebind")
        return u"Bind the file for %1 of %2 to the MAC that its NIC has"_s.arg(what, vm);
    return u"Blink the link of the NIC at %1 of %2"_s.arg(what, vm);
}

QString floatTitle(const PlanRequest &request, const QString &name)
{
    if (request.name == u"float-repair")
        return request.options.value(u"keep"_s) == u"ip"
                   ? u"The address of %1 is right: the MAC follows"_s.arg(name)
                   : u"The MAC is right: the address follows, away from %1"_s.arg(name);
    if (request.name == u"float-release")
        return u"Release %1"_s.arg(name);
    if (request.arguments.size() > 1)
        return u"Give %1 to %2, whole, and to nobody else"_s.arg(name,
                                                                 subject::machineName(request.arguments[1]));
    return request.name == u"float-assign" ? u"Give %1 to a VM…"_s.arg(name)
                                           : u"Move %1 to another VM…"_s.arg(name);
}

QString networkTitle(const PlanRequest &request, const QString &network)
{
    if (request.name == u"network-start")
        return u"Start %1"_s.arg(network);
    if (request.name != u"network-restore")
        return u"Let %1 start by itself"_s.arg(network);
    return request.options.value(u"to"_s) == u"patch"
               ? u"Write what %1 runs as a patch for the repository"_s.arg(network)
               : u"Bring %1 to its declared form"_s.arg(network);
}

QString reservationTitle(const QStringList &arguments)
{
    const qsizetype verb = qMax(arguments.indexOf(u"set"_s), arguments.indexOf(u"remove"_s));
    if (verb < 0)
        return u"Mend the reservation"_s;
    const QString what = arguments.mid(verb + 1).join(u' ');
    return arguments[verb] == u"set" ? u"Reserve %1"_s.arg(what)
                                     : u"Remove the reservation for %1"_s.arg(what);
}

} // namespace

QString offerTitle(const PlanRequest &request)
{
    const QString first = request.arguments.value(0);
    if (request.name.startsWith(u"float-"_s))
        return floatTitle(request, first);
    if (request.name == u"reservation-fix")
        return reservationTitle(request.arguments);
    if (request.name == u"container-remove-duplicates")
        return u"Leave each task of %1 running once"_s.arg(nameOf(first));
    if (request.name == u"nic-detach" || request.name == u"nic-rebind" || request.name == u"nic-blink")
        return nicTitle(request);
    const bool isNetwork = first.contains(u"/network/"_s) || request.arguments.size() > 1;
    return request.name.startsWith(u"network-"_s) || isNetwork
               ? networkTitle(request, nameOf(request.arguments.size() > 1 ? request.arguments[1] : first))
               : vmTitle(request, nameOf(first));
}

QList<PlanRequest> floatRequests(const QString &name, bool isHeld)
{
    if (!isHeld)
        return {{u"float-assign"_s, {name}, {}}};
    return {{u"float-reassign"_s, {name}, {}}, {u"float-release"_s, {name}, {}}};
}

} // namespace tropo
