#include "tests/generator/breakage.h"

namespace tropo::generator {

using namespace Qt::Literals::StringLiterals;

namespace {

const QString invalid = u"interface-config-invalid"_s;

/// A guest with a static address in a file, and that file.
WorldFile *staticFile(const HostVm &one)
{
    if (one.vm->guest)
        for (WorldFile &file : one.vm->guest->files)
            if (file.address)
                return &file;
    return nullptr;
}

bool isForm(const HostVm &one, FileForm form)
{
    return one.vm->guest->os.form == form;
}

bool unknownKey(Breaker &b)
{
    auto place = b.guest([](const HostVm &one) { return isForm(one, FileForm::Ifcfg); });
    if (!place)
        return false;
    WorldFile &file = place->vm->guest->files.first();
    file.extra.append({u"IPV4INIT"_s, u"yes"_s});
    b.expect(invalid, place->interface(file.device));
    return true;
}

bool gatewayOutside(Breaker &b)
{
    auto place = b.guest([](const HostVm &one) { return staticFile(one) != nullptr; });
    if (!place)
        return false;
    WorldFile *file = staticFile(*place);
    file->gateway = Ipv4(0xc0a8'0101U);
    b.expect(invalid, place->interface(file->device));
    return true;
}

bool hasNetwork(const HostVm &one)
{
    return staticFile(one) && (isForm(one, FileForm::Ifcfg) || isForm(one, FileForm::Debian));
}

bool otherNetwork(Breaker &b)
{
    auto place = b.guest(&hasNetwork);
    if (!place)
        return false;
    WorldFile *file = staticFile(*place);
    file->network = u"192.168.1.0"_s;
    b.expect(invalid, place->interface(file->device));
    return true;
}

bool otherBroadcast(Breaker &b)
{
    auto place = b.guest(&hasNetwork);
    if (!place)
        return false;
    WorldFile *file = staticFile(*place);
    file->broadcast = Ipv4(file->address->address.bits() | 0x1f).toString();
    if (file->broadcast.endsWith(u".255"))
        return false;
    b.expect(invalid, place->interface(file->device));
    return true;
}

bool twoFilesOneDevice(Breaker &b)
{
    auto place = b.guest(
        [](const HostVm &one) { return isForm(one, FileForm::Ifcfg) || isForm(one, FileForm::Keyfile); });
    if (!place)
        return false;
    WorldFile second = place->vm->guest->files.first();
    second.name = u"Wired_connection_1"_s;
    place->vm->guest->files.append(second);
    b.expect(invalid, place->interface(second.device));
    return true;
}

bool twoFilesOneMac(Breaker &b)
{
    auto place = b.guest([](const HostVm &one) {
        return isForm(one, FileForm::Ifcfg) && one.vm->guest->files.first().hwaddr;
    });
    if (!place)
        return false;
    WorldFile second = place->vm->guest->files.first();
    const QString device = second.device;
    second.name = second.device = u"ens29"_s;
    place->vm->guest->files.append(second);
    b.expectOneOf(invalid, {place->interface(device), place->interface(u"ens29"_s)});
    return true;
}

bool notOnBoot(Breaker &b)
{
    auto place = b.holder([](const HostVm &one) { return !isForm(one, FileForm::Netplan); });
    if (!place)
        return false;
    const WorldLink *link = linkWith(*place->vm, b.world.floatOf(place->vm->name)->mac);
    place->vm->guest->file(link->name)->onBoot = false;
    b.expect(invalid, place->interface(link->name));
    return true;
}

bool hostFile(Breaker &b, void (*change)(WorldFile &))
{
    WorldHypervisor *host = b.host();
    if (!host)
        return false;
    for (WorldFile *file : {host->file(privateBridge), host->declaredFile(privateBridge)})
        change(*file);
    b.expectOneOf(invalid, {host->name + u"/bridge/"_s + privateBridge,
                            host->name + u"/if/"_s + privateBridge, host->name});
    return true;
}

bool bothSet(Breaker &b)
{
    auto place = b.bystander([](const HostVm &one) {
        return isForm(one, FileForm::Ifcfg) && one.vm->guest->files.first().hwaddr;
    });
    if (!place)
        return false;
    WorldFile &file = place->vm->guest->files.first();
    file.macaddr = MacAddress(0x5254'00b0'0000ULL + static_cast<quint64>(b.dice.below(0xffff)));
    place->vm->guest->link(file.device)->mac = file.macaddr; // it is in force
    place->vm->guest->udevNames.clear();
    b.expect(u"interface-mac-override"_s, place->interface(file.device));
    return true;
}

bool otherMacSet(Breaker &b)
{
    auto place = b.bystander();
    if (!place)
        return false;
    WorldFile &file = place->vm->guest->files.first();
    file.hwaddr.reset();
    place->vm->guest->udevNames.clear();
    file.macaddr = MacAddress(0x5254'00b0'0000ULL + static_cast<quint64>(b.dice.below(0xffff)));
    b.expect(u"interface-mac-override"_s, place->interface(file.device));
    return true;
}

bool udevsOtherMac(Breaker &b)
{
    auto place = b.guest();
    if (!place)
        return false;
    const QString name = place->vm->guest->files.first().device;
    place->vm->guest->udevNames = {
        {MacAddress(0x5254'00c0'0000ULL + static_cast<quint64>(b.dice.below(0xffff))), name}};
    b.expect(u"udev-name-other-mac"_s, place->interface(name));
    return true;
}

} // namespace

QList<Breakage> fileBreakages()
{
    return {
        {"interface-config-invalid", "an unknown key", &unknownKey},
        {"interface-config-invalid", "a gateway outside the subnet", &gatewayOutside},
        {"interface-config-invalid", "NETWORK that does not follow", &otherNetwork},
        {"interface-config-invalid", "BROADCAST that does not follow", &otherBroadcast},
        {"interface-config-invalid", "two files for one device", &twoFilesOneDevice},
        {"interface-config-invalid", "two files for one MAC", &twoFilesOneMac},
        {"interface-config-invalid", "ONBOOT=no on a float", &notOnBoot},
        {"interface-config-invalid", "a hypervisor's gateway outside the subnet",
         [](Breaker &b) { return hostFile(b, [](WorldFile &file) { file.gateway = Ipv4(0x0a01'0101U); }); }},
        {"interface-config-invalid", "a hypervisor's broadcast that does not follow",
         [](Breaker &b) { return hostFile(b, [](WorldFile &file) { file.broadcast = u"10.1.1.255"_s; }); }},
        {"interface-mac-override", "HWADDR and MACADDR", &bothSet},
        {"interface-mac-override", "MACADDR that is not the live MAC", &otherMacSet},
        {"udev-name-other-mac", "its name kept for another MAC", &udevsOtherMac},
    };
}

} // namespace tropo::generator
