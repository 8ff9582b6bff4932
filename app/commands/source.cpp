#include "app/commands/commands.h"
#include "app/fleet_session.h"
#include "app/terminal_asker.h"

#include <QEventLoop>

namespace tropo {

using namespace Qt::StringLiterals;

namespace {

QString seconds(std::chrono::milliseconds time)
{
    return QString::number(static_cast<double>(time.count()) / 1000, 'f', 2) + u" s"_s;
}

void printProgress(const SourceProgress &progress)
{
    const QString name = progress.hypervisor + u' ' + progress.source;
    if (progress.state == SourceState::Done)
        printError(u"read %1 in %2"_s.arg(name, seconds(progress.took)));
    else if (progress.state == SourceState::Failed)
        printError(u"not read: %1 (%2): %3"_s.arg(name, seconds(progress.took), progress.message));
}

void printCosts(const CollectSummary &summary)
{
    for (const MachineCost &cost : summary.costs)
        printError(
            u"cost %1: %2 connections, %3 round trips, %4 bytes in, %5 bytes out, %6"_s
                .arg(cost.guest.isEmpty() ? cost.hypervisor : QString(cost.hypervisor + u'/' + cost.guest))
                .arg(cost.connections)
                .arg(cost.roundTrips)
                .arg(cost.bytesReceived)
                .arg(cost.bytesSent)
                .arg(seconds(cost.wall)));
    printError(u"cost all: %1"_s.arg(seconds(summary.wall)));
}

Result<SnapshotPtr> readLive(const Request &request, const CollectScope &scope, const Evidence &earlier)
{
    auto file = readFleetFile(request.path);
    if (!file)
        return tl::unexpected(file.error());
    if (file->policy.hypervisors.isEmpty())
        return failure(ErrorKind::Usage, request.path,
                       u"names no [[hypervisor]]; there is nothing to read"_s);
    FleetSession session(*std::move(file), terminalAsker());
    QEventLoop loop;
    QObject::connect(&session, &FleetSession::progressed, &loop, &printProgress);
    QObject::connect(&session, &FleetSession::finished, &loop, [&](const CollectSummary &summary) {
        if (request.costs)
            printCosts(summary);
        loop.quit();
    });
    session.setProbing(request.probeFloats);
    if (!earlier.documents.isEmpty())
        session.goOnFrom(earlier);
    session.read(scope);
    loop.exec();
    return makeSnapshot(SnapshotKind::Live, request.path, session.evidence(), session.policy(),
                        bundledEndOfLife());
}

} // namespace

Result<SnapshotPtr> snapshotOf(const Request &request)
{
    switch (request.source) {
    case SourceKind::FleetFile:
        return readLive(request, {}, {});
    case SourceKind::Capture:
        return openCapture(request.path, bundledEndOfLife());
    case SourceKind::Demo:
        return openDemo(bundledEndOfLife());
    case SourceKind::None:
        break;
    }
    return failure(ErrorKind::Usage, {}, u"no source was given"_s);
}

Result<SnapshotPtr> readAgain(const Request &request, const Snapshot &before, const QStringList &hypervisors)
{
    return readLive(request, {hypervisors.size() == 1 ? hypervisors.first() : QString(), {}},
                    before.evidence);
}

} // namespace tropo
