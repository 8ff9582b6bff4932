#pragma once

#include <QDateTime>
#include <QString>

#include <chrono>

namespace tropo {

enum class SourceState { Waiting, Connecting, Reading, Done, Failed, Cancelled };

/// How far the reading of one source is.
struct SourceProgress
{
    QString hypervisor;
    QString source; ///< "libvirt", "host", "guest NAME"
    SourceState state = SourceState::Waiting;
    QString message;                   ///< what it does, or why it failed, as a sentence
    QDateTime since;                   ///< when this state began
    std::chrono::milliseconds took{0}; ///< of the whole reading, once it ended

    bool operator==(const SourceProgress &) const = default;
    bool ended() const { return state >= SourceState::Done; }
};

} // namespace tropo
