#include "ssh/libvirt/event_loop.h"

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include <chrono>
#include <list>
#include <mutex>
#include <thread>
#include <vector>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace tropo {

namespace {

using Clock = std::chrono::steady_clock;

struct Watch
{
    int id = 0;
    int fd = -1; ///< -1: a timer
    int events = 0;
    std::chrono::milliseconds every{-1}; ///< below 0: switched off
    Clock::time_point next;
    virEventHandleCallback ready = nullptr;
    virEventTimeoutCallback due = nullptr;
    void *opaque = nullptr;
    virFreeCallback release = nullptr;
    bool removed = false;
};

/// Callbacks run without the lock, as they add and remove watches; a removed watch is released by the loop's
/// own thread, as libvirt wants it outside the call that removes it.
class EventLoop
{
public:
    EventLoop() : m_wake(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

    int add(Watch watch)
    {
        const std::lock_guard lock(m_mutex);
        watch.id = m_nextId++;
        watch.next = Clock::now() + watch.every;
        m_watches.push_back(watch);
        wake();
        return watch.id;
    }

    void update(int id, int events, int every)
    {
        const std::lock_guard lock(m_mutex);
        if (Watch *watch = find(id)) {
            watch->events = events;
            watch->every = std::chrono::milliseconds(every);
            watch->next = Clock::now() + watch->every;
            wake();
        }
    }

    int remove(int id)
    {
        const std::lock_guard lock(m_mutex);
        Watch *watch = find(id);
        if (!watch)
            return -1;
        watch->removed = true;
        wake();
        return 0;
    }

    [[noreturn]] void run()
    {
        for (;;) {
            releaseRemoved();
            std::vector<pollfd> polled;
            std::vector<int> ids;
            const int wait = prepare(polled, ids);
            poll(polled.data(), polled.size(), wait);
            drain();
            for (std::size_t i = 1; i < polled.size(); ++i)
                if (polled[i].revents != 0)
                    callReady(ids[i - 1], polled[i].revents);
            callDue();
        }
    }

private:
    Watch *find(int id)
    {
        for (Watch &watch : m_watches)
            if (watch.id == id && !watch.removed)
                return &watch;
        return nullptr;
    }

    void wake() const
    {
        const std::uint64_t one = 1;
        [[maybe_unused]] const auto written = write(m_wake, &one, sizeof one);
    }

    void drain() const
    {
        std::uint64_t count = 0;
        [[maybe_unused]] const auto got = read(m_wake, &count, sizeof count);
    }

    static short toPoll(int events)
    {
        int flags = 0;
        if (events & VIR_EVENT_HANDLE_READABLE)
            flags |= POLLIN;
        if (events & VIR_EVENT_HANDLE_WRITABLE)
            flags |= POLLOUT;
        return static_cast<short>(flags);
    }

    static int fromPoll(short events)
    {
        int flags = 0;
        if (events & POLLIN)
            flags |= VIR_EVENT_HANDLE_READABLE;
        if (events & POLLOUT)
            flags |= VIR_EVENT_HANDLE_WRITABLE;
        if (events & (POLLERR | POLLNVAL))
            flags |= VIR_EVENT_HANDLE_ERROR;
        if (events & POLLHUP)
            flags |= VIR_EVENT_HANDLE_HANGUP;
        return flags;
    }

    /// What to poll, and how long in milliseconds (-1: until something comes).
    int prepare(std::vector<pollfd> &polled, std::vector<int> &ids)
    {
        const std::lock_guard lock(m_mutex);
        polled.push_back({m_wake, POLLIN, 0});
        int wait = -1;
        for (const Watch &watch : m_watches) {
            if (watch.fd >= 0) {
                if (watch.events == 0)
                    continue;
                polled.push_back({watch.fd, toPoll(watch.events), 0});
                ids.push_back(watch.id);
            } else if (watch.every.count() >= 0) {
                const auto left =
                    std::chrono::ceil<std::chrono::milliseconds>(watch.next - Clock::now()).count();
                const int needed = left < 0 ? 0 : static_cast<int>(left);
                wait = wait < 0 ? needed : std::min(wait, needed);
            }
        }
        return wait;
    }

    void callReady(int id, short events)
    {
        std::unique_lock lock(m_mutex);
        if (const Watch *watch = find(id)) {
            const Watch copy = *watch;
            lock.unlock();
            copy.ready(copy.id, copy.fd, fromPoll(events), copy.opaque);
        }
    }

    void callDue()
    {
        std::unique_lock lock(m_mutex);
        const auto now = Clock::now();
        std::vector<int> due;
        for (Watch &watch : m_watches)
            if (watch.fd < 0 && !watch.removed && watch.every.count() >= 0 && watch.next <= now) {
                watch.next = now + watch.every;
                due.push_back(watch.id);
            }
        for (const int id : due)
            if (const Watch *watch = find(id)) {
                const Watch copy = *watch;
                lock.unlock();
                copy.due(copy.id, copy.opaque);
                lock.lock();
            }
    }

    void releaseRemoved()
    {
        std::list<Watch> gone;
        {
            const std::lock_guard lock(m_mutex);
            for (auto it = m_watches.begin(); it != m_watches.end();) {
                const auto next = std::next(it);
                if (it->removed)
                    gone.splice(gone.end(), m_watches, it);
                it = next;
            }
        }
        for (const Watch &watch : gone)
            if (watch.release)
                watch.release(watch.opaque);
    }

    std::mutex m_mutex;
    std::list<Watch> m_watches;
    int m_nextId = 1;
    int m_wake;
};

/// Never destroyed: its thread runs as long as the process.
EventLoop &loop()
{
    static EventLoop *theLoop = new EventLoop;
    return *theLoop;
}

int addHandle(int fd, int events, virEventHandleCallback ready, void *opaque, virFreeCallback release)
{
    Watch watch;
    watch.fd = fd;
    watch.events = events;
    watch.ready = ready;
    watch.opaque = opaque;
    watch.release = release;
    return loop().add(watch);
}

int addTimeout(int every, virEventTimeoutCallback due, void *opaque, virFreeCallback release)
{
    Watch watch;
    watch.every = std::chrono::milliseconds(every);
    watch.due = due;
    watch.opaque = opaque;
    watch.release = release;
    return loop().add(watch);
}

} // namespace

void startLibvirtEvents()
{
    static std::once_flag once;
    std::call_once(once, [] {
        virInitialize();
        virSetErrorFunc(nullptr, [](void *, virErrorPtr) {});
        virEventRegisterImpl(
            addHandle, [](int id, int events) { loop().update(id, events, -1); },
            [](int id) { return loop().remove(id); }, addTimeout,
            [](int id, int every) { loop().update(id, 0, every); }, [](int id) { return loop().remove(id); });
        std::thread([] { loop().run(); }).detach();
    });
}

} // namespace tropo
