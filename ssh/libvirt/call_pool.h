#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace tropo {

/// A few threads that take jobs in order. One owner: `run` and the destructor belong to one thread.
class CallPool
{
public:
    explicit CallPool(int threads) : m_limit(static_cast<std::size_t>(threads < 1 ? 1 : threads)) {}
    ~CallPool();
    CallPool(const CallPool &) = delete;
    CallPool &operator=(const CallPool &) = delete;

    /// Does all the jobs and returns when the last has ended. Threads are made as jobs need them, and kept.
    void run(std::vector<std::function<void()>> jobs);

private:
    void work();

    const std::size_t m_limit;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<std::function<void()>> m_jobs;
    std::size_t m_unfinished = 0;
    bool m_ending = false;
    std::vector<std::thread> m_threads;
};

} // namespace tropo
