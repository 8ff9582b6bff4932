#pragma once

#include "models/evidence/evidence.h"
#include "tests/generator/world.h"

namespace tropo::generator {

/// The documents that the probe and libvirt's reader would bring home from this fleet, and its fleet file.
Evidence render(const World &world);

/// Puts documents below a folder, each with the time at which it was read.
class Shelf
{
public:
    Shelf(Evidence &evidence, QString folder, QDateTime time)
        : m_evidence(evidence), m_folder(std::move(folder)), m_time(std::move(time))
    {
    }

    void put(const QString &name, const QByteArray &text)
    {
        m_evidence.documents.insert(m_folder + u'/' + name,
                                    Document{text, m_time, std::chrono::milliseconds(5)});
    }
    void put(const QString &name, const QString &text) { put(name, text.toUtf8()); }
    Shelf below(const QString &folder) const { return {m_evidence, m_folder + u'/' + folder, m_time}; }
    const QDateTime &time() const { return m_time; }

private:
    Evidence &m_evidence;
    QString m_folder;
    QDateTime m_time;
};

// By kind of document.

QString fleetToml(const World &world);
void renderLibvirt(const WorldHypervisor &host, Shelf shelf);
QString domainXml(const WorldHypervisor &host, const WorldVm &vm, bool live);
QString networkXml(const WorldNetwork &network);
void renderEngine(const World &world, const WorldEngine &engine, Shelf shelf);
void renderFiles(const WorldGuest &guest, Shelf shelf);
QString debianInterfaces(const QList<WorldFile> &files, const QString &extra = {});

/// `ip -j -d addr`, `ip -d addr` and `ifconfig -a`.
QString ipAddrJson(const QList<WorldLink> &links);
QString ipAddrText(const QList<WorldLink> &links);
QString ifconfigText(const QList<WorldLink> &links, bool elided);
QString ipRouteJson(const QList<WorldLink> &links, const QList<WorldRoute> &defaults);
QString ipRouteText(const QList<WorldLink> &links, const QList<WorldRoute> &defaults);
QString bridgeLinkJson(const QList<WorldLink> &links);
QString brctlShow(const QList<WorldLink> &links);
QString osRelease(const WorldOs &os);

/// What a hypervisor's kernel has: its own interfaces and the taps of its VMs.
QList<WorldLink> linksOf(const WorldHypervisor &host);
QString fdbJson(const World &world, const WorldHypervisor &host);
QString neighboursJson(const World &world, const WorldHypervisor &host);

} // namespace tropo::generator
