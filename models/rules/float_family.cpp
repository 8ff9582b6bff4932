#include "models/rules/families.h"

#include "models/rules/float_rules.h"

namespace tropo {

std::vector<Rule> floatFamily()
{
    return {
        {"float-mac-ip-mismatch", Severity::Error, "A float's address with another MAC",
         "An interface, in its file or live inside the guest, carries one float's address and another MAC "
         "than that float's.",
         "interface files and addresses inside, domain XML, the float table",
         "Neighbours and switches learn the address at a MAC that belongs elsewhere; when that float is used "
         "too, both stop answering by turns.",
         plans({"float-repair", "float-reassign"}), &floatMacIpMismatch},
        {"float-duplicate-nic", Severity::Error, "Several NICs with one float's MAC",
         "One VM has more than one NIC, live or persistent, with the same float's MAC.",
         "live and persistent domain XML, the float table",
         "The bridge learns the MAC behind whichever port spoke last, so packets vanish into NICs that "
         "nobody listens on.",
         plans({"nic-remove-duplicates"}), &floatDuplicateNic},
        {"float-claimed-twice", Severity::Error, "A float on more than one machine",
         "A float's address, or its MAC, stands on more than one machine of the fleet.",
         "domain XML, interface files and addresses inside guests and on hypervisors",
         "Both answer for the address; connections break at random.",
         plans({"float-reassign", "float-release"}), &floatClaimedTwice},
        {"float-half-assigned", Severity::Error, "Half of a float",
         "A float's address is configured inside a guest but no NIC outside carries its MAC, or a NIC "
         "carries a float's MAC and nothing inside configures it.",
         "domain XML, interface files and addresses inside", "The address does not answer.",
         plans({"float-reassign", "float-release"}), &floatHalfAssigned},
        {"float-wrong-network", Severity::Error, "A float on the wrong network",
         "A NIC with a float's MAC hangs on another network or bridge than floats belong on.",
         "domain XML, network XML, the fleet file", "The address cannot be reached from the public segment.",
         plans({"float-reassign"}), &floatWrongNetwork},
        {"float-not-persistent", Severity::Warning, "A float that will not survive a restart",
         "A float works now but is missing from the persistent domain, or from the guest's files.",
         "live and persistent domain XML, interface files and addresses inside",
         "The address is lost at the next reboot.", plans({"nic-persist", "float-reassign"}),
         &floatNotPersistent},
        {"float-not-live", Severity::Warning, "A float that is set up but not up",
         "A float is configured in the guest's file and the persistent domain, but is not up now.",
         "live and persistent domain XML, interface files and addresses inside",
         "The address does not answer until somebody brings it up.", plans({"nic-persist", "float-reassign"}),
         &floatNotLive},
        {"float-unreachable", Severity::Warning, "A float that does not answer",
         "An assigned float does not answer. Only when reachability probes are turned on.",
         "reachability probes", "Whoever uses the address is cut off.", plans({"float-reassign"}),
         &floatUnreachable},
        {"float-unassigned", Severity::Info, "A free float",
         "Nobody holds the float, and every NIC of the fleet was read.",
         "domain XML, interface files and addresses inside", "Nothing: it is free to be assigned.",
         plans({"float-assign"}), &floatUnassigned},
    };
}

} // namespace tropo
