#include "models/assemble/assemble.h"
#include "models/evidence/capture.h"
#include "models/policy/fleet_file.h"
#include "models/report/inspection.h"
#include "models/rules/judge.h"
#include "models/snapshot.h"
#include "models/swarm/swarm_table.h"

#include <QFile>
#include <QJsonArray>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace tropo;
using namespace Qt::Literals::StringLiterals;

namespace {

QStringList sortedKeys(const QJsonObject &object)
{
    QStringList keys = object.keys();
    keys.sort();
    return keys;
}

Snapshot snapshotOf(Evidence evidence)
{
    Snapshot snapshot;
    snapshot.evidence = std::move(evidence);
    snapshot.policy =
        parseFleetFile(snapshot.evidence.documents.value(u"fleet.toml"_s).text, u"fleet.toml"_s).value();
    snapshot.fleet = assemble(snapshot.evidence, snapshot.policy);
    QFile file(QStringLiteral(PROJECT_SOURCE "/resources/eol/end-of-life.json"));
    if (!file.open(QIODevice::ReadOnly))
        QTest::qFail("no table of ends of life", __FILE__, __LINE__);
    snapshot.findings =
        judge(snapshot.fleet, snapshot.policy,
              parseEndOfLifeTable(file.readAll(), u"end-of-life.json"_s).value, snapshot.evidence);
    snapshot.stories = stories(snapshot.fleet, snapshot.policy, snapshot.findings);
    snapshot.floats = floatRows(snapshot.fleet, snapshot.policy);
    snapshot.notKnown = notKnown(snapshot.fleet, snapshot.policy);
    return snapshot;
}

Snapshot demo()
{
    return snapshotOf(readCapture(QStringLiteral(PROJECT_SOURCE "/resources/demo")).value());
}

QString macText(const std::optional<MacAddress> &mac)
{
    return mac ? mac->toString() : QString();
}

} // namespace

