#include "app/loop_watch.h"

#include <QLoggingCategory>

namespace tropo {

Q_LOGGING_CATEGORY(loopLog, "troposcope.loop", QtWarningMsg)

LoopWatch::LoopWatch()
{
    QAbstractEventDispatcher *dispatcher = QAbstractEventDispatcher::instance();
    connect(dispatcher, &QAbstractEventDispatcher::awake, this, [this] { m_turn.start(); });
    connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, [this] {
        if (!m_turn.isValid())
            return;
        ++m_turns;
        if (m_turn.elapsed() > m_longest) {
            m_longest = m_turn.elapsed();
            qCDebug(loopLog) << "a turn of" << m_longest << "ms, number" << m_turns;
        }
    });
}

LoopWatch::~LoopWatch()
{
    qCDebug(loopLog) << "longest turn" << m_longest << "ms of" << m_turns;
}

} // namespace tropo
