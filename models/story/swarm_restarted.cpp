#include "models/fleet/subject.h"
#include "models/story/linked.h"
#include "models/story/tellers.h"
#include "models/text/words.h"

namespace tropo {

using namespace Qt::StringLiterals;

namespace {

/// Copies and what no Swarm wants come first, then what goes with them.
constexpr std::array rules{"container-task-duplicate"_L1, "container-over-replicas"_L1,
                           "container-not-wanted"_L1,     "container-orphan"_L1,
                           "container-duplicate"_L1,      "container-restarted-apart"_L1,
                           "container-unhealthy"_L1,      "container-port-clash"_L1,
                           "container-node-down"_L1,      "container-not-running"_L1};
constexpr RuleSet copies = RuleSet(rules).first(5);

/// The containers and services that a finding speaks of. That two findings share their VM is no common
/// cause.
QSet<QString> objectsOf(const Finding &finding)
{
    QSet<QString> objects{finding.subject};
    for (const QString &subject : QStringList{finding.subject} + finding.related) {
        const QString kind = subject.section(u'/', 3, 3);
        if (kind != "container"_L1 && kind != "service"_L1)
            continue;
        objects.insert(subject);
        // A task's container is NAME.SLOT.TASKID.
        const QString name = subject.section(u'/', 4);
        if (kind == "container"_L1 && name.count(u'.') == 2)
            objects.insert(subject::service(subject::vmOf(subject), unescapedName(name.section(u'.', 0, 0))));
    }
    return objects;
}

QStringList enginesOf(const Linked &trouble)
{
    QStringList vms;
    for (const QString &object : trouble.objects)
        if (const QString vm = subject::vmOf(object); !vm.isEmpty() && !vms.contains(vm))
            vms.append(vm);
    vms.sort();
    return vms;
}

/// What the worst of them is about: it is in no other story of this kind.
QString subjectOf(const Linked &trouble)
{
    const auto worst = std::min_element(
        trouble.findings.begin(), trouble.findings.end(), [](const Finding *a, const Finding *b) {
            return std::tie(b->severity, a->subject) < std::tie(a->severity, b->subject);
        });
    return (*worst)->subject;
}

QString titleOf(const Draft &draft, const QStringList &engines)
{
    QStringList names;
    for (const QString &vm : engines)
        names.append(unescapedName(vm.section(u'/', 2, 2)));
    const QString where = listed(names, 4);
    if (!draft.of(copies).isEmpty())
        return QStringLiteral("Containers run more often than wanted on %1").arg(where);
    return QStringLiteral("Something restarted containers on %1").arg(where);
}

void guess(Draft &draft)
{
    const bool several = draft.has("container-task-duplicate"_L1) || draft.has("container-over-replicas"_L1);
    const bool apart = draft.has("container-restarted-apart"_L1);
    if (draft.has("container-node-down"_L1))
        draft.guess(
            QStringLiteral("Probably a node lost its manager: Swarm takes it for down and starts its tasks "
                           "elsewhere, while its containers run on."));
    else if (several && apart)
        draft.guess(QStringLiteral(
            "Probably Swarm started tasks anew that it took for dead, and the old ones ran on: "
            "the containers of one stack are of different ages."));
    else if (several)
        draft.guess(QStringLiteral(
            "Probably a node lost its manager for a while and Swarm started its tasks elsewhere, "
            "or a task's container was restarted by hand (docker restart, Portainer)."));
    else if (draft.has("container-orphan"_L1) || draft.has("container-not-wanted"_L1))
        draft.guess(QStringLiteral(
            "Probably the containers are left from a service or a node that its Swarm no longer "
            "knows."));
    else if (apart)
        draft.guess(
            QStringLiteral("Probably a health check or a lost manager made Swarm start some of them anew."));
}

} // namespace

QList<Draft> swarmRestarted(const StoryInput &input)
{
    QList<Draft> drafts;
    for (const Linked &trouble : linked(input.pool.of(rules), &objectsOf)) {
        if (trouble.findings.size() < 2)
            continue;
        const QStringList engines = enginesOf(trouble);
        Draft draft("swarm-restarted", subjectOf(trouble), {});
        draft.add(trouble.findings);
        draft.entitle(titleOf(draft, engines));
        guess(draft);
        if (draft.has("container-task-duplicate"_L1) || draft.has("container-over-replicas"_L1))
            draft.say(Chapter::Should,
                      QStringLiteral("A Swarm runs each slot of a service once, save for a moment during an "
                                     "update."));
        drafts.append(draft);
    }
    return drafts;
}

} // namespace tropo
