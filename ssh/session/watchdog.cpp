#include "ssh/session/watchdog.h"

#include <sys/socket.h>

namespace tropo {

using Clock = std::chrono::steady_clock;

Watchdog::Watchdog(int fd, std::chrono::milliseconds limit, const std::stop_token &stop)
    : m_fd(fd), m_left(limit), m_since(Clock::now()), m_thread([this, stop] { watch(stop); })
{
}

Watchdog::~Watchdog()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_done = true;
    }
    m_changed.notify_all();
}

void Watchdog::watch(const std::stop_token &stop)
{
    std::unique_lock lock(m_mutex);
    while (!m_done && !stop.stop_requested()) {
        const auto deadline = m_paused ? Clock::now() + std::chrono::hours(24) : m_since + m_left;
        if (Clock::now() >= deadline)
            break;
        const int turn = m_turn;
        m_changed.wait_until(lock, stop, deadline, [&] { return m_done || m_turn != turn; });
    }
    if (m_done)
        return;
    m_bitten = true;
    m_bite.request_stop();
    ::shutdown(m_fd, SHUT_RDWR);
}

bool Watchdog::hasBitten() const
{
    const std::scoped_lock lock(m_mutex);
    return m_bitten;
}

void Watchdog::pause()
{
    const std::scoped_lock lock(m_mutex);
    m_left -= std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - m_since);
    m_paused = true;
    ++m_turn;
    m_changed.notify_all();
}

void Watchdog::resume()
{
    const std::scoped_lock lock(m_mutex);
    m_since = Clock::now();
    m_paused = false;
    ++m_turn;
    m_changed.notify_all();
}

} // namespace tropo
