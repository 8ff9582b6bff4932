#include "models/rules/families.h"

#include "models/rules/container_rules.h"

namespace tropo {

std::vector<Rule> containerFamily()
{
    return {
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

} // namespace tropo
