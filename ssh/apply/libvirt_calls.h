#pragma once

#include "ssh/apply/libvirt_control.h"
#include "ssh/libvirt/handles.h"
#include "ssh/libvirt/libvirt_error.h"

#include <condition_variable>
#include <functional>
#include <optional>
#include <thread>

// How LibvirtControl makes its calls: private to its own sources.

namespace tropo {

struct LibvirtControl::Connection
{
    std::unique_ptr<RemoteForward> forward; ///< outlives the handle
    ConnectHandle handle;
    std::atomic<bool> spent = false; ///< cut, or given up: no further call goes through it

    void cut()
    {
        spent = true;
        if (forward)
            forward->cut();
    }
};

namespace libvirt_calls {

constexpr unsigned int noFlags = 0;

/// What a call on a thread of its own leaves for the one that waits for it. The thread may outlive the
/// caller.
template <typename T> struct Answer
{
    std::mutex mutex;
    std::condition_variable_any changed;
    std::optional<Result<T>> value;
};

/// Runs a blocking call, bounded: `cut` ends it where it does not end by itself.
template <typename T>
Result<T> bounded(const std::function<Result<T>()> &call, const std::function<void()> &cut,
                  std::chrono::milliseconds limit, const std::stop_token &stop, const Error &late)
{
    const auto answer = std::make_shared<Answer<T>>();
    std::thread([answer, call] {
        auto value = call();
        const std::lock_guard lock(answer->mutex);
        answer->value.emplace(std::move(value));
        answer->changed.notify_all();
    }).detach();
    std::unique_lock lock(answer->mutex);
    const auto there = [&answer] { return answer->value.has_value(); };
    if (answer->changed.wait_for(lock, stop, limit, there))
        return *answer->value;
    lock.unlock();
    cut();
    lock.lock();
    constexpr std::chrono::milliseconds ending(900);
    answer->changed.wait_for(lock, ending, there);
    if (answer->value && answer->value->has_value())
        return *answer->value; // it came just then
    if (stop.stop_requested())
        return failure(ErrorKind::Cancelled, late.where, QStringLiteral("stopped"));
    return tl::unexpected(late);
}

template <typename Place> Error errorAt(const Place &place)
{
    return lastLibvirtError(place.where, place.what);
}

template <typename Place> Result<QByteArray> textOr(char *text, const Place &place)
{
    const LibvirtText owner(text);
    if (!text)
        return tl::unexpected(errorAt(place));
    return QByteArray(text);
}

template <typename Place> Result<void> doneOr(int status, const Place &place)
{
    if (status < 0)
        return tl::unexpected(errorAt(place));
    return {};
}

template <typename Place> Result<bool> yesOr(int status, int yes, const Place &place)
{
    if (status < 0)
        return tl::unexpected(errorAt(place));
    return yes != 0;
}

} // namespace libvirt_calls

/// `call(connection, place)` on a thread of its own, bounded.
template <typename Call>
auto LibvirtControl::with(const Place &place, const std::stop_token &stop, const Call &call)
{
    using Returned = std::invoke_result_t<Call, virConnectPtr, const Place &>;
    using Value = typename Returned::value_type;
    const auto open = connection(stop);
    if (!open)
        return Returned(tl::unexpected(open.error()));
    const Error late{ErrorKind::Timeout, m_options.hypervisor,
                     QStringLiteral("libvirt did not answer in time when asked to %1").arg(place.what)};
    const auto link = *open;
    return libvirt_calls::bounded<Value>(
        [link, call, place]() -> Returned { return call(link->handle.get(), place); },
        [link] { link->cut(); }, m_options.limit, stop, late);
}

/// `call(domain, place)`.
template <typename Call>
auto LibvirtControl::withDomain(const QString &uuid, const QString &what, const std::stop_token &stop,
                                const Call &call)
{
    using Returned = std::invoke_result_t<Call, virDomainPtr, const Place &>;
    return with(
        {m_options.hypervisor, what}, stop,
        [id = uuid.toUtf8(), call](virConnectPtr connection, const Place &place) -> Returned {
            const DomainHandle domain = owned(virDomainLookupByUUIDString(connection, id.constData()));
            if (!domain)
                return tl::unexpected(lastLibvirtError(place.where, QStringLiteral("find the domain")));
            return call(domain.get(), place);
        });
}

/// `call(network, place)`.
template <typename Call>
auto LibvirtControl::withNetwork(const QString &name, const QString &what, const std::stop_token &stop,
                                 const Call &call)
{
    using Returned = std::invoke_result_t<Call, virNetworkPtr, const Place &>;
    return with({m_options.hypervisor, what}, stop,
                [id = name.toUtf8(), call](virConnectPtr connection, const Place &place) -> Returned {
                    const NetworkHandle network = owned(virNetworkLookupByName(connection, id.constData()));
                    if (!network)
                        return tl::unexpected(
                            lastLibvirtError(place.where, QStringLiteral("find the network")));
                    return call(network.get(), place);
                });
}

} // namespace tropo
