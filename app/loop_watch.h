#pragma once

#include <QAbstractEventDispatcher>
#include <QElapsedTimer>

namespace tropo {

/// Measures how long the event loop's turns last, since a turn is how long the window does not answer. Tells
/// the longest one when it goes, where logging of "troposcope.loop" is turned on.
class LoopWatch : public QObject
{
public:
    LoopWatch();
    ~LoopWatch() override;

    qint64 longestMilliseconds() const { return m_longest; }

private:
    QElapsedTimer m_turn;
    qint64 m_longest = 0;
    qint64 m_turns = 0;
};

} // namespace tropo
