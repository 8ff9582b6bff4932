#include "app/fleet_session.h"

#include "models/fleet/subject.h"
#include "models/policy/fleet_file.h"
#include "ssh/collect/remote_reader.h"
#include "ssh/collect/ssh_machine.h"

#include <QFile>

namespace tropo {

using namespace Qt::StringLiterals;

namespace {

QByteArray bundledProbe()
{
    QFile file(u":/probe/probe.sh"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

FleetSession::FleetSession(FleetFile file, const HostKeyAsker &asker, QObject *parent)
    : QObject(parent),
      m_file(std::move(file)),
      m_factory(remoteReaders(m_file.policy, bundledProbe(),
                              sshConnector({{}, std::chrono::seconds(m_file.policy.connectSeconds), asker})))
{
    m_evidence.tool = u"troposcope "_s + QLatin1String(TROPOSCOPE_VERSION);
    m_evidence.taken = QDateTime::currentDateTime();
    m_evidence.documents.insert(QString(fleetFileDocument), {m_file.text, m_evidence.taken, {}});
    connect(&m_collector, &FleetCollector::harvested, this, &FleetSession::take);
    connect(&m_collector, &FleetCollector::progressed, this, [this](const SourceProgress &progress) {
        m_progress.insert(progress.hypervisor + u'\n' + progress.source, progress);
        Q_EMIT progressed(progress);
    });
    connect(&m_collector, &FleetCollector::finished, this, [this](const CollectSummary &summary) {
        m_summary = summary;
        finishWhenBothDid();
    });
    connect(&m_probe, &FloatProbe::finished, this, &FleetSession::takeReachability);
}

FleetSession::~FleetSession() = default;

void FleetSession::read(const CollectScope &scope)
{
    m_progress.clear();
    m_summary.reset();
    m_probe.cancel();
    m_probeUnderWay = m_probing && scope == CollectScope{};
    if (m_probeUnderWay)
        m_probe.start(m_file.policy.floats, std::chrono::seconds(3));
    m_collector.start(m_file.policy, scope, m_factory);
}

void FleetSession::cancel()
{
    m_probe.cancel();
    m_probeUnderWay = false;
    m_collector.cancel();
}

void FleetSession::takeReachability(const QByteArray &text)
{
    m_probeUnderWay = false;
    m_evidence.documents.insert(u"reachability.json"_s, {text, QDateTime::currentDateTime(), {}});
    Q_EMIT evidenceChanged();
    finishWhenBothDid();
}

void FleetSession::finishWhenBothDid()
{
    if (m_summary && !m_probeUnderWay)
        Q_EMIT finished(*std::exchange(m_summary, {}));
}

void FleetSession::take(const Harvest &harvest)
{
    merge(m_evidence, harvest);
    m_evidence.taken = QDateTime::currentDateTime();
    Q_EMIT evidenceChanged();
}

CollectScope scopeOf(const QString &subject, const Policy &policy)
{
    for (const HypervisorPolicy &hypervisor : policy.hypervisors) {
        const QString self = subject::hypervisor(hypervisor.name);
        if (subject == self)
            return {hypervisor.name, {}};
        const QString vms = self + u"/vm/"_s;
        if (subject.startsWith(vms))
            return {hypervisor.name, unescapedName(subject.mid(vms.size()).section(u'/', 0, 0))};
        if (subject.startsWith(self + u'/'))
            return {hypervisor.name, {}};
    }
    return {};
}

} // namespace tropo
