#include "models/story/draft.h"

#include <array>

namespace tropo {

namespace {

struct PlanWords
{
    const char *plan;
    const char *sentence;
};

/// In the order in which plans are done.
constexpr std::array words{
    PlanWords{"network-start", "Start the network, and let it start by itself after a reboot."},
    PlanWords{"network-restore",
              "Bring the network to its declared form, or take what runs over into the declared "
              "configuration: the operator chooses."},
    PlanWords{
        "container-remove-duplicates",
        "Keep the container that its Swarm wants, stop and remove the others by their id; do not restart "
        "them."},
    PlanWords{
        "nic-remove-duplicates",
        "Keep the one NIC that the guest uses and detach the others, live and persistent, each by its PCI "
        "address."},
    PlanWords{"float-repair", "Say which is right, the address or the MAC, and let the other follow."},
    PlanWords{"float-release", "Release the float where it does not belong: inside, then outside."},
    PlanWords{"float-reassign",
              "Give the float to the one VM that is to have it; it is released everywhere else first."},
    PlanWords{"float-assign", "Give the float to a VM."},
    PlanWords{"nic-persist",
              "Make the live and the persistent NICs alike: the operator chooses which follow."},
    PlanWords{"nic-rebind", "Bind the interface's file to the MAC that its NIC has."},
    PlanWords{"nic-detach", "Take the NIC that nothing inside uses from the VM, live and persistent."},
    PlanWords{"reservation-fix", "Correct the DHCP reservation on the running network."},
    PlanWords{"autostart-on", "Let it start by itself after a reboot."},
};

} // namespace

QString planSentence(const QString &plan)
{
    for (const PlanWords &one : words)
        if (plan == QLatin1String(one.plan))
            return QString::fromLatin1(one.sentence);
    return {};
}

int planRank(const QString &plan)
{
    if (plan.isEmpty())
        return -1;
    for (std::size_t i = 0; i < words.size(); ++i)
        if (plan == QLatin1String(words[i].plan))
            return static_cast<int>(i);
    return static_cast<int>(words.size());
}

} // namespace tropo
