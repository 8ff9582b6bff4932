#include "tests/generator/breakage.h"

namespace tropo::generator {

using namespace Qt::Literals::StringLiterals;

namespace {

/// The same domain on another hypervisor: what a migration left behind, or a copy that was started too.
bool definedTwice(Breaker &b, bool bothRun)
{
    auto place =
        b.guest([&](const HostVm &one) { return !b.world.floatOf(one.vm->name) && !one.vm->guest->engine; });
    WorldHypervisor *other = place ? b.host() : nullptr;
    if (!other)
        return false;
    WorldVm copy = *place->vm;
    copy.guest.reset();
    copy.running = bothRun;
    copy.autostart = bothRun;
    if (bothRun) {
        copy.id = 90;
        int tap = 90;
        for (WorldNic &nic : copy.live)
            nic.tap = u"vnet%1"_s.arg(tap++);
    } else {
        copy.live.clear();
    }
    b.expectOneOf(u"domain-duplicate"_s, {place->subject(), other->vmSubject(copy)});
    other->vms.append(copy);
    return true;
}

bool nameTwice(Breaker &b)
{
    auto place = b.vm([](const HostVm &) { return true; });
    WorldHypervisor *other = place ? b.host() : nullptr;
    if (!other)
        return false;
    WorldVm copy;
    copy.name = place->vm->name;
    copy.uuid = b.dice.uuid();
    copy.running = copy.autostart = false;
    b.expectOneOf(u"domain-duplicate"_s, {place->subject(), other->vmSubject(copy)});
    other->vms.append(copy);
    return true;
}

bool noAutostart(Breaker &b)
{
    auto place = b.vm([](const HostVm &one) { return one.vm->running && !one.host->tableForms; });
    if (!place)
        return false;
    place->vm->autostart = false;
    b.expect(u"domain-no-autostart"_s, place->subject());
    return true;
}

bool notRunning(Breaker &b)
{
    auto place = b.vm([](const HostVm &one) { return !one.vm->running && !one.host->tableForms; });
    if (!place)
        return false;
    place->vm->autostart = true;
    b.expect(u"domain-not-running"_s, place->subject());
    return true;
}

bool diskShared(Breaker &b)
{
    auto first = b.vm([](const HostVm &one) { return one.vm->running; });
    auto second = first ? b.vm([&](const HostVm &one) { return one.vm->running && one.host == first->host; })
                        : std::nullopt;
    if (!second)
        return false;
    second->vm->disks[0].path = first->vm->disks[0].path;
    second->vm->disks[0].backing = first->vm->disks[0].backing;
    b.expectOneOf(u"disk-shared-writable"_s, {first->subject(), second->subject(), first->host->name});
    return true;
}

bool mediaLeft(Breaker &b)
{
    auto place = b.vm([](const HostVm &one) { return one.vm->running; });
    if (!place)
        return false;
    place->vm->disks.removeIf([](const WorldDisk &disk) { return disk.device == u"cdrom"; });
    WorldDisk drive;
    drive.device = u"cdrom"_s;
    drive.format = u"raw"_s;
    drive.target = u"sda"_s;
    drive.readOnly = true;
    drive.path = u"/var/lib/libvirt/images/iso/debian-12.0.0-amd64-netinst.iso"_s;
    place->vm->disks.append(drive);
    b.expect(u"domain-media-left"_s, place->subject());
    return true;
}

bool snapshotLeft(Breaker &b)
{
    auto place = b.vm([](const HostVm &) { return true; });
    if (!place)
        return false;
    place->vm->snapshots.append({u"before-upgrade"_s, b.world.taken.addDays(-b.dice.between(60, 900))});
    b.expect(u"domain-snapshot-left"_s, place->subject());
    return true;
}

bool overlayLeft(Breaker &b)
{
    auto place = b.vm([](const HostVm &one) { return one.vm->running; });
    if (!place)
        return false;
    WorldDisk &disk = place->vm->disks[0];
    disk.backing.prepend(disk.path);
    disk.path = u"/var/lib/libvirt/images/%1.before-upgrade"_s.arg(place->vm->name);
    b.expect(u"domain-snapshot-left"_s, place->subject());
    return true;
}

bool noAgentChannel(Breaker &b)
{
    auto place = b.vm([](const HostVm &one) { return one.vm->running; });
    if (!place)
        return false;
    place->vm->agentChannel = false;
    b.expect(u"domain-agent-missing"_s, place->subject());
    return true;
}

bool agentDoesNotRun(Breaker &b)
{
    auto place = b.vm([](const HostVm &one) { return one.vm->running; });
    if (!place)
        return false;
    place->vm->agentConnected = false;
    b.expect(u"domain-agent-missing"_s, place->subject());
    return true;
}

} // namespace

QList<Breakage> domainBreakages()
{
    return {
        {"domain-duplicate", "left behind by a migration", [](Breaker &b) { return definedTwice(b, false); }},
        {"domain-duplicate", "runs on two hypervisors", [](Breaker &b) { return definedTwice(b, true); }},
        {"domain-duplicate", "one name for two", &nameTwice},
        {"domain-no-autostart", "autostart off", &noAutostart},
        {"domain-not-running", "not started", &notRunning},
        {"disk-shared-writable", "two domains with one image", &diskShared},
        {"domain-media-left", "an ISO in the drive", &mediaLeft},
        {"domain-snapshot-left", "a snapshot from long ago", &snapshotLeft},
        {"domain-snapshot-left", "an overlay that was never merged", &overlayLeft},
        {"domain-agent-missing", "no channel", &noAgentChannel},
        {"domain-agent-missing", "nothing listens at the channel", &agentDoesNotRun},
    };
}

} // namespace tropo::generator
