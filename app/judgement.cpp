#include "app/judgement.h"

#include "models/assemble/assemble.h"
#include "models/evidence/capture.h"
#include "models/policy/fleet_file.h"
#include "models/rules/judge.h"

#include <QFile>

namespace tropo {

using namespace Qt::StringLiterals;

EndOfLifeTable bundledEndOfLife()
{
    QFile file(u":/eol/end-of-life.json"_s);
    return file.open(QIODevice::ReadOnly) ? parseEndOfLifeTable(file.readAll(), file.fileName()).value
                                          : EndOfLifeTable();
}

SnapshotPtr makeSnapshot(SnapshotKind kind, const QString &origin, Evidence evidence, const Policy &policy,
                         const EndOfLifeTable &endOfLife, const Sightings &earlier)
{
    Fleet fleet = assemble(evidence, policy);
    return judgedFleet(kind, origin, std::move(evidence), std::move(fleet), policy, endOfLife, earlier);
}

SnapshotPtr judgedFleet(SnapshotKind kind, const QString &origin, Evidence evidence, Fleet fleet,
                        const Policy &policy, const EndOfLifeTable &endOfLife, const Sightings &earlier)
{
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->kind = kind;
    snapshot->origin = origin;
    snapshot->evidence = std::move(evidence);
    snapshot->policy = policy;
    snapshot->fleet = std::move(fleet);
    snapshot->findings = judge(snapshot->fleet, policy, endOfLife, snapshot->evidence);
    snapshot->stories = stories(snapshot->fleet, policy, snapshot->findings);
    snapshot->floats = floatRows(snapshot->fleet, policy);
    snapshot->notKnown = notKnown(snapshot->fleet, policy);
    snapshot->sightings = sighted(earlier, snapshot->findings, snapshot->evidence);
    return snapshot;
}

namespace {

Result<SnapshotPtr> openFolder(SnapshotKind kind, const QString &path, const QString &origin,
                               const EndOfLifeTable &endOfLife)
{
    auto evidence = readCapture(path);
    if (!evidence)
        return tl::unexpected(evidence.error());
    Policy policy;
    if (const Document *file = evidence->find(QString(fleetFileDocument))) {
        auto read = parseFleetFile(file->text, QString(fleetFileDocument));
        if (read)
            policy = *std::move(read);
        else
            evidence->problems.append({QString(fleetFileDocument),
                                       read.error().where.section(u':', 1, 1).toInt(), read.error().message});
    }
    return makeSnapshot(kind, origin, *std::move(evidence), policy, endOfLife);
}

} // namespace

Result<SnapshotPtr> openCapture(const QString &path, const EndOfLifeTable &endOfLife)
{
    return openFolder(SnapshotKind::Capture, path, path, endOfLife);
}

Result<SnapshotPtr> openDemo(const EndOfLifeTable &endOfLife)
{
    return openFolder(SnapshotKind::Demo, u":/demo"_s, u"the bundled demo"_s, endOfLife);
}

Result<FleetFile> readFleetFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::Io, path, u"could not be read: %1"_s.arg(file.errorString()));
    constexpr qint64 bound = 4 * 1024 * 1024 + 1;
    const QByteArray text = file.read(bound);
    auto policy = parseFleetFile(text, path);
    if (!policy)
        return tl::unexpected(policy.error());
    return FleetFile{*std::move(policy), text};
}

} // namespace tropo
