#include "models/rules/families.h"

#include "models/rules/nic_rules.h"

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
         "The guest ignores the file, and the interface does not come up.", plans({"float-repair"}),
         &nicMacUnknownInside},
        {"nic-unconfigured-inside", Severity::Warning, "A NIC that nothing inside uses",
         "A NIC outside whose interface inside has neither a configuration file nor an address.",
         "domain XML, interface files and addresses inside",
         "It does nothing but confuse, or something that should work does not.",
         plans({"nic-remove-duplicates"}), &nicUnconfiguredInside},
    };
}

} // namespace tropo
