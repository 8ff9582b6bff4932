#include "tests/generator/healthy_world.h"

#include "tests/generator/operations.h"

namespace tropo::generator {

using namespace Qt::Literals::StringLiterals;

const QList<WorldOs> &guestSystems()
{
    static const QList<WorldOs> systems{
        {u"debian"_s, u"Debian GNU/Linux"_s, u"12"_s, u"Debian GNU/Linux 12 (bookworm)"_s,
         u"6.1.0-10-amd64"_s, FileForm::Debian},
        {u"ubuntu"_s, u"Ubuntu"_s, u"22.04"_s, u"Ubuntu 22.04.2 LTS"_s, u"5.15.0-76-generic"_s,
         FileForm::Netplan},
        {u"ubuntu"_s, u"Ubuntu"_s, u"20.04"_s, u"Ubuntu 20.04.6 LTS"_s, u"5.4.0-153-generic"_s,
         FileForm::Netplan},
        {u"fedora"_s, u"Fedora Linux"_s, u"38"_s, u"Fedora Linux 38 (Server Edition)"_s,
         u"6.3.8-200.fc38.x86_64"_s, FileForm::Keyfile},
        {u"almalinux"_s, u"AlmaLinux"_s, u"9.2"_s, u"AlmaLinux 9.2 (Turquoise Kodkod)"_s,
         u"5.14.0-284.18.1.el9_2.x86_64"_s, FileForm::Keyfile},
        {u"rocky"_s, u"Rocky Linux"_s, u"9.2"_s, u"Rocky Linux 9.2 (Blue Onyx)"_s,
         u"5.14.0-284.18.1.el9_2.x86_64"_s, FileForm::Keyfile},
        {u"almalinux"_s, u"AlmaLinux"_s, u"8.8"_s, u"AlmaLinux 8.8 (Sapphire Caracal)"_s,
         u"4.18.0-477.15.1.el8_8.x86_64"_s, FileForm::Ifcfg},
        {u"rocky"_s, u"Rocky Linux"_s, u"8.8"_s, u"Rocky Linux 8.8 (Green Obsidian)"_s,
         u"4.18.0-477.15.1.el8_8.x86_64"_s, FileForm::Ifcfg}};
    return systems;
}

WorldOs hypervisorSystem()
{
    return guestSystems().first();
}

namespace {

void addDisks(WorldVm &vm, Dice &dice)
{
    WorldDisk disk;
    disk.target = u"vda"_s;
    disk.path = u"/var/lib/libvirt/images/%1.qcow2"_s.arg(vm.name);
    if (dice.chance(40))
        disk.backing = {u"/var/lib/libvirt/images/base/docker-base-20230601.qcow2"_s};
    vm.disks.append(disk);
    if (!dice.chance(30))
        return;
    WorldDisk drive; // empty
    drive.device = u"cdrom"_s;
    drive.format = u"raw"_s;
    drive.target = u"sda"_s;
    drive.readOnly = true;
    vm.disks.append(drive);
}

WorldGuest guestOf(const World &world, const WorldVm &vm, Dice &dice)
{
    WorldGuest guest;
    guest.hostname = vm.name;
    guest.os = dice.of(guestSystems());
    guest.clockAhead = dice.between(-3, 3);
    guest.machineId = dice.hex(32);
    guest.sshKeys = {u"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA"_s + dice.hex(44) + u" root@"_s + vm.name,
                     u"ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQ"_s + dice.hex(64) + u" root@"_s + vm.name};
    guest.filesystems = filesystems(dice);
    guest.lastPackage = world.taken.addDays(-dice.between(2, 200));
    const int listing = dice.below(20);
    guest.listing = listing == 0   ? WorldGuest::Listing::Ifconfig
                    : listing <= 2 ? WorldGuest::Listing::Text
                                   : WorldGuest::Listing::Json;
    WorldLink lo;
    lo.name = u"lo"_s;
    lo.addresses = {{Ipv4(0x7f00'0001U), 8}};
    guest.links = {lo};
    return guest;
}

} // namespace

QList<WorldFilesystem> filesystems(Dice &dice)
{
    const qint64 root = 1024 * 1024 * qint64(dice.between(8, 40));
    return {{u"udev"_s, u"/dev"_s, 1000000, 0},
            {u"tmpfs"_s, u"/run"_s, 204800, 900},
            {u"/dev/vda1"_s, u"/"_s, root, root * dice.between(10, 70) / 100},
            {u"/dev/vda15"_s, u"/boot/efi"_s, 126678, 11000}};
}

void addVm(World &world, WorldHypervisor &host, const QString &name, Dice &dice)
{
    WorldVm vm;
    vm.name = name;
    vm.uuid = dice.uuid();
    vm.running = !dice.chance(12);
    vm.autostart = vm.running;
    vm.q35 = dice.chance(40);
    vm.id = vm.running ? static_cast<int>(host.vms.size()) + 1 : 0;
    vm.agentConnected = vm.running;
    addDisks(vm, dice);
    const int octet = 8 + static_cast<int>(host.vms.size());
    const MacAddress mac = host.mac(octet);
    const WorldReservation reservation{mac, host.natAddress(octet), name};
    host.network(natNetwork)->reservations.append(reservation);
    host.declared(natNetwork)->reservations.append(reservation);
    // Nobody could be read inside some: that alone is not wrong.
    if (vm.running && !dice.chance(6))
        vm.guest = guestOf(world, vm, dice);
    // Older images name them eth0, eth1.
    const bool numbered = vm.guest && dice.chance(20);
    const QString link = attachInterface(world, host, vm, natNetwork, mac);
    if (vm.running)
        host.network(natNetwork)
            ->leases.append({mac, host.natAddress(octet), dice.chance(30) ? name.toLower() : name});
    if (!link.isEmpty()) {
        if (numbered)
            vm.guest->link(link)->name = u"eth0"_s;
        const QString inside = numbered ? u"eth0"_s : link;
        configureDhcp(*vm.guest, inside, {host.natAddress(octet), 24}, dice);
        vm.guest->defaults = {{host.natAddress(1), inside, {}}};
        if (numbered && dice.chance(50))
            vm.guest->udevNames = {{mac, inside}};
    }
    host.vms.append(vm);
}

} // namespace tropo::generator