/// The capture that the program carries, against the notes that it was made of.
class TestDemo : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_demo = demo(); }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void everyDocumentIsUnderstood()
    {
        QCOMPARE(m_demo.evidence.problems.size(), 0);
        QStringList problems;
        for (const Problem &problem : m_demo.fleet.problems)
            problems.append(u"%1:%2 %3"_s.arg(problem.document).arg(problem.line).arg(problem.message));
        QCOMPARE(problems.size(), 2);
        for (const QString &problem : problems)
            QVERIFY2(problem.contains(u"source /etc/network/interfaces.d/*"), qPrintable(problem));
        QVERIFY(problems[0].startsWith(u"trop01/guests/Thalorien/guest/interfaces.txt:4 "));
        QVERIFY(problems[1].startsWith(u"trop03/guests/Irimbor/guest/interfaces.txt:4 "));
    }

    void theFleetIsTheNotes()
    {
        QStringList names;
        for (const Hypervisor &hypervisor : m_demo.fleet.hypervisors)
            names.append(hypervisor.name);
        QCOMPARE(names, QStringList({u"trop01"_s, u"trop02"_s, u"trop03"_s, u"trop04"_s}));
        QCOMPARE(m_demo.fleet.name, u"tropo"_s);
        QCOMPARE(m_demo.fleet.taken, QDateTime::fromString(u"2023-07-18T16:20:48+01:00"_s, Qt::ISODate));
        QCOMPARE(m_demo.policy.floats.size(), 4);
    }

    void theHostIsTheNotes()
    {
        const Machine &host = m_demo.fleet.hypervisor(u"trop02")->host;
        QVERIFY(host.interfaces && host.interfaces->elided);
        const Interface *br0 = host.interfaces->find(u"br0");
        QVERIFY(br0);
        QCOMPARE(macText(br0->mac), u"0c:c4:7a:35:12:06"_s);
        QCOMPARE(br0->addresses.value(0).address.toString(), u"129.215.175.97"_s);
        QCOMPARE(br0->addresses.value(0).prefix, 24);
        QCOMPARE(host.interfaces->find(u"br1")->addresses.value(0).address.toString(), u"192.168.137.233"_s);
        QCOMPARE(macText(host.interfaces->find(u"eth1")->mac), u"0c:c4:7a:35:12:07"_s);
        for (const char16_t *tap : {u"vnet1", u"vnet2", u"vnet3", u"vnet4"}) {
            QVERIFY(host.interfaces->find(tap));
            QCOMPARE(macText(host.interfaces->find(tap)->mac), u"fe:54:00:00:01:01"_s);
        }
        QVERIFY(!host.os);
        QVERIFY(!host.routes);
        QVERIFY(!host.bridgePorts);
    }

    void theNetworksAreTheNotes()
    {
        const Hypervisor &trop02 = *m_demo.fleet.hypervisor(u"trop02");
        QCOMPARE(trop02.networks->size(), 2);
        const Network *nat = trop02.network(u"default");
        QVERIFY(nat && nat->declared);
        QVERIFY(!nat->form); // the notes print no net-dumpxml
        QCOMPARE(nat->active, true);
        QCOMPARE(nat->declared->reservations.size(), 8);
        QCOMPARE(nat->declared->reservations.last().name, u"Acilamwen"_s);
        QCOMPARE(macText(nat->declared->reservations.last().mac), u"52:54:00:02:02:0f"_s);
        QCOMPARE(nat->declared->reservations.last().address->toString(), u"192.168.202.15"_s);
        QCOMPARE(nat->declared->ranges.value(0).start.toString(), u"192.168.202.8"_s);
        QCOMPARE(trop02.network(u"bridged")->declared->bridge, u"br0"_s);
        QCOMPARE(trop02.declaredInterfaces->size(), 3);
        QVERIFY(!trop02.interfacesFile);
    }

    void theDomainsAreTheNotes()
    {
        const Hypervisor &trop02 = *m_demo.fleet.hypervisor(u"trop02");
        QStringList names;
        for (const Domain &domain : *trop02.domains) {
            names.append(domain.name);
            QVERIFY(domain.isRunning());
        }
        QCOMPARE(names,
                 QStringList({u"Acilamwen"_s, u"Eterathiel"_s, u"Ibalehar"_s, u"Lothigometh"_s, u"Ulov"_s}));
        const Domain *acilamwen = trop02.domain(u"Acilamwen");
        QVERIFY(acilamwen->live && acilamwen->live->partial);
        QVERIFY(!acilamwen->inactive);
        QCOMPARE(acilamwen->live->nics.size(), 4);
        for (int i = 0; i < 4; ++i) {
            const Nic &nic = acilamwen->live->nics[i];
            QCOMPARE(macText(nic.mac), u"52:54:00:00:01:01"_s);
            QCOMPARE(nic.bridge, u"br0"_s);
            QCOMPARE(nic.target, u"vnet%1"_s.arg(i + 1));
            QCOMPARE(nic.pci->toString(), u"0000:00:%1.0"_s.arg(i + 7, 2, 16, QLatin1Char('0')));
        }
        QCOMPARE(acilamwen->live->disks.value(0).backing,
                 QStringList{u"/var/lib/libvirt/images/base/fedora-28-32G-docker-base-20181016.qcow"_s});
        for (const char16_t *name : {u"Ulov", u"Ibalehar", u"Lothigometh"}) {
            QVERIFY(!trop02.domain(name)->current());
            QVERIFY(!trop02.domain(name)->guest);
        }
    }

    void theInsideIsTheNotes()
    {
        const Guest &guest = *m_demo.fleet.hypervisor(u"trop02")->domain(u"Acilamwen")->guest;
        QCOMPARE(guest.system.hostname->value, u"Acilamwen"_s);
        QCOMPARE(guest.system.os->pretty, u"Fedora release 28 (Twenty Eight)"_s);
        QCOMPARE(guest.system.clock->value, QDateTime::fromString(u"2023-07-18T15:20:48Z"_s, Qt::ISODate));
        QVERIFY(guest.system.interfaces->elided);
        QStringList names;
        for (const Interface &interface : guest.system.interfaces->items)
            names.append(interface.name);
        QCOMPARE(names, QStringList({u"eth2"_s, u"eth3"_s, u"eth4"_s}));
        QCOMPARE(guest.configs.size(), 1);
        QCOMPARE(guest.configs[0].hwaddr->value.toString(), u"52:54:00:00:01:01"_s);
        QCOMPARE(guest.configs[0].hwaddr->source.first, 8);
        QCOMPARE(guest.configs[0].addresses.value(0).value.address.toString(), u"129.215.175.100"_s);
        QCOMPARE(guest.configs[0].gateway->value.toString(), u"129.215.175.126"_s);
        QVERIFY(!guest.configsRead); // the notes print one file, not all
        QCOMPARE(guest.packages->size(), 2);
        QCOMPARE(guest.packages->at(0).command, u"-y install docker-ce"_s);
        QCOMPARE(guest.engine.containers->size(), 1);
        const Container &apache = guest.engine.containers->at(0);
        QCOMPARE(apache.name, u"apache"_s);
        QCOMPARE(apache.image, u"firethorn/apache:latest"_s);
        QCOMPARE(apache.ports.value(0).hostPort, 80);
        QVERIFY(guest.engine.platform.isEmpty()); // no docker version in the notes
        QCOMPARE(apache.os->version, u"28"_s);
    }

    void theSwarmIsTheNotes()
    {
        const Guest &guest = *m_demo.fleet.hypervisor(u"trop02")->domain(u"Eterathiel")->guest;
        QCOMPARE(guest.engine.containers->size(), 5);
        QSet<QString> services;
        for (const Container &container : *guest.engine.containers) {
            QVERIFY(container.task);
            services.insert(container.task->service);
        }
        QCOMPARE(services, QSet<QString>({u"ft_jarmila"_s, u"ft_gillian"_s, u"ft_firethorn-py"_s,
                                          u"ft_carolina"_s, u"ft_bethany"_s}));
        QCOMPARE(guest.engine.containers->at(0).health, Health::Healthy);
        QVERIFY(!guest.engine.services);
        QVERIFY(!guest.system.interfaces);
    }

    void theNeighboursAreWhole()
    {
        for (const char16_t *name : {u"trop01", u"trop03", u"trop04"}) {
            const Hypervisor *hypervisor = m_demo.fleet.hypervisor(name);
            QVERIFY(hypervisor->host.interfaces && !hypervisor->host.interfaces->elided);
            QVERIFY(hypervisor->host.fdb && hypervisor->host.neighbours && hypervisor->host.routes);
            QVERIFY(hypervisor->domains && hypervisor->networks && hypervisor->interfacesFile);
            QCOMPARE(hypervisor->libvirtVersion, u"9.0.0"_s);
            for (const Network &network : *hypervisor->networks)
                QVERIFY(network.form && network.declared && network.leases);
            for (const Domain &domain : *hypervisor->domains) {
                QVERIFY2(domain.inactive, qPrintable(domain.name));
                QCOMPARE(domain.live.has_value(), domain.isRunning());
                QCOMPARE(domain.guest.has_value(), domain.isRunning());
            }
        }
        QCOMPARE(m_demo.fleet.hypervisor(u"trop01")->domain(u"Oskavel")->state, DomainState::ShutOff);
        const Guest &haloweth = *m_demo.fleet.hypervisor(u"trop03")->domain(u"Haloweth")->guest;
        const Interface *ens7 = haloweth.system.interfaces->find(u"ens7");
        QCOMPARE(macText(ens7->mac), u"52:54:00:00:01:02"_s);
        QCOMPARE(ens7->addresses.value(0).address.toString(), u"129.215.175.102"_s);
        QCOMPARE(ens7->pci->value.toString(), u"0000:00:07.0"_s);
        const Engine &swarm = m_demo.fleet.hypervisor(u"trop01")->domain(u"Thalorien")->guest->engine;
        QCOMPARE(swarm.services->size(), 3);
        QCOMPARE(swarm.nodes->size(), 2);
        QCOMPARE(swarm.manager, true);
        QCOMPARE(swarm.platform, u"Docker Engine - Community"_s);
    }

    void theFindingsAreTheNotes()
    {
        QStringList ids;
        for (const Finding &finding : m_demo.findings) {
            ids.append(severityName(finding.severity) + u' ' + finding.id());
            QVERIFY(!finding.evidence.isEmpty());
            for (const Quote &quote : finding.evidence)
                QVERIFY2(m_demo.evidence.find(quote.source.document), qPrintable(quote.source.document));
        }
        QCOMPARE(ids,
                 QStringList({u"error float-duplicate-nic:trop02/vm/Acilamwen"_s,
                              u"error float-mac-ip-mismatch:trop02/vm/Acilamwen/if/ens5"_s,
                              u"warning guest-os-eol:trop02/vm/Acilamwen"_s,
                              u"warning container-os-eol:trop02/vm/Acilamwen/container/apache"_s,
                              u"warning interface-config-invalid:trop02/vm/Acilamwen/if/ens5"_s,
                              u"info domain-agent-missing:trop01/vm/Thalorien"_s,
                              u"info domain-agent-missing:trop01/vm/Wenebrith"_s,
                              u"info guest-packages-stale:trop02/vm/Acilamwen"_s,
                              u"info container-image-latest:trop02/vm/Acilamwen/container/apache"_s,
                              u"info container-image-shared:trop02/vm/Eterathiel/service/ft_bethany"_s,
                              u"info container-restarted-apart:trop02/vm/Eterathiel/service/ft_bethany"_s,
                              u"info domain-agent-missing:trop03/vm/Haloweth"_s,
                              u"info domain-agent-missing:trop03/vm/Irimbor"_s,
                              u"info domain-agent-missing:trop04/vm/Quendaril"_s,
                              u"info domain-agent-missing:trop04/vm/Rhovalin"_s}));
        QCOMPARE(worst(m_demo), Severity::Error);
    }

    void theSwarmTableOfTheDemo()
    {
        const SwarmTable table(m_demo.fleet);
        QCOMPARE(table.swarms().size(), 2);
        // The made-up one is whole, and as its manager wants it.
        const Swarm &whole = table.swarms()[0];
        QCOMPARE(whole.services.size(), 3);
        QCOMPARE(whole.unread, QStringList());
        for (const SwarmService &service : whole.services)
            for (const SwarmRow &row : service.rows)
                QCOMPARE(verdictName(row.verdict), u"as-wanted"_s);
        // Of the notes' one no manager is known: nothing in it can be called as wanted.
        const Swarm &notes = table.swarms()[1];
        QCOMPARE(notes.services.size(), 5);
        QVERIFY(!notes.manager.engine());
        for (const SwarmService &service : notes.services)
            QCOMPARE(verdictName(service.rows.value(0).verdict), u"not-known"_s);
        QCOMPARE(inspectionJson(m_demo).value(u"swarm"_s).toArray().size(), 4 + 5);
    }

    void whatTheNotesDoNotPrintIsNotKnown()
    {
        QStringList subjects;
        for (const NotKnown &gap : m_demo.notKnown)
            if (!subjects.contains(gap.subject))
                subjects.append(gap.subject);
        QVERIFY(subjects.contains(u"trop02"_s));
        for (const QString &vm :
             {u"Acilamwen"_s, u"Eterathiel"_s, u"Ibalehar"_s, u"Lothigometh"_s, u"Ulov"_s})
            QVERIFY2(subjects.contains(u"trop02/vm/"_s + vm), qPrintable(vm));
        // The made-up neighbours were read whole.
        QVERIFY2(subjects.size() == 6, qPrintable(subjects.join(u' ')));
    }

    void theNotesCaseIsOneStory()
    {
        QVERIFY(!m_demo.stories.isEmpty());
        const Story &story = m_demo.stories.front();
        QCOMPARE(story.id(), u"float-confused:trop02/vm/Acilamwen"_s);
        for (const char *rule :
             {"float-duplicate-nic:trop02/vm/Acilamwen", "float-mac-ip-mismatch:trop02/vm/Acilamwen/if/ens5"})
            QVERIFY2(story.findings.contains(QString::fromLatin1(rule)), rule);
        for (const Quote &quote : story.evidence)
            QVERIFY2(m_demo.evidence.find(quote.source.document), qPrintable(quote.source.document));
    }

    void aFloatIsSeenInAllLayers()
    {
        QCOMPARE(m_demo.floats.size(), 4);
        QCOMPARE(m_demo.floats[0].firstDisagreeing, FloatLayer::File);
        QCOMPARE(m_demo.floats[1].firstDisagreeing, FloatLayer::Live);
        // float3's made-up holder is as it should be, and seen by its neighbours.
        QCOMPARE(m_demo.floats[2].firstDisagreeing, std::nullopt);
        for (const FloatCell &cell : m_demo.floats[2].cells)
            QVERIFY2(cell.layer == FloatLayer::Service || cell.state == LayerState::Agrees,
                     qPrintable(layerName(cell.layer) + u' ' + cell.text + u' ' + cell.detail));
    }

    void inspectionCarriesStoriesFloatsAndGaps()
    {
        const QJsonObject json = inspectionJson(m_demo);
        const QJsonObject story = json[u"stories"_s].toArray().at(0).toObject();
        QCOMPARE(story[u"cause"_s].toString(), u"float-confused"_s);
        QCOMPARE(story[u"severity"_s].toString(), u"error"_s);
        QCOMPARE(story[u"parts"_s].toArray().at(0).toObject()[u"chapter"_s].toString(), u"should"_s);
        QVERIFY(story[u"documents"_s].toArray().size() >= 4);
        const QJsonObject row = json[u"floats"_s].toArray().at(0).toObject();
        QCOMPARE(row[u"first_disagreeing"_s].toString(), u"guest-file"_s);
        QCOMPARE(row[u"layers"_s].toObject().size(), floatLayerCount);
        QCOMPARE(row[u"layers"_s].toObject()[u"live-xml"_s].toObject()[u"state"_s].toString(),
                 u"not-known"_s);
        const QJsonObject gap = json[u"not_known"_s].toArray().at(0).toObject();
        QCOMPARE(sortedKeys(gap), QStringList({u"reason"_s, u"subject"_s, u"what"_s}));
        QVERIFY(gap[u"reason"_s].isNull());
        // Of one rule alone there is no story to tell.
        QVERIFY(inspectionJson(m_demo, {u"float-duplicate-nic"_s})[u"stories"_s].toArray().isEmpty());
    }

    void inspectionTextTellsTheStoryBeforeItsFindings()
    {
        const QString text = inspectionText(m_demo);
        const auto at = [&text](QStringView part) { return text.indexOf(part); };
        QVERIFY(at(u"[story: float-confused:trop02/vm/Acilamwen]") >= 0);
        QVERIFY(at(u"How it probably came") > at(u"What is\n"));
        QVERIFY(at(u"[float-duplicate-nic]") > at(u"How to mend it"));
        QCOMPARE(text.count(u"[float-duplicate-nic]"), 1);
        QVERIFY(text.contains(
            u"  > File inside       disagrees  Acilamwen: ifcfg-ens5 with MAC 52:54:00:00:01:01\n"));
        QVERIFY(text.contains(u"not known  Ulov on trop02: "));
    }

    void aCopyGivesTheSame_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"copy", "copy.zip", "copy.tar.gz"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void aCopyGivesTheSame()
    {
        QFETCH(QString, name);
        const QTemporaryDir room;
        QVERIFY(writeCapture(room.filePath(name), m_demo.evidence));
        const Snapshot copy = snapshotOf(readCapture(room.filePath(name)).value());
        QVERIFY(copy.evidence == m_demo.evidence);
        QVERIFY(copy.fleet == m_demo.fleet);
        QCOMPARE(inspectionJson(copy), inspectionJson(m_demo));
    }

private:
    Snapshot m_demo;
};

QTEST_GUILESS_MAIN(TestDemo)
#include "test_demo.moc"
