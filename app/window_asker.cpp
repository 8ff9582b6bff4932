#include "app/window_asker.h"

#include <QPointer>

#include <algorithm>

namespace tropo {

HostKeyAsker WindowAsker::asker()
{
    return [shared = m_shared, self = QPointer<WindowAsker>(this)](const HostKeyQuestion &question,
                                                                   const std::stop_token &stop) {
        const auto known = [&] {
            return std::find_if(shared->answers.begin(), shared->answers.end(),
                                [&](const auto &answer) { return answer.first == question; });
        };
        std::unique_lock lock(shared->mutex);
        // A machine reached twice is asked about once.
        if (known() == shared->answers.end() && self)
            QMetaObject::invokeMethod(self, [self, question] {
                if (self)
                    Q_EMIT self->asked(question);
            });
        shared->changed.wait(lock, stop, [&] { return shared->closed || known() != shared->answers.end(); });
        const auto answer = known();
        return answer == shared->answers.end() ? HostKeyAnswer::Refuse : answer->second;
    };
}

void WindowAsker::answer(const HostKeyQuestion &question, HostKeyAnswer answer)
{
    const std::scoped_lock lock(m_shared->mutex);
    m_shared->answers.append({question, answer});
    m_shared->changed.notify_all();
}

void WindowAsker::refuseAll()
{
    const std::scoped_lock lock(m_shared->mutex);
    m_shared->closed = true;
    m_shared->changed.notify_all();
}

} // namespace tropo
