#include "app/loop_watch.h"

#include <QLoggingCategory>

namespace tropo {

Q_LOGGING_CATEGORY(loopLog, "troposcope.loop", QtWarningMsg)

LoopWatch::LoopWatch(bool always)
{
    if (!always && !loopLog().isDebugEnabled())
        return;
    constexpr int everyMilliseconds = 5;
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(everyMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, &LoopWatch::turn);
    m_timer.start();
    m_since.start();
}

void LoopWatch::turn()
{
    const qint64 gap = m_since.restart();
    if (gap <= m_longest)
        return;
    m_longest = gap;
    qCDebug(loopLog) << "longest time between two turns so far:" << gap << "ms";
}

LoopWatch::~LoopWatch() = default;

} // namespace tropo
