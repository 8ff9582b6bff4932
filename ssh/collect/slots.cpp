#include "ssh/collect/slots.h"

#include <algorithm>
#include <utility>

namespace tropo {

std::size_t Slots::counted(Clock::time_point now) const
{
    return static_cast<std::size_t>(
        std::count_if(m_holders.cbegin(), m_holders.cend(), [&](const Holder &holder) {
            return holder.connected || now - holder.since < m_patience;
        }));
}

std::unique_ptr<Slots::Place> Slots::take(const std::stop_token &stop)
{
    constexpr std::size_t most = 4;
    std::unique_lock lock(m_mutex);
    while (!stop.stop_requested()) {
        const auto now = Clock::now();
        if (counted(now) < m_limit && m_holders.size() < most * m_limit)
            return std::make_unique<Place>(shared_from_this(),
                                           m_holders.insert(m_holders.end(), {now, false}));
        auto next = now + std::chrono::hours(1);
        for (const Holder &holder : m_holders)
            if (!holder.connected && holder.since + m_patience > now)
                next = std::min(next, holder.since + m_patience);
        bool changed = false;
        // A spurious return looks again; only a stop or a time that has come ends the wait otherwise.
        m_changed.wait_until(lock, stop, next, [&] { return std::exchange(changed, true); });
    }
    return {};
}

Slots::Place::~Place()
{
    {
        const std::lock_guard lock(m_slots->m_mutex);
        m_slots->m_holders.erase(m_holder);
    }
    m_slots->m_changed.notify_all();
}

void Slots::Place::setConnected()
{
    const std::lock_guard lock(m_slots->m_mutex);
    m_holder->connected = true;
}

} // namespace tropo
