#include "tests/generator/breakage.h"

#include "tests/generator/docker_world.h"

namespace tropo::generator {

using namespace Qt::Literals::StringLiterals;

namespace {

bool oldSystem(Breaker &b)
{
    auto place = b.guest();
    if (!place)
        return false;
    static const QList<WorldOs> old{
        {u"fedora"_s, u"Fedora"_s, u"28"_s, u"Fedora 28 (Twenty Eight)"_s, {}, {}},
        {u"ubuntu"_s, u"Ubuntu"_s, u"18.04"_s, u"Ubuntu 18.04.6 LTS"_s, {}, {}},
        {u"debian"_s, u"Debian GNU/Linux"_s, u"9"_s, u"Debian GNU/Linux 9 (stretch)"_s, {}, {}},
        {u"centos"_s, u"CentOS Linux"_s, u"8"_s, u"CentOS Linux 8"_s, {}, {}}};
    WorldOs os = b.dice.of(old);
    os.kernel = place->vm->guest->os.kernel;
    os.form = place->vm->guest->os.form;
    place->vm->guest->os = os;
    b.expect(u"guest-os-eol"_s, place->subject());
    return true;
}

bool soonOld(Breaker &b)
{
    auto place = b.everything() ? b.anyGuest() : std::nullopt;
    if (!place)
        return false;
    b.world.taken = QDateTime(QDate(2023, 10, 20), QTime(15, 0), Qt::UTC);
    WorldOs &os = place->vm->guest->os;
    os.id = u"fedora"_s;
    os.name = u"Fedora Linux"_s;
    os.version = u"37"_s;
    os.pretty = u"Fedora Linux 37 (Server Edition)"_s;
    b.expect(u"guest-os-eol"_s, place->subject());
    return true;
}

bool oldHost(Breaker &b)
{
    WorldHypervisor *host = b.host();
    if (!host)
        return false;
    host->os.version = u"9"_s;
    host->os.pretty = u"Debian GNU/Linux 9 (stretch)"_s;
    b.expect(u"host-os-eol"_s, host->name);
    return true;
}

// Of kernel.org, as their names tell: no distribution mends them.
const QStringList oldKernels{u"4.9.337"_s, u"5.13.19"_s};

bool oldKernel(Breaker &b)
{
    auto place = b.guest();
    if (!place)
        return false;
    place->vm->guest->os.kernel = b.dice.of(oldKernels);
    b.expect(u"guest-kernel-eol"_s, place->subject());
    return true;
}

bool oldHostKernel(Breaker &b)
{
    WorldHypervisor *host = b.host();
    if (!host)
        return false;
    host->os.kernel = b.dice.of(oldKernels);
    b.expect(u"host-kernel-eol"_s, host->name);
    return true;
}

bool oldDocker(Breaker &b)
{
    auto place =
        b.guest([](const HostVm &one) { return one.vm->guest->engine && !one.vm->guest->engine->asTable; });
    if (!place)
        return false;
    place->vm->guest->engine->version = b.dice.of(QStringList{u"19.03.15"_s, u"18.06.1-ce"_s});
    b.expect(u"guest-docker-eol"_s, place->subject());
    return true;
}

bool hostDiskFull(Breaker &b)
{
    WorldHypervisor *host = b.host();
    if (!host)
        return false;
    WorldFilesystem &root = host->filesystems[2];
    root.usedKib = root.kib * b.dice.between(96, 100) / 100;
    b.expect(u"host-disk-full"_s, host->name);
    return true;
}

bool inNoSwarm(const HostVm &one)
{
    return !one.vm->guest->engine || one.vm->guest->engine->node.isEmpty();
}

bool otherHostname(Breaker &b)
{
    auto place = b.guest(&inNoSwarm);
    if (!place)
        return false;
    place->vm->guest->hostname =
        b.dice.of(QStringList{u"localhost.localdomain"_s, u"fedora-template"_s, u"vm"_s});
    b.expect(u"guest-hostname-mismatch"_s, place->subject());
    return true;
}

bool neverUpdated(Breaker &b)
{
    auto place = b.guest();
    if (!place)
        return false;
    // The table of an old yum: nothing since the image was made.
    place->vm->guest->lastPackage = QDateTime(QDate(2018, 10, 16), QTime(13, 41), Qt::UTC);
    b.expect(u"guest-packages-stale"_s, place->subject());
    return true;
}

bool nothingRuns(Breaker &b)
{
    auto place = b.guest([](const HostVm &one) { return one.vm->guest->engine && inNoSwarm(one); });
    if (!place)
        return false;
    place->vm->guest->engine->asTable = false;
    if (b.dice.chance(30))
        place->vm->guest->engine->containers.clear();
    for (WorldContainer &one : place->vm->guest->engine->containers) {
        one.state = u"exited"_s;
        one.health.clear();
    }
    b.expect(u"guest-idle"_s, place->subject());
    return true;
}

bool twoDefaults(Breaker &b)
{
    auto place = b.holder();
    if (!place)
        return false;
    const WorldLink *nat = linkWith(*place->vm, place->vm->nextNic(natNetwork)->mac);
    place->vm->guest->defaults.append({place->host->natAddress(1), nat->name, {}});
    b.expect(u"guest-two-default-routes"_s, place->subject());
    return true;
}

bool cloned(Breaker &b, bool machineId, bool keys)
{
    auto first = b.guest();
    auto second = first ? b.guest() : std::nullopt;
    if (!second)
        return false;
    if (machineId)
        second->vm->guest->machineId = first->vm->guest->machineId;
    if (keys)
        second->vm->guest->sshKeys = first->vm->guest->sshKeys;
    b.expect(u"guest-clone"_s, qMin(first->subject(), second->subject()));
    return true;
}

bool diskFull(Breaker &b)
{
    auto place = b.guest();
    if (!place)
        return false;
    WorldFilesystem &root = place->vm->guest->filesystems[2];
    root.usedKib = root.kib * b.dice.between(96, 100) / 100;
    b.expect(u"guest-disk-full"_s, place->subject());
    return true;
}

} // namespace

QList<Breakage> guestBreakages()
{
    return {
        {"guest-os-eol", "an old system", &oldSystem},
        {"guest-os-eol", "a system that ends within weeks", &soonOld},
        {"host-os-eol", "an old system", &oldHost},
        {"guest-kernel-eol", "an old kernel of kernel.org", &oldKernel},
        {"host-kernel-eol", "an old kernel of kernel.org", &oldHostKernel},
        {"guest-docker-eol", "an old engine", &oldDocker},
        {"host-disk-full", "the root file system", &hostDiskFull},
        {"guest-hostname-mismatch", "a template's name", &otherHostname},
        {"guest-packages-stale", "nothing installed for years", &neverUpdated},
        {"guest-idle", "no container runs", &nothingRuns},
        {"guest-two-default-routes", "the NAT network's beside the float's", &twoDefaults},
        {"guest-clone", "machine-id", [](Breaker &b) { return cloned(b, true, false); }},
        {"guest-clone", "SSH host keys", [](Breaker &b) { return cloned(b, false, true); }},
        {"guest-clone", "both", [](Breaker &b) { return cloned(b, true, true); }},
        {"guest-disk-full", "the root file system", &diskFull},
    };
}

} // namespace tropo::generator
