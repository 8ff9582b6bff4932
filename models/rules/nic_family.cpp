#include "models/rules/families.h"

#include "models/rules/interface_config_rules.h"
#include "models/rules/ip_rules.h"
#include "models/rules/mac_override_rules.h"
#include "models/rules/nic_device_rules.h"
#include "models/rules/nic_rules.h"
#include "models/rules/range_rules.h"
#include "models/rules/tap_rules.h"

namespace tropo {

std::vector<Rule> nicFamily()
{
    return {
        {"nic-mac-duplicate", Severity::Error, "One MAC on several NICs",
         "The same MAC stands on two NICs that are not one float's, in one VM or across the fleet.",
         "live and persistent domain XML",
         "On a shared segment the switches send packets to whichever spoke last.",
         plans({"nic-remove-duplicates"}), &nicMacDuplicate},
        {"nic-config-drift", Severity::Warning, "Live and persistent NICs differ",
         "A domain's live NICs and those of its persistent description differ in what they connect to, not "
         "merely in how it is written.",
         "live and persistent domain XML", "After the next start the VM has other interfaces than now.",
         plans({"nic-persist"}), &nicConfigDrift},
        {"nic-mac-unknown-inside", Severity::Error, "A file names a MAC that no NIC has",
         "A file inside the guest binds an interface to a MAC that no NIC of that VM has.",
         "interface files inside, domain XML",
         "The guest ignores the file, and the interface does not come up.",
         plans({"float-repair", "nic-rebind"}), &nicMacUnknownInside},
        {"nic-unconfigured-inside", Severity::Warning, "A NIC that nothing inside uses",
         "A NIC outside whose interface inside has neither a configuration file nor an address.",
         "domain XML, interface files and addresses inside",
         "It does nothing but confuse, or something that should work does not.", plans({"nic-detach"}),
         &nicUnconfiguredInside},
        {"nic-mac-out-of-range",
         Severity::Warning,
         "A MAC outside its hypervisor's range",
         "A NIC on a hypervisor's NAT network has a MAC outside the range that the fleet file gives that "
         "hypervisor. NICs on other networks, floats among them, are not judged.",
         "live and persistent domain XML, network XML, the fleet file",
         "A MAC in a network trace leads to the wrong hypervisor, and two of them may come to give it out.",
         {},
         &nicMacOutOfRange},
        {"nic-ip-out-of-range",
         Severity::Warning,
         "An address outside its hypervisor's subnet",
         "An interface on the NAT network has an address, now or in its file, outside its hypervisor's "
         "subnet.",
         "addresses and interface files inside, domain XML, network XML, the fleet file",
         "Its answers find no way back, and the address leads to the wrong hypervisor.",
         {},
         &nicIpOutOfRange},
        {"nic-tap-mismatch",
         Severity::Warning,
         "A tap that does not fit its NIC",
         "A tap on the host (vnetN) is no running domain's NIC, or its MAC is not its NIC's with the first "
         "octet fe, as libvirt makes them. Only where every running domain of the hypervisor was read; other "
         "devices (VPNs, containers, macvtap) are not judged.",
         "interfaces of the host, live domain XML",
         "A tap that was left behind keeps its place on the bridge; a bridge may take a wrong MAC for its "
         "own.",
         {},
         &nicTapMismatch},
        {"nic-invalid-mac",
         Severity::Error,
         "A MAC that no NIC can have",
         "A NIC, or a file that sets a MAC, has a multicast, broadcast or all-zero MAC.",
         "live and persistent domain XML, interface files inside",
         "The interface does not come up, or switches flood what it sends.",
         {},
         &nicInvalidMac},
        {"nic-model",
         Severity::Info,
         "An emulated network card",
         "A NIC has another model than virtio.",
         "live and persistent domain XML",
         "Slower, and more work for the host. Some guests have no virtio driver.",
         {},
         &nicModel},
        {"interface-config-invalid",
         Severity::Warning,
         "An interface file that is not right",
         "A file of a guest or a hypervisor has a key that nothing reads (in the formats that still grow: a "
         "key "
         "nearly like a known one), a gateway outside its subnet or, for a float, another than the floats', "
         "a "
         "NETWORK or BROADCAST that does not follow from address and mask, or keeps a float down at boot; or "
         "two files of a guest are for one device or one MAC.",
         "ifcfg files, NetworkManager keyfiles, netplan files and /etc/network/interfaces, the declared "
         "configuration, the fleet file",
         "The interface comes up otherwise than the file seems to say, or not at all.",
         {},
         &interfaceConfigInvalid},
        {"interface-mac-override",
         Severity::Warning,
         "A file that changes its interface's MAC",
         "An ifcfg file has both HWADDR and another MACADDR, or a file sets a MAC that the running interface "
         "does not have.",
         "interface files and addresses inside",
         "After the next restart the file may no longer be for its own interface, or the MAC changes.",
         {},
         &interfaceMacOverride},
        {"udev-name-other-mac",
         Severity::Warning,
         "A name that udev keeps for another card",
         "A persistent-net rule of udev keeps an interface's name for another MAC than the interface of that "
         "name has.",
         "udev's persistent-net rules, interfaces of the machine",
         "After the next restart the interface may have another name, and its file does not fit it.",
         {},
         &udevNameOtherMac},
        {"ip-duplicate",
         Severity::Error,
         "One address on two interfaces",
         "Two interfaces that share a layer-2 network have the same address: fleet-wide on bridged networks, "
         "per hypervisor on NAT networks, the hosts' own bridges included. Floats have rules of their own.",
         "addresses and interface files inside, addresses of hypervisors, domain XML, network XML",
         "Neighbours reach whichever answered last; connections break at random.",
         {},
         &ipDuplicate},
    };
}

} // namespace tropo
