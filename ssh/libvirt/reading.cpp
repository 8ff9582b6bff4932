#include "ssh/libvirt/reading.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Of all documents together: 16,384 domains (the protocol's limit) of 16 KiB, live and inactive, fit in
/// half.
constexpr qint64 largestReading = qint64(1) << 30;

} // namespace

Reading::Reading(const QString &hypervisor)
{
    m_harvest.hypervisor = hypervisor;
    m_harvest.source = u"libvirt"_s;
    m_harvest.folders = {escapedName(hypervisor) + "/libvirt"_L1};
}

void Reading::store(const QString &path, QByteArray text, Milliseconds took)
{
    const std::lock_guard lock(m_mutex);
    moved();
    if (m_taken)
        return;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    if (m_bytes + text.size() > largestReading) {
        m_harvest.errors.append({m_harvest.hypervisor, path,
                                 u"not kept: all documents of a libvirt together may hold 1 GiB"_s, now});
        return;
    }
    m_bytes += text.size();
    m_harvest.documents.insert(escapedName(m_harvest.hypervisor) + u'/' + path,
                               Document{std::move(text), now, took});
}

void Reading::fail(const QString &path, const QString &message)
{
    const std::lock_guard lock(m_mutex);
    moved();
    if (!m_taken)
        m_harvest.errors.append({m_harvest.hypervisor, path, message, QDateTime::currentDateTimeUtc()});
}

void Reading::setOpened()
{
    const std::lock_guard lock(m_mutex);
    moved();
    m_opened = true;
    m_changed.notify_all();
}

void Reading::setDomains(const QStringList &names)
{
    const std::lock_guard lock(m_mutex);
    m_harvest.domains = names;
}

void Reading::countCalls(int calls)
{
    const std::lock_guard lock(m_mutex);
    m_calls += calls;
}

bool Reading::taken() const
{
    const std::lock_guard lock(m_mutex);
    return m_taken;
}

bool Reading::opened() const
{
    const std::lock_guard lock(m_mutex);
    return m_opened;
}

void Reading::answered()
{
    const std::lock_guard lock(m_mutex);
    moved();
}

void Reading::setStorageBegun()
{
    const std::lock_guard lock(m_mutex);
    m_storageBegun = Clock::now();
    m_changed.notify_all();
}

void Reading::setComplete()
{
    const std::lock_guard lock(m_mutex);
    m_complete = true;
    m_changed.notify_all();
}

void Reading::setClosed()
{
    const std::lock_guard lock(m_mutex);
    m_closed = true;
    m_changed.notify_all();
}

Reading::Clock::time_point Reading::deadline(const Limits &limits) const
{
    if (m_storageBegun)
        return *m_storageBegun + limits.storage;
    return m_last + (m_opened ? limits.silence : limits.toOpen);
}

Reading::End Reading::lateEnd() const
{
    if (m_storageBegun)
        return End::StorageLate;
    return m_opened ? End::Silent : End::NotOpened;
}

Reading::End Reading::wait(const std::stop_token &stop, const Limits &limits)
{
    std::unique_lock lock(m_mutex);
    while (!m_complete) {
        const auto until = deadline(limits);
        if (Clock::now() >= until)
            return lateEnd();
        const auto stage = [this] { return std::pair(m_opened, m_storageBegun); };
        m_changed.wait_until(lock, stop, until,
                             [&, before = stage()] { return m_complete || stage() != before; });
        if (stop.stop_requested() && !m_complete)
            return End::Stopped;
    }
    return End::Complete;
}

bool Reading::waitClosed(Milliseconds limit)
{
    std::unique_lock lock(m_mutex);
    return m_changed.wait_for(lock, limit, [this] { return m_closed; });
}

Harvest Reading::take(int &calls)
{
    const std::lock_guard lock(m_mutex);
    m_taken = true;
    calls = m_calls;
    return std::move(m_harvest);
}

} // namespace tropo
