#include "ssh/libvirt/libvirt_reader.h"

#include "ssh/libvirt/event_loop.h"
#include "ssh/libvirt/libvirt_calls.h"
#include "ssh/libvirt/libvirt_error.h"
#include "ssh/libvirt/storage_calls.h"

#include <thread>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

using Milliseconds = std::chrono::milliseconds;

/// Round trips of virConnectOpen, as counted in its protocol.
constexpr int openingCalls = 6;

/// So that a peer which froze is given up after `silence`. Not every driver has it; the reading's own wait
/// holds for those.
void keepAlive(virConnectPtr connection, Milliseconds silence)
{
    constexpr unsigned int pings = 3;
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(silence).count() / (pings + 1);
    virConnectSetKeepAlive(connection, seconds < 1 ? 1 : static_cast<int>(seconds), pings);
}

/// Runs on a thread of its own that may outlive its caller: owns all that it uses.
void readOn(const std::shared_ptr<Reading> &reading, const LibvirtRequest &request)
{
    reading->countCalls(openingCalls);
    ConnectHandle connection(virConnectOpenReadOnly(request.uri.toUtf8().constData()));
    if (!connection) {
        reading->fail(u"libvirt"_s, lastLibvirtError({}, u"open libvirt"_s).message);
        reading->setComplete();
        reading->setClosed();
        return;
    }
    reading->setOpened();
    keepAlive(connection.get(), request.silenceLimit);
    {
        CallPool pool(request.inFlight);
        LibvirtCalls calls(connection.get(), *reading, pool);
        calls.readAll();
        reading->setStorageBegun();
        StorageCalls storage(connection.get(), *reading, pool);
        storage.readAll();
    }
    reading->setComplete();
    connection.reset();
    reading->setClosed();
}

QString seconds(Milliseconds limit)
{
    return QString::number(std::chrono::ceil<std::chrono::seconds>(limit).count());
}

QString whyItEnded(Reading::End end, const LibvirtRequest &request)
{
    switch (end) {
    case Reading::End::Stopped:
        return u"stopped before libvirt had been read"_s;
    case Reading::End::NotOpened:
        return u"libvirt took the connection but did not answer within %1 s: see on the hypervisor whether "
               u"libvirtd (or virtqemud) hangs"_s.arg(seconds(request.connectLimit));
    case Reading::End::StorageLate:
        return u"the volumes of the storage pools did not come within %1 s: see on the hypervisor, with "
               u"virsh "
               u"vol-list POOL, whether the server of one has gone"_s.arg(seconds(request.storageLimit));
    default:
        return u"libvirt has answered nothing for %1 s: see on the hypervisor whether libvirtd (or "
               u"virtqemud) "
               u"hangs"_s.arg(seconds(request.silenceLimit));
    }
}

} // namespace

LibvirtReading readLibvirt(const LibvirtRequest &request, const std::stop_token &stop)
{
    startLibvirtEvents();
    const auto reading = std::make_shared<Reading>(request.hypervisor);
    LibvirtRequest uncut = request; // what `cut` refers to is the caller's, and may go before the thread does
    uncut.cut = nullptr;
    std::thread([reading, uncut] { readOn(reading, uncut); }).detach();
    const Reading::End end =
        reading->wait(stop, {request.connectLimit, request.silenceLimit, request.storageLimit});
    constexpr Milliseconds closing(500);
    if (end != Reading::End::Complete) {
        reading->fail(end == Reading::End::StorageLate ? u"libvirt/volumes.json"_s : u"libvirt"_s,
                      whyItEnded(end, request));
        if (request.cut)
            request.cut();
    }
    LibvirtReading result;
    result.opened = reading->opened();
    result.harvest = reading->take(result.calls);
    result.harvest.answered = !result.harvest.documents.isEmpty();
    reading->waitClosed(closing);
    return result;
}

} // namespace tropo
