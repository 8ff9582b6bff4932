#include "models/rules/container_rules.h"
#include "models/rules/float_rules.h"
#include "models/rules/guest_rules.h"
#include "models/rules/nic_rules.h"
#include "models/rules/rule.h"
#include "models/rules/source_rules.h"

#include <algorithm>

namespace tropo {

namespace {

QStringList plans(std::initializer_list<const char *> names)
{
    QStringList list;
    for (const char *name : names)
        list.append(QString::fromLatin1(name));
    return list;
}

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

std::vector<Rule> otherFamilies()
{
    return {
        {"source-unreachable",
         Severity::Error,
         "Something could not be read",
         "A hypervisor, a running guest or one source on it could not be read.",
         "what collecting reported",
         "What it would have said was not checked.",
         {},
         &sourceUnreachable},
        {"guest-os-eol",
         Severity::Warning,
         "An operating system past its end of life",
         "The guest's operating system is past its end of life, at the time of the capture.",
         "os-release or redhat-release, the bundled table",
         "No security updates.",
         {},
         &guestOsEol},
        {"container-task-duplicate", Severity::Error, "A Swarm task that runs more than once",
         "The same Swarm service and slot runs more than once, in one engine or across the fleet.",
         "docker ps, inspect, the managers' task lists",
         "Two copies serve, write and answer at once; data may be written twice.",
         plans({"container-remove-duplicates"}), &containerTaskDuplicate},
        {"container-image-shared",
         Severity::Info,
         "Different services on one image",
         "Two different services run the same image. They are not duplicates.",
         "docker ps, inspect",
         "Nothing: said so that they are not taken for copies.",
         {},
         &containerImageShared},
    };
}

} // namespace

const std::vector<Rule> &ruleCatalogue()
{
    static const std::vector<Rule> rules = [] {
        std::vector<Rule> all = floatFamily();
        for (auto family : {nicFamily(), otherFamilies()})
            all.insert(all.end(), family.begin(), family.end());
        return all;
    }();
    return rules;
}

const Rule *findRule(QStringView name)
{
    const auto &rules = ruleCatalogue();
    const auto it = std::find_if(rules.begin(), rules.end(),
                                 [name](const Rule &rule) { return name == QLatin1String(rule.name); });
    return it == rules.end() ? nullptr : &*it;
}

QString ruleFamily(QStringView name)
{
    const qsizetype dash = name.indexOf(u'-');
    return (dash < 0 ? name : name.first(dash)).toString();
}

} // namespace tropo
