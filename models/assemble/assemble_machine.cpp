#include "models/assemble/assemble_machine.h"

#include "models/parse/bridge.h"
#include "models/parse/date_text.h"
#include "models/parse/df.h"
#include "models/parse/ifconfig.h"
#include "models/parse/ip_addr.h"
#include "models/parse/ip_neigh.h"
#include "models/parse/ip_route.h"
#include "models/parse/kernel_release.h"
#include "models/parse/machine_id.h"
#include "models/parse/os_release.h"
#include "models/parse/persistent_net.h"
#include "models/parse/ssh_host_keys.h"

namespace tropo {

namespace {

std::optional<Sourced<QString>> hostname(DocumentReader &reader, const QString &path)
{
    const Document *document = reader.evidence().find(path);
    if (!document)
        return {};
    const QString text = QString::fromUtf8(document->text.left(1024)).section(u'\n', 0, 0).trimmed();
    if (text.isEmpty())
        return {};
    return Sourced<QString>{text, {path, 1, 1}};
}

void addClock(DocumentReader &reader, const QString &path, Machine &machine)
{
    const auto time = reader.readMaybe(path, &parseDate);
    if (!time)
        return;
    machine.clock = Sourced<QDateTime>{*time, {path, 1, 1}};
    // A document without a time of its own bears the capture's; who measured how long it took was there.
    const Document *document = reader.evidence().find(path);
    if (document->took)
        machine.clockRead = document->taken;
}

} // namespace

Machine assembleMachine(DocumentReader &reader, const QString &folder)
{
    const auto at = [&folder](const char *name) { return QString(folder + u'/' + QLatin1String(name)); };
    Machine machine;
    machine.hostname = hostname(reader, at("hostname.txt"));
    addClock(reader, at("date.txt"), machine);
    machine.kernel = reader.readMaybe(at("kernel.txt"), &parseKernelRelease);
    machine.machineId = reader.readMaybe(at("machine-id.txt"), &parseMachineId);
    machine.os = reader.readMaybe(at("os-release.txt"), &parseOsRelease);
    if (!machine.os)
        machine.os = reader.readMaybe(at("redhat-release.txt"), &parseRedhatRelease);
    machine.interfaces = reader.read(at("ip-addr.json"), &parseIpAddrJson);
    if (!machine.interfaces)
        machine.interfaces = reader.read(at("ip-addr.txt"), &parseIpAddrText);
    if (!machine.interfaces)
        machine.interfaces = reader.read(at("ifconfig.txt"), &parseIfconfig);
    machine.routes = reader.readArray(at("ip-route.json"), &parseIpRouteJson);
    if (!machine.routes)
        machine.routes = reader.read(at("ip-route.txt"), &parseIpRouteText);
    machine.neighbours = reader.readArray(at("ip-neigh.json"), &parseIpNeighJson);
    machine.bridgePorts = reader.readArray(at("bridge-link.json"), &parseBridgeLinkJson);
    if (!machine.bridgePorts)
        machine.bridgePorts = reader.read(at("brctl-show.txt"), &parseBrctlShow);
    machine.fdb = reader.readArray(at("bridge-fdb.json"), &parseBridgeFdbJson);
    machine.sshHostKeys = reader.read(at("ssh-host-keys.txt"), &parseSshHostKeys);
    machine.filesystems = reader.read(at("df.txt"), &parseDf);
    machine.persistentNames = reader.read(at("udev-net.txt"), &parsePersistentNet);
    return machine;
}

} // namespace tropo
