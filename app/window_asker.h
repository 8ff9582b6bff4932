#pragma once

#include "ssh/session/ssh_session.h"

#include <QObject>

#include <condition_variable>
#include <deque>
#include <mutex>

namespace tropo {

/// Carries host key questions from the connecting threads to the window, and the answers back. A thread waits
/// for its answer until its own stop; the window never waits.
class WindowAsker : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /// What connecting threads call. Must not outlive this object, nor be under way when it goes: refuseAll()
    /// first.
    HostKeyAsker asker();
    void answer(const HostKeyQuestion &question, HostKeyAnswer answer);
    void refuseAll();

Q_SIGNALS:
    /// In this object's thread.
    void asked(const tropo::HostKeyQuestion &question);

private:
    struct Shared
    {
        std::mutex mutex;
        std::condition_variable_any changed;
        QList<std::pair<HostKeyQuestion, HostKeyAnswer>> answers;
        bool closed = false;
    };
    std::shared_ptr<Shared> m_shared = std::make_shared<Shared>();
};

} // namespace tropo
