#pragma once

#include <chrono>
#include <condition_variable>
#include <list>
#include <memory>
#include <mutex>
#include <stop_token>
#include <utility>

namespace tropo {

/// How many readings run at once. One that has not connected within `patience` gives its place up while it
/// goes on waiting, so that dead machines keep no living one out; four times as many in all is the bound.
/// Thread-safe.
class Slots : public std::enable_shared_from_this<Slots>
{
public:
    using Milliseconds = std::chrono::milliseconds;
    using Clock = std::chrono::steady_clock;

    Slots(int limit, Milliseconds patience)
        : m_limit(limit < 1 ? 1 : std::size_t(limit)), m_patience(patience)
    {
    }

    class Place; ///< given back when it goes

    /// Blocks until there is a place; nothing when stopped before.
    std::unique_ptr<Place> take(const std::stop_token &stop);

private:
    struct Holder
    {
        Clock::time_point since;
        bool connected = false;
    };

    std::size_t counted(Clock::time_point now) const;

    const std::size_t m_limit;
    const Milliseconds m_patience;
    mutable std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::list<Holder> m_holders;

    friend class Place;
};

class Slots::Place
{
public:
    Place(std::shared_ptr<Slots> slots, std::list<Holder>::iterator holder)
        : m_slots(std::move(slots)), m_holder(holder)
    {
    }
    ~Place();
    Place(const Place &) = delete;
    Place &operator=(const Place &) = delete;

    /// The machine answers: from now on this one counts until its end.
    void setConnected();

private:
    std::shared_ptr<Slots> m_slots;
    std::list<Holder>::iterator m_holder;
};

} // namespace tropo
