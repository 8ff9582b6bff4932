#include "models/fleet/subject.h"
#include "models/story/linked.h"
#include "models/story/tellers.h"
#include "models/text/words.h"

namespace tropo {

using namespace Qt::StringLiterals;

namespace {

/// What two VMs share that belongs to one alone.
constexpr std::array shared{"guest-clone"_L1, "nic-mac-duplicate"_L1, "ip-duplicate"_L1,
                            "domain-duplicate"_L1, "disk-shared-writable"_L1};
/// What a copy still has of the VM that it was made from.
constexpr std::array kept{"guest-hostname-mismatch"_L1, "reservation-name-mismatch"_L1, "lease-mismatch"_L1};

/// The VMs that a finding speaks of.
QSet<QString> vmsOf(const Finding &finding)
{
    QSet<QString> vms;
    for (const QString &subject : QStringList{finding.subject} + finding.related)
        if (const QString vm = subject::vmOf(subject); !vm.isEmpty())
            vms.insert(vm);
    return vms;
}

QString nameOf(const QString &vm)
{
    return unescapedName(vm.section(u'/', 2, 2));
}

/// The VM of a pair whose inside still bears the other's name.
QString copyAmong(const StoryInput &input, const QStringList &vms)
{
    for (const QString &one : vms) {
        const VmView *vm = input.vms.value(one);
        if (!vm || !vm->domain->guest || !vm->domain->guest->system.hostname)
            continue;
        const QString hostname = vm->domain->guest->system.hostname->value.section(u'.', 0, 0);
        for (const QString &other : vms)
            if (other != one && nameOf(other).compare(hostname, Qt::CaseInsensitive) == 0 &&
                nameOf(one).compare(hostname, Qt::CaseInsensitive) != 0)
                return one;
    }
    return {};
}

QList<const Finding *> keptBy(const StoryInput &input, const QStringList &vms)
{
    QList<const Finding *> found;
    for (const QString &vm : vms)
        for (const Finding *finding : input.pool.at(vm))
            if (isOf(*finding, kept))
                found.append(finding);
    return found;
}

Draft tellCopies(const StoryInput &input, const QStringList &vms, const QList<const Finding *> &findings)
{
    const QString copy = copyAmong(input, vms);
    QStringList names;
    for (const QString &vm : vms)
        names.append(subject::machineName(vm));
    QStringList originals = names;
    if (!copy.isEmpty())
        originals.removeAt(vms.indexOf(copy));
    Draft draft("cloned-vm", copy.isEmpty() ? vms.front() : copy,
                copy.isEmpty()
                    ? QStringLiteral("%1 are copies of one VM").arg(listed(names))
                    : QStringLiteral("%1 is a copy of %2").arg(nameOf(copy), listed(originals, 4)));
    draft.add(findings);
    // A name of its own makes nothing a copy: it counts only beside something that two share.
    draft.add(keptBy(input, vms));
    draft.say(Chapter::Should,
              QStringLiteral("Two VMs share no MAC, no address, no machine id, no SSH host key and no "
                             "writable disk."));
    draft.guess(
        QStringLiteral("Probably %1 was made by copying %2, and what must be its own was not made new: MAC, "
                       "machine id, host keys, host name, files of its interfaces.")
            .arg(copy.isEmpty() ? QStringLiteral("one of them") : nameOf(copy),
                 copy.isEmpty() ? QStringLiteral("the other") : listed(originals)));
    draft.mend(
        {}, QStringLiteral(
                "Stop the copy; give it a MAC of its own; inside make machine-id and SSH host keys new, and "
                "set its own host name and address; then start it."));
    return draft;
}

} // namespace

QList<Draft> clonedVm(const StoryInput &input)
{
    QList<const Finding *> between;
    for (const Finding *finding : input.pool.of(shared))
        if (vmsOf(*finding).size() > 1)
            between.append(finding);
    QList<Draft> drafts;
    for (const Linked &group : linked(between, &vmsOf)) {
        QStringList vms(group.objects.begin(), group.objects.end());
        vms.sort();
        drafts.append(tellCopies(input, vms, group.findings));
    }
    return drafts;
}

} // namespace tropo
