#pragma once

#include "models/text/docker_age.h"

namespace tropo {

/// How far a Swarm task is, in the order of its life (docs.docker.com, "Swarm task states").
enum class TaskState {
    Unknown,
    New,
    Pending,
    Assigned,
    Accepted,
    Preparing,
    Ready,
    Starting,
    Running,
    Complete,
    Shutdown,
    Failed,
    Rejected,
    Remove,
    Orphaned,
};

/// What its manager wants of a task.
enum class WantedState {
    Unknown,
    Prepared, ///< "Ready": to be held ready, until it may start
    Running,
    Complete, ///< a job's: to run to its end
    Stopped,  ///< "Shutdown", "Remove"
};

struct TaskNow
{
    TaskState state = TaskState::Unknown;
    std::optional<Elapsed> since; ///< how long it has been so

    bool operator==(const TaskNow &) const = default;
    bool isOnItsWay() const { return state >= TaskState::New && state <= TaskState::Starting; }
    bool hasFailed() const { return state == TaskState::Failed || state == TaskState::Rejected; }
};

/// "Running 4 weeks ago", "Preparing about a minute ago".
TaskNow taskNow(QStringView currentState);
/// "Running", "Shutdown", …
WantedState wantedState(QStringView desiredState);

} // namespace tropo
