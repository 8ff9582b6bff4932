#pragma once

#include "app/judgement.h"
#include "models/collect/progress.h"
#include "models/evidence/harvest.h"
#include "ssh/collect/fleet_collector.h"
#include "ssh/collect/float_probe.h"
#include "ssh/session/ssh_session.h"

#include <QMap>
#include <QObject>

namespace tropo {

/// A fleet read live: collects, and keeps the evidence of all readings so far, so that what a machine said
/// before stays when it does not answer any more. Connections are kept from one reading to the next.
class FleetSession : public QObject
{
    Q_OBJECT
public:
    FleetSession(FleetFile file, const HostKeyAsker &asker, QObject *parent = nullptr);
    ~FleetSession() override;

    /// What was known before, of the same fleet; what is read replaces its part of it.
    void goOnFrom(const Evidence &earlier) { m_evidence = earlier; }
    void read(const CollectScope &scope = {});
    /// Whether readings of the whole fleet also ask if the floats answer. Off unless the operator turns it
    /// on.
    void setProbing(bool probing) { m_probing = probing; }
    void cancel();
    bool isReading() const { return m_collector.isRunning(); }

    const Policy &policy() const { return m_file.policy; }
    const Evidence &evidence() const { return m_evidence; }
    QList<SourceProgress> progress() const { return m_progress.values(); }

Q_SIGNALS:
    void evidenceChanged();
    void progressed(const tropo::SourceProgress &progress);
    void finished(const tropo::CollectSummary &summary);

private:
    void take(const Harvest &harvest);
    void takeReachability(const QByteArray &text);
    void finishWhenBothDid();

    FleetFile m_file;
    MachineReaderFactory m_factory;
    Evidence m_evidence;
    QMap<QString, SourceProgress> m_progress; ///< by hypervisor and source
    FleetCollector m_collector;
    FloatProbe m_probe;
    bool m_probing = false;
    bool m_probeUnderWay = false;
    std::optional<CollectSummary> m_summary; ///< of the collector, while the probe is still under way
};

/// The subject's part of the fleet, as far as it can be read by itself: a VM with its hypervisor's libvirt,
/// or a hypervisor.
CollectScope scopeOf(const QString &subject, const Policy &policy);

} // namespace tropo
