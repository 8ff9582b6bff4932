#include "models/swarm/task_words.h"

#include <algorithm>
#include <array>
#include <utility>

namespace tropo {

namespace {

constexpr std::array<std::pair<QStringView, TaskState>, 14> states{{{u"new", TaskState::New},
                                                                    {u"pending", TaskState::Pending},
                                                                    {u"assigned", TaskState::Assigned},
                                                                    {u"accepted", TaskState::Accepted},
                                                                    {u"preparing", TaskState::Preparing},
                                                                    {u"ready", TaskState::Ready},
                                                                    {u"starting", TaskState::Starting},
                                                                    {u"running", TaskState::Running},
                                                                    {u"complete", TaskState::Complete},
                                                                    {u"shutdown", TaskState::Shutdown},
                                                                    {u"failed", TaskState::Failed},
                                                                    {u"rejected", TaskState::Rejected},
                                                                    {u"remove", TaskState::Remove},
                                                                    {u"orphaned", TaskState::Orphaned}}};

TaskState stateNamed(QStringView word)
{
    const auto it = std::find_if(states.begin(), states.end(), [word](const auto &state) {
        return state.first.compare(word, Qt::CaseInsensitive) == 0;
    });
    return it == states.end() ? TaskState::Unknown : it->second;
}

} // namespace

TaskNow taskNow(QStringView currentState)
{
    const QStringView text = currentState.trimmed();
    const qsizetype space = text.indexOf(u' ');
    if (space < 0)
        return {stateNamed(text), {}};
    return {stateNamed(text.first(space)), elapsedFrom(text.sliced(space + 1))};
}

WantedState wantedState(QStringView desiredState)
{
    const TaskState state = stateNamed(desiredState.trimmed());
    if (state == TaskState::Unknown)
        return WantedState::Unknown;
    if (state == TaskState::Running)
        return WantedState::Running;
    if (state == TaskState::Complete)
        return WantedState::Complete;
    return state < TaskState::Running ? WantedState::Prepared : WantedState::Stopped;
}

} // namespace tropo
