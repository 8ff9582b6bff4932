#pragma once

#include "models/evidence/harvest.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>

namespace tropo {

/// What a reading under way has so far; shared by the threads that read and the one that waits for them.
/// Once taken, what still comes in is dropped. Thread-safe.
class Reading
{
public:
    using Clock = std::chrono::steady_clock;
    using Milliseconds = std::chrono::milliseconds;

    explicit Reading(const QString &hypervisor);
    static Milliseconds since(Clock::time_point started)
    {
        return std::chrono::duration_cast<Milliseconds>(Clock::now() - started);
    }

    /// `path` is below the hypervisor's folder: "libvirt/version.txt".
    void store(const QString &path, QByteArray text, Milliseconds took);
    /// `path` as in store(), or "libvirt" for the reading as a whole.
    void fail(const QString &path, const QString &message);
    void setOpened();
    void setDomains(const QStringList &names);
    void countCalls(int calls);
    bool taken() const;
    bool opened() const;
    /// An answer has come that is no document yet.
    void answered();
    /// Domains and networks are there; what follows, the storage, has a limit of its own.
    void setStorageBegun();
    /// No further document will come.
    void setComplete();
    /// The connection has been closed as well.
    void setClosed();

    enum class End { Complete, Stopped, NotOpened, Silent, StorageLate };
    struct Limits
    {
        Milliseconds toOpen;
        Milliseconds silence; ///< from one answer to the next
        Milliseconds storage; ///< for all of it
    };
    /// Waits for the end of the reading, or until nothing has come for longer than the limits.
    End wait(const std::stop_token &stop, const Limits &limits);
    /// Waits a little for the last threads; false when they are still at it.
    bool waitClosed(Milliseconds limit);
    Harvest take(int &calls);

private:
    void moved() { m_last = Clock::now(); }
    Clock::time_point deadline(const Limits &limits) const;
    End lateEnd() const;

    mutable std::mutex m_mutex;
    std::condition_variable_any m_changed;
    Harvest m_harvest;
    qint64 m_bytes = 0;
    int m_calls = 0;
    Clock::time_point m_last = Clock::now();
    std::optional<Clock::time_point> m_storageBegun;
    bool m_opened = false;
    bool m_complete = false;
    bool m_closed = false;
    bool m_taken = false;
};

} // namespace tropo
