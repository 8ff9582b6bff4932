#pragma once

#include <QElapsedTimer>
#include <QTimer>

namespace tropo {

/// Measures the longest time between two turns of the event loop, which is how long the window does not
/// answer, by a timer that should fire every few milliseconds. Only where logging of "troposcope.loop" is
/// turned on, or where it is asked to.
class LoopWatch : public QObject
{
public:
    explicit LoopWatch(bool always = false);
    ~LoopWatch() override;

    qint64 longestMilliseconds() const { return m_longest; }

private:
    void turn();

    QTimer m_timer;
    QElapsedTimer m_since;
    qint64 m_longest = 0;
};

} // namespace tropo
