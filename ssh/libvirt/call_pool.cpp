#include "ssh/libvirt/call_pool.h"

#include <algorithm>

namespace tropo {

CallPool::~CallPool()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_changed.notify_all();
    for (std::thread &thread : m_threads)
        thread.join();
}

void CallPool::run(std::vector<std::function<void()>> jobs)
{
    std::unique_lock lock(m_mutex);
    m_unfinished += jobs.size();
    std::move(jobs.begin(), jobs.end(), std::back_inserter(m_jobs));
    while (m_threads.size() < std::min(m_limit, m_jobs.size()))
        m_threads.emplace_back([this] { work(); });
    m_changed.notify_all();
    m_changed.wait(lock, [this] { return m_unfinished == 0; });
}

void CallPool::work()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return m_ending || !m_jobs.empty(); });
        if (m_ending)
            return;
        const auto job = std::move(m_jobs.front());
        m_jobs.pop_front();
        lock.unlock();
        job();
        lock.lock();
        if (--m_unfinished == 0)
            m_changed.notify_all();
    }
}

} // namespace tropo
