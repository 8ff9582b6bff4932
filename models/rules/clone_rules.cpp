#include "models/rules/clone_rules.h"
#include "models/fleet/domain_words.h"

#include "models/rules/about.h"
#include "models/rules/known_list.h"
#include "models/rules/shared_keys.h"

#include <QHash>
#include <QSet>

#include <algorithm>

namespace tropo {

namespace {

/// VMs by subject, so that what is said of several does not depend on the order of reading.
QList<const VmView *> sortedVms(const VmIndex &index)
{
    QList<const VmView *> vms;
    for (const VmView &vm : index.vms())
        vms.append(&vm);
    std::stable_sort(vms.begin(), vms.end(),
                     [](const VmView *a, const VmView *b) { return a->subject < b->subject; });
    return vms;
}

QList<QList<const VmView *>> groupsOf(const QList<const VmView *> &vms, const QList<QStringList> &keys)
{
    QList<QList<const VmView *>> groups;
    for (const QList<int> &members : groupsSharing(keys)) {
        QList<const VmView *> group;
        for (int member : members)
            group.append(vms[member]);
        groups.append(group);
    }
    return groups;
}

QStringList relatedOf(const QList<const VmView *> &group)
{
    QStringList related;
    for (const VmView *vm : group.mid(1))
        related.append(vm->subject);
    return related;
}

QString stateText(DomainState state)
{
    const QString text = domainStateText(state);
    return text.isEmpty() ? QStringLiteral("state not known") : text;
}

} // namespace

QList<QList<const VmView *>> duplicateDomains(const VmIndex &index)
{
    const QList<const VmView *> vms = sortedVms(index);
    QList<QStringList> keys;
    for (const VmView *vm : vms) {
        QStringList own{QLatin1String("name ") + vm->domain->name};
        if (!vm->domain->uuid.isEmpty())
            own.append(QLatin1String("uuid ") + vm->domain->uuid.toLower());
        keys.append(own);
    }
    QList<QList<const VmView *>> groups = groupsOf(vms, keys);
    groups.removeIf([](const QList<const VmView *> &group) {
        return std::all_of(group.begin(), group.end(),
                           [&](const VmView *vm) { return vm->hypervisor == group.first()->hypervisor; });
    });
    return groups;
}

namespace {

/// Whether a VM is on its way: it runs at one end and waits at the other, not kept there yet.
bool isMoving(const QList<const VmView *> &group)
{
    const auto count = [&](auto is) { return std::count_if(group.begin(), group.end(), is); };
    const QString uuid = group.first()->domain->uuid;
    return !uuid.isEmpty() &&
           count([&](const VmView *vm) { return vm->domain->uuid == uuid; }) == group.size() &&
           count([](const VmView *vm) { return vm->domain->isRunning(); }) == 1 &&
           count([](const VmView *vm) {
               return vm->domain->state == DomainState::Paused && vm->domain->persistent == false;
           }) == group.size() - 1;
}

/// What the members of a group share: "name and UUID".
QString sharedWords(const QList<const VmView *> &group)
{
    QSet<QString> names;
    QSet<QString> uuids;
    for (const VmView *vm : group) {
        names.insert(vm->domain->name);
        uuids.insert(vm->domain->uuid.toLower());
    }
    const bool oneUuid = uuids.size() == 1 && !uuids.contains(QString());
    if (names.size() == 1 && oneUuid)
        return QStringLiteral("name and UUID");
    if (names.size() == 1)
        return QStringLiteral("name");
    return oneUuid ? QStringLiteral("UUID") : QStringLiteral("name or UUID");
}

} // namespace

QList<Finding> domainDuplicate(const RuleInput &input)
{
    QList<Finding> findings;
    for (const QList<const VmView *> &group : duplicateDomains(input.index)) {
        QStringList places;
        QList<Source> sources;
        qsizetype running = 0;
        for (const VmView *vm : group) {
            running += vm->domain->isRunning() ? 1 : 0;
            places.append(QStringLiteral("%1 on %2 (%3)")
                              .arg(vm->domain->name, vm->hypervisor->name, stateText(vm->domain->state)));
            sources.append(vm->domain->source);
        }
        QString message =
            QStringLiteral("%1 VMs have one %2: %3.")
                .arg(QString::number(group.size()), sharedWords(group), someOf(places, QStringLiteral(", ")));
        if (running > 1)
            message +=
                QStringLiteral(" %1 of them run at once, which is worse than two definitions.").arg(running);
        Finding finding = about(group.first()->subject, message, sources, relatedOf(group));
        if (isMoving(group))
            finding.sighting = Sighting::Once;
        findings.append(finding);
    }
    return findings;
}

namespace {

/// 32 hex digits that are not all one: what an image is shipped with counts as none.
bool isMachineId(const QString &text)
{
    const bool isHex = std::all_of(text.begin(), text.end(), [](QChar c) {
        return c.isDigit() || (c.toLower() >= u'a' && c.toLower() <= u'f');
    });
    return isHex && text.size() == 32 && text.count(text[0]) != text.size();
}

QStringList identitiesOf(const Machine &machine)
{
    QStringList keys;
    if (machine.machineId && isMachineId(machine.machineId->value.trimmed()))
        keys.append(QLatin1String("machine-id ") + machine.machineId->value.trimmed().toLower());
    for (const SshHostKey &key : readOf(machine.sshHostKeys))
        if (!key.key.isEmpty())
            keys.append(QStringLiteral("%1 key %2").arg(key.type, key.key));
    keys.removeDuplicates();
    return keys;
}

/// Names what at least two of a group share, and gathers where it stands.
QString sharedIdentities(const QList<const VmView *> &group, QList<Source> &sources)
{
    QHash<QString, int> counts;
    for (const VmView *vm : group)
        for (const QString &key : identitiesOf(vm->domain->guest->system))
            ++counts[key];
    QStringList words;
    QSet<QString> types;
    for (auto it = counts.cbegin(); it != counts.cend(); ++it) {
        if (*it < 2)
            continue;
        if (it.key().startsWith(QLatin1String("machine-id ")))
            words.append(it.key());
        else
            types.insert(it.key().section(u' ', 0, 0));
    }
    words.sort();
    if (!types.isEmpty()) {
        QStringList sorted = types.values();
        sorted.sort();
        words.append(QStringLiteral("SSH host key (%1)").arg(someOf(sorted, QStringLiteral(", "))));
    }
    for (const VmView *vm : group) {
        const Machine &machine = vm->domain->guest->system;
        if (machine.machineId)
            sources.append(machine.machineId->source);
        for (const SshHostKey &key : readOf(machine.sshHostKeys))
            if (counts.value(QStringLiteral("%1 key %2").arg(key.type, key.key)) > 1)
                sources.append(key.source);
    }
    return someOf(words, QStringLiteral(" and "));
}

/// Whether the group is one VM that stands on several hypervisors.
bool isOneVm(const QList<const VmView *> &group, const QHash<QString, qsizetype> &duplicateOf)
{
    const qsizetype first = duplicateOf.value(group.first()->subject, -1);
    return first >= 0 && std::all_of(group.begin(), group.end(), [&](const VmView *vm) {
               return duplicateOf.value(vm->subject, -1) == first;
           });
}

} // namespace

QList<Finding> guestClone(const RuleInput &input)
{
    QHash<QString, qsizetype> duplicateOf;
    const auto duplicates = duplicateDomains(input.index);
    for (qsizetype i = 0; i < duplicates.size(); ++i)
        for (const VmView *vm : duplicates[i])
            duplicateOf.insert(vm->subject, i);
    const QList<const VmView *> vms = sortedVms(input.index);
    QList<QStringList> keys;
    for (const VmView *vm : vms)
        keys.append(vm->domain->guest ? identitiesOf(vm->domain->guest->system) : QStringList());
    QList<Finding> findings;
    for (const QList<const VmView *> &group : groupsOf(vms, keys)) {
        if (isOneVm(group, duplicateOf))
            continue;
        QStringList places;
        for (const VmView *vm : group)
            places.append(QStringLiteral("%1 on %2").arg(vm->domain->name, vm->hypervisor->name));
        QList<Source> sources;
        const QString shared = sharedIdentities(group, sources);
        findings.append(
            about(group.first()->subject,
                  QStringLiteral("%1 have one %2: all but one are clones that were not given their own.")
                      .arg(someOf(places, QStringLiteral(", ")), shared),
                  sources, relatedOf(group)));
    }
    return findings;
}

} // namespace tropo
