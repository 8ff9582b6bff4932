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
