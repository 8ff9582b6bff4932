#include "models/rules/families.h"

#include "models/rules/container_rules.h"
#include "models/rules/swarm_rules.h"

namespace tropo {

namespace {

std::vector<Rule> swarmRules()
{
    return {
        {"container-task-duplicate", Severity::Error, "A Swarm task that runs more than once",
         "The same Swarm service and slot runs more than once, in one engine or across the fleet. While its "
         "manager updates the service, that is normal.",
         "docker ps, inspect, the managers' lists of services, tasks and nodes",
         "Two copies serve, write and answer at once; data may be written twice.",
         plans({"container-remove-duplicates"}), &containerTaskDuplicate},
        {"container-over-replicas", Severity::Error, "More replicas than a service asks for",
         "More places of a Swarm service run than it asks for.",
         "docker ps, inspect, the managers' lists of services, tasks and nodes",
         "More copies serve and write than anybody asked for.", plans({"container-remove-duplicates"}),
         &containerOverReplicas},
        {"container-orphan", Severity::Warning, "A container that its Swarm does not know",
         "A running container is labelled with a service, task or node that its Swarm does not know, or that "
         "it has elsewhere.",
         "docker ps, inspect, the managers' lists of services, tasks and nodes",
         "Swarm neither counts it nor stops it: it runs, answers and writes until somebody removes it.",
         plans({"container-remove-duplicates"}), &containerOrphan},
        {"container-not-wanted", Severity::Warning, "A task that should have stopped",
         "A Swarm task still runs, though its manager wants it stopped and nothing takes its place.",
         "docker ps, inspect, the managers' lists of services and tasks",
         "It goes on serving and writing although it was scaled away, replaced or removed.",
         plans({"container-remove-duplicates"}), &containerNotWanted},
        {"container-not-running",
         Severity::Warning,
         "A task that should run and does not",
         "A Swarm manager wants a task that runs nowhere: it waits, fails, or is counted where no container "
         "of it runs.",
         "docker ps, inspect, the managers' lists of services and tasks",
         "The service works with fewer replicas than it asks for, or not at all.",
         {},
         &containerNotRunning},
        {"container-node-down",
         Severity::Warning,
         "An engine that its Swarm does not hear",
         "An engine runs tasks, but its Swarm's manager calls its node down, or no longer has it.",
         "docker ps, info, the managers' list of nodes",
         "Swarm starts its tasks elsewhere as well, so that they run twice.",
         {},
         &containerNodeDown},
    };
}

std::vector<Rule> plainRules()
{
    return {
        {"container-duplicate", Severity::Warning, "Containers that do the same",
         "The same command of the same image runs more than once on one VM, and no service, Compose project "
         "or "
         "number of replicas explains it. Other volumes or other published ports are an explanation.",
         "docker ps, inspect", "They do the same work twice, or one of them is forgotten and grows old.",
         plans({"container-remove-duplicates"}), &containerDuplicate},
        {"container-image-shared",
         Severity::Info,
         "Different services on one image",
         "Two different services run the same image. They are not duplicates.",
         "docker ps, inspect",
         "Nothing: said so that they are not taken for copies.",
         {},
         &containerImageShared},
        {"container-unhealthy",
         Severity::Warning,
         "A container that is not well",
         "A container is unhealthy, restarts again and again, is dead, or has not passed its health check "
         "for "
         "half an hour.",
         "docker ps, inspect",
         "What it serves does not work, or soon will not.",
         {},
         &containerUnhealthy},
        {"container-restarted-apart",
         Severity::Info,
         "Parts of one stack that started far apart",
         "Services of one stack have been up for times that differ by more than a day.",
         "docker ps, inspect",
         "Nothing by itself: something restarted the younger ones, and may again.",
         {},
         &containerRestartedApart},
        {"container-port-clash",
         Severity::Warning,
         "Two containers on one port",
         "Two containers of one VM publish the same port on the same address.",
         "docker ps, inspect",
         "Only one of them can have it: after a restart of the engine it may be the other one.",
         {},
         &containerPortClash},
        {"container-os-eol",
         Severity::Warning,
         "An image past its end of life",
         "The base system inside a container is past its end of life, at the time of the capture.",
         "os-release or redhat-release inside the container, the bundled table",
         "No security updates.",
         {},
         &containerOsEol},
        {"container-image-latest",
         Severity::Info,
         "An image whose name does not tell what runs",
         "A container runs :latest, an image without a tag, or one whose tag has moved to another image. One "
         "that is pinned by its digest is fine.",
         "docker ps, inspect",
         "The next pull may bring another version, and nobody can tell which one runs now.",
         {},
         &containerImageLatest},
    };
}

} // namespace

std::vector<Rule> containerFamily()
{
    std::vector<Rule> rules = swarmRules();
    for (const Rule &rule : plainRules())
        rules.push_back(rule);
    return rules;
}

} // namespace tropo
