#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

namespace tropo {

/// Shuts a socket down when a limit passes or a stop is asked for, so that a library waiting on it returns.
class Watchdog
{
public:
    Watchdog(int fd, std::chrono::milliseconds limit, const std::stop_token &stop);
    ~Watchdog();
    Watchdog(const Watchdog &) = delete;
    Watchdog &operator=(const Watchdog &) = delete;

    bool hasBitten() const;
    /// Asked for when it bites: for what waits on something other than the socket.
    std::stop_token stopToken() const { return m_bite.get_token(); }
    /// Time that a person takes to answer is not the machine's.
    void pause();
    void resume();

private:
    void watch(const std::stop_token &stop);

    int m_fd;
    std::chrono::milliseconds m_left;
    std::chrono::steady_clock::time_point m_since;
    mutable std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::stop_source m_bite;
    bool m_done = false;
    bool m_paused = false;
    int m_turn = 0; ///< counts pauses and resumes, so that the watching thread misses none
    bool m_bitten = false;
    std::jthread m_thread;
};

} // namespace tropo
