#include "models/assemble/assemble.h"

#include <QRegularExpression>
#include <QTest>

using namespace tropo;
using namespace Qt::Literals::StringLiterals;

namespace {

class Papers
{
public:
    Papers &with(const char *path, const QByteArray &text)
    {
        m_evidence.documents.insert(QString::fromUtf8(path), {text, m_evidence.taken, {}});
        return *this;
    }
    Fleet fleet(const Policy &policy = {}) const { return assemble(m_evidence, policy); }
    Hypervisor trop02() const
    {
        return fleet().hypervisor(u"trop02") ? *fleet().hypervisor(u"trop02") : Hypervisor();
    }
    Evidence &evidence() { return m_evidence; }

private:
    Evidence m_evidence;
};

QByteArray domainXml(const char *name, const char *mac)
{
    return QByteArray("<domain type='kvm'>\n<name>") + name +
           "</name>\n<uuid>5f3a3a5e-0000-4000-8000-000000000001</uuid>\n<devices>\n"
           "<interface type='network'><mac address='" +
           mac + "'/><source network='default'/></interface>\n</devices>\n</domain>\n";
}

const QByteArray running =
    "[{\"name\": \"A\", \"uuid\": \"5f3a3a5e-0000-4000-8000-000000000001\", \"state\": "
    "\"running\", \"autostart\": true, \"persistent\": true}]";
const QByteArray shutOff =
    "[{\"name\": \"A\", \"state\": \"shut off\", \"autostart\": false, \"persistent\": true}]";
const char *const first = "52:54:00:02:02:0f";
const char *const second = "52:54:00:02:02:10";

QString macOf(const std::optional<DomainForm> &form)
{
    return form && form->nics.size() == 1 && form->nics[0].mac ? form->nics[0].mac->toString() : QString();
}

QStringList namesOf(const Hypervisor &hypervisor)
{
    QStringList names;
    for (const Domain &domain : hypervisor.domains.value_or(QList<Domain>()))
        names.append(domain.name);
    return names;
}

} // namespace

class TestAssemble : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void nothingReadIsNothingKnown()
    {
        Policy policy;
        policy.name = u"tropo"_s;
        for (const char16_t *name : {u"trop02", u"trop01"}) {
            HypervisorPolicy hypervisor;
            hypervisor.name = QString::fromUtf16(name);
            policy.hypervisors.append(hypervisor);
        }
        Papers papers;
        papers.with("zeta/host/hostname.txt", "zeta\n").with("alpha/host/hostname.txt", "alpha\n");
        papers.evidence().errors = {{u"trop01"_s, u"libvirt"_s, u"no answer"_s, {}}};
        const Fleet fleet = papers.fleet(policy);
        QCOMPARE(fleet.name, u"tropo"_s);
        QStringList names;
        for (const Hypervisor &hypervisor : fleet.hypervisors)
            names.append(hypervisor.name);
        QCOMPARE(names, QStringList({u"trop02"_s, u"trop01"_s, u"alpha"_s, u"zeta"_s}));
        Hypervisor unread;
        unread.name = u"trop02"_s;
        QVERIFY(fleet.hypervisors[0] == unread);
        QCOMPARE(fleet.hypervisors[1].errors.size(), 1);
        QVERIFY(!fleet.hypervisors[1].domains);
        QCOMPARE(fleet.problems.size(), 0);
    }

    void anEmptyListIsKnownToBeEmpty()
    {
        const Hypervisor json = Papers()
                                    .with("trop02/libvirt/domains.json", "[]")
                                    .with("trop02/libvirt/networks.json", "[]")
                                    .trop02();
        QVERIFY(json.domains && json.domains->isEmpty());
        QVERIFY(json.networks && json.networks->isEmpty());
        const Hypervisor text =
            Papers().with("trop02/libvirt/list.txt", " Id   Name   State\n----------\n\n").trop02();
        QVERIFY(text.domains && text.domains->isEmpty());
        QVERIFY(!text.networks);
    }

    void aBrokenDocumentIsNotKnown_data()
    {
        QTest::addColumn<QString>("path");
        for (const char *path :
             {"libvirt/domains.json", "libvirt/list.txt", "libvirt/networks.json", "libvirt/net-list.txt",
              "host/ip-addr.json", "host/ip-addr.txt", "host/ifconfig.txt", "host/ip-route.json",
              "host/ip-neigh.json", "host/bridge-link.json", "host/bridge-fdb.json", "host/brctl-show.txt",
              "host/date.txt", "libvirt/version.txt", "host/kernel.txt", "host/df.txt",
              "libvirt/snapshots.json", "libvirt/volumes.json"})
            QTest::newRow(path) << QLatin1String("trop02/") + QLatin1String(path);
    }
    void aBrokenDocumentIsNotKnown()
    {
        QFETCH(QString, path);
        for (const QByteArray &text : {QByteArray("\x01\x02 {[< no such thing"), QByteArray("[{\"name\": ["),
                                       QByteArray(), QByteArray("\n \n")}) {
            const Fleet fleet = Papers().with(path.toUtf8().constData(), text).fleet();
            const Hypervisor *trop02 = fleet.hypervisor(u"trop02");
            QVERIFY(trop02);
            QVERIFY2(!fleet.problems.isEmpty(), text.toHex().constData());
            QCOMPARE(fleet.problems.front().document, path);
            QVERIFY(!trop02->domains);
            QVERIFY(!trop02->networks);
            QVERIFY(!trop02->volumes);
            QVERIFY(trop02->host.isEmpty());
            QVERIFY(trop02->libvirtVersion.isEmpty());
        }
    }

    void aBrokenDomainIsThereButNotDescribed()
    {
        const Fleet fleet = Papers()
                                .with("trop02/libvirt/domains.json", running)
                                .with("trop02/libvirt/domains/A.xml", "<domain><name>A</na")
                                .fleet();
        const Domain *domain = fleet.hypervisors[0].domain(u"A");
        QVERIFY(domain);
        QVERIFY(domain->isRunning());
        QVERIFY(!domain->current());
        QCOMPARE(fleet.problems.size(), 1);
        QCOMPARE(fleet.problems[0].document, u"trop02/libvirt/domains/A.xml"_s);
        QCOMPARE(fleet.problems[0].line, 1);
    }

    void aRunningDomainHasTwoForms()
    {
        const Hypervisor trop02 = Papers()
                                      .with("trop02/libvirt/domains.json", running)
                                      .with("trop02/libvirt/domains/A.xml", domainXml("A", first))
                                      .with("trop02/libvirt/domains/A.inactive.xml", domainXml("A", second))
                                      .trop02();
        const Domain *domain = trop02.domain(u"A");
        QVERIFY(domain);
        QCOMPARE(macOf(domain->live), QString::fromLatin1(first));
        QCOMPARE(macOf(domain->inactive), QString::fromLatin1(second));
        QVERIFY(domain->current() == &*domain->live);
        QCOMPARE(domain->autostart, true);
        QCOMPARE(domain->source, (Source{u"trop02/libvirt/domains.json"_s, 1, 1}));
    }

    void aShutOffDomainsXmlIsItsPersistentForm()
    {
        const Hypervisor trop02 = Papers()
                                      .with("trop02/libvirt/domains.json", shutOff)
                                      .with("trop02/libvirt/domains/A.xml", domainXml("A", first))
                                      .trop02();
        const Domain *domain = trop02.domain(u"A");
        QVERIFY(domain);
        QVERIFY(!domain->live);
        QCOMPARE(macOf(domain->inactive), QString::fromLatin1(first));
        QVERIFY(domain->current() == &*domain->inactive);
        QCOMPARE(domain->uuid, u"5f3a3a5e-0000-4000-8000-000000000001"_s);
    }

    void joinsWhatOnlyOneSourceTells()
    {
        const Fleet fleet = Papers()
                                .with("trop02/libvirt/list.txt",
                                      " Id   Name   State\n----------------------\n 2    Ulov   running\n")
                                .with("trop02/libvirt/domains/A.xml", domainXml("A", first))
                                .with("trop02/guests/Siamond/guest/hostname.txt", "siamond.local\n")
                                .with("trop02/guests/Siamond-2/guest/hostname.txt", "siamond2\n")
                                .with("trop02/guests/two%20words/guest/hostname.txt", "two\n")
                                .fleet();
        const Hypervisor trop02 = fleet.hypervisors[0];
        QCOMPARE(namesOf(trop02),
                 QStringList({u"A"_s, u"Siamond"_s, u"Siamond-2"_s, u"Ulov"_s, u"two words"_s}));
        QCOMPARE(fleet.problems.size(), 0);
        QVERIFY(trop02.domain(u"Ulov")->isRunning());
        QVERIFY(!trop02.domain(u"Ulov")->guest);
        QCOMPARE(trop02.domain(u"A")->state, DomainState::Unknown);
        const Domain *guest = trop02.domain(u"Siamond");
        QCOMPARE(guest->state, DomainState::Unknown);
        QVERIFY(!guest->current());
        QVERIFY(guest->guest);
        QCOMPARE(guest->guest->system.hostname->value, u"siamond.local"_s);
        QCOMPARE(guest->source, (Source{u"trop02/guests/Siamond"_s, 0, 0}));
        QVERIFY(!guest->guest->system.interfaces);
        QVERIFY(!guest->guest->configsRead);
        QVERIFY(guest->guest->engine.isEmpty());
    }

    void unknownFilesMakeNoParts()
    {
        const Fleet fleet = Papers()
                                .with("trop02/host/hostname.txt", "trop02\n")
                                .with("trop02/guests/README", "about the guests")
                                .with("trop02/libvirt/domains/notes.txt", "no domain")
                                .with("trop02/libvirt/domains/old/A.xml", domainXml("A", first))
                                .with("trop02/libvirt/networks/notes.txt", "no network")
                                .with("ABOUT.txt", "about it all")
                                .with("trop03/ABOUT.txt", "no hypervisor yet")
                                .fleet();
        QCOMPARE(fleet.hypervisors.size(), 1);
        QVERIFY(!fleet.hypervisors[0].domains);
        QVERIFY(!fleet.hypervisors[0].networks);
        QCOMPARE(fleet.problems.size(), 0);
    }

    void onlyConfigurationFilesConfigure()
    {
        const Fleet fleet =
            Papers()
                .with("trop02/guests/A/ifcfg/ifcfg-ens5", "DEVICE=ens5\nBOOTPROTO=dhcp\n")
                .with("trop02/guests/A/ifcfg/route-ens5", "default via 192.168.202.1\n")
                .with("trop02/guests/A/ifcfg/ifup-eth", "#!/bin/bash\nif true; then\n  echo\nfi\n")
                .with("trop02/guests/A/nm/ens6.nmconnection", "[connection]\ninterface-name=ens6\n")
                .with("trop02/guests/A/nm/ABOUT.txt", "what these are\n")
                .with("trop02/guests/A/netplan/01.yaml",
                      "network:\n  ethernets:\n    ens7:\n      dhcp4: true\n")
                .with("trop02/guests/A/netplan/01.yaml.bak", "network: {ethernets: {ens8: {dhcp4: true}}}\n")
                .fleet();
        QCOMPARE(fleet.problems.size(), 0);
        QStringList devices;
        for (const InterfaceConfig &config : fleet.hypervisors[0].domain(u"A")->guest->configs)
            devices.append(config.device);
        QCOMPARE(devices, QStringList({u"ens5"_s, u"ens6"_s, u"ens7"_s}));
    }

    void theRicherFormCounts()
    {
        const Papers both =
            Papers()
                .with("trop02/host/ip-addr.json",
                      "[{\"ifname\": \"json0\", \"address\": \"52:54:00:02:02:0f\"}]")
                .with("trop02/host/ip-addr.txt",
                      "2: text0: <UP> mtu 1500\n    link/ether 52:54:00:02:02:0f\n")
                .with("trop02/host/ifconfig.txt", "old0: flags=4163<UP>  mtu 1500\n")
                .with("trop02/host/ip-route.json",
                      "[{\"dst\": \"default\", \"gateway\": \"10.0.0.1\", \"dev\": \"json0\"}]")
                .with("trop02/host/ip-route.txt", "default via 10.0.0.2 dev text0\n")
                .with("trop02/host/bridge-link.json", "[{\"ifname\": \"json0\", \"master\": \"br0\"}]")
                .with("trop02/host/brctl-show.txt",
                      "bridge name\tbridge id\t\tSTP "
                      "enabled\tinterfaces\nbr0\t\t8000.0cc47a351206\tno\t\told0\n")
                .with("trop02/libvirt/domains.json", shutOff)
                .with("trop02/libvirt/list.txt", " Id   Name   State\n-------\n 1    B      running\n")
                .with("trop02/libvirt/networks.json", "[{\"name\": \"json\", \"active\": true}]")
                .with("trop02/libvirt/net-list.txt",
                      " Name   State    Autostart   Persistent\n--------------\n text   active   yes         "
                      "yes\n")
                .with("trop02/libvirt/networks/json.leases.json",
                      "[{\"mac\": \"52:54:00:02:02:0f\", \"ip\": \"10.0.0.3\"}]")
                .with(
                    "trop02/libvirt/networks/json.leases.txt",
                    " Expiry Time           MAC address         Protocol   IP address       Hostname   "
                    "Client ID\n"
                    "---------------------\n"
                    " 2023-07-18 17:17:19   52:54:00:02:02:10   ipv4       10.0.0.4/24      b          -\n");
        const Hypervisor json = both.trop02();
        QCOMPARE(json.host.interfaces->items.size(), 1);
        QCOMPARE(json.host.interfaces->items[0].name, u"json0"_s);
        QCOMPARE(json.host.routes->at(0).device, u"json0"_s);
        QCOMPARE(json.host.bridgePorts->at(0).port, u"json0"_s);
        QCOMPARE(namesOf(json), QStringList{u"A"_s});
        QCOMPARE(json.networks->size(), 1);
        QCOMPARE(json.networks->at(0).name, u"json"_s);
        QCOMPARE(json.networks->at(0).leases->size(), 1);
        QCOMPARE(json.networks->at(0).leases->at(0).address->toString(), u"10.0.0.3"_s);
    }

    void theOlderFormCountsWhereTheRicherIsBroken()
    {
        const Fleet fleet =
            Papers()
                .with("trop02/host/ip-addr.json", "[{\"ifn")
                .with("trop02/host/ifconfig.txt", "old0: flags=4163<UP>  mtu 1500\n")
                .with("trop02/libvirt/domains.json", "")
                .with("trop02/libvirt/list.txt", " Id   Name   State\n-------\n 1    B      running\n")
                .with("trop02/libvirt/networks/n.leases.json", "{")
                .with("trop02/libvirt/networks/n.leases.txt",
                      " Expiry Time           MAC address         Protocol   IP address       Hostname   "
                      "Client ID\n"
                      "---------------------\n"
                      " 2023-07-18 17:17:19   52:54:00:02:02:10   ipv4       10.0.0.4/24      b          -\n")
                .fleet();
        const Hypervisor trop02 = fleet.hypervisors[0];
        QCOMPARE(trop02.host.interfaces->items[0].name, u"old0"_s);
        QCOMPARE(namesOf(trop02), QStringList{u"B"_s});
        QCOMPARE(trop02.network(u"n")->leases->size(), 1);
        QStringList documents;
        for (const Problem &problem : fleet.problems)
            documents.append(problem.document);
        documents.removeDuplicates();
        QCOMPARE(documents, QStringList({u"trop02/host/ip-addr.json"_s, u"trop02/libvirt/domains.json"_s,
                                         u"trop02/libvirt/networks/n.leases.json"_s}));
    }

    void pciAddressesAloneTellWhichInterfacesThereAre()
    {
        const QByteArray pci = "lo 00:00:00:00:00:00 -\nens5 52:54:00:00:01:01 0000:00:07.0\n";
        const Hypervisor alone = Papers().with("trop02/guests/A/interface-pci.txt", pci).trop02();
        const Guest guest = *alone.domain(u"A")->guest;
        QVERIFY(guest.configsRead);
        QVERIFY(guest.system.interfaces);
        QVERIFY(guest.system.interfaces->elided); // its addresses are not known to be absent
        QCOMPARE(guest.system.interfaces->items.size(), 2);
        QVERIFY(!guest.system.interfaces->items[0].pci);
        const Interface *ens5 = guest.system.interfaces->find(u"ens5");
        QVERIFY(ens5);
        QCOMPARE(ens5->mac->toString(), u"52:54:00:00:01:01"_s);
        QCOMPARE(ens5->pci->value.toString(), u"0000:00:07.0"_s);
        QCOMPARE(ens5->pci->source, (Source{u"trop02/guests/A/interface-pci.txt"_s, 2, 2}));
        QVERIFY(ens5->addresses.isEmpty());

        const Hypervisor both =
            Papers()
                .with("trop02/guests/A/interface-pci.txt", pci)
                .with("trop02/guests/A/guest/ip-addr.json",
                      "[{\"ifname\": \"ens5\", \"address\": \"52:54:00:00:01:01\", \"mtu\": 1500}]")
                .trop02();
        const InterfaceList list = *both.domain(u"A")->guest->system.interfaces;
        QVERIFY(!list.elided);
        QCOMPARE(list.items.size(), 2);
        QCOMPARE(list.find(u"ens5")->mtu, 1500);
        QCOMPARE(list.find(u"ens5")->pci->value.toString(), u"0000:00:07.0"_s);
    }

    void aFileThatFailedIsNotKnownToBeAbsent_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<bool>("read");
        QTest::newRow("a file") << u"guests/A/ifcfg/ifcfg-ens5"_s << false;
        QTest::newRow("their folder") << u"guests/A/nm"_s << false;
        QTest::newRow("interfaces") << u"guests/A/guest/interfaces.txt"_s << false;
        QTest::newRow("another document") << u"guests/A/guest/ip-addr.json"_s << true;
        QTest::newRow("another guest's file") << u"guests/AB/ifcfg/ifcfg-ens5"_s << true;
    }
    void aFileThatFailedIsNotKnownToBeAbsent()
    {
        QFETCH(QString, source);
        Papers papers =
            Papers().with("trop02/guests/A/interface-pci.txt", "ens5 52:54:00:00:01:01 0000:00:07.0\n");
        papers.evidence().errors.append({u"trop02"_s, source, u"exit status 124"_s, {}});
        QTEST(papers.trop02().domain(u"A")->guest->configsRead, "read");
    }

    void aNetworkMayBeDeclaredOnly()
    {
        const QByteArray xml =
            "<network><name>default</name><forward mode='nat'/><bridge name='virbr0'/></network>";
        const Hypervisor trop02 =
            Papers().with("trop02/declared/etc/libvirt/qemu/networks/default.xml", xml).trop02();
        const Network *network = trop02.network(u"default");
        QVERIFY(network);
        QVERIFY(!network->form);
        QVERIFY(!network->active);
        QVERIFY(network->declared);
        QCOMPARE(network->known()->forward, u"nat"_s);
    }

    void aMachineTellsItsFacts_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::newRow("host") << u"trop02/host"_s;
        QTest::newRow("guest") << u"trop02/guests/A/guest"_s;
    }
    void aMachineTellsItsFacts()
    {
        QFETCH(const QString, folder);
        const auto at = [&folder](const char *name) { return QByteArray(folder.toUtf8() + '/' + name); };
        const Hypervisor trop02 =
            Papers()
                .with(at("kernel.txt"), "4.18.16-200.fc28.x86_64\n")
                .with(at("machine-id.txt"), "4f1d0c6d8b7a4a0f9f0ce5a54f1d0c6d\n")
                .with(at("ssh-host-keys.txt"),
                      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOKtRICp/HvWlvKRQNPk6+TLQv1ljTr+mofGGsXn0z2L\n")
                .with(at("df.txt"), "Filesystem 1024-blocks Used Available Capacity Mounted on\n"
                                    "/dev/vda1 100 60 40 60% /\n")
                .with(at("udev-net.txt"), "ATTR{address}==\"52:54:00:02:02:0f\", NAME=\"eth0\"\n")
                .trop02();
        const Machine machine = folder.endsWith(u"host") ? trop02.host : trop02.domain(u"A")->guest->system;
        QCOMPARE(machine.kernel->value, u"4.18.16-200.fc28.x86_64"_s);
        QCOMPARE(machine.kernel->source, (Source{folder + u"/kernel.txt"_s, 1, 1}));
        QCOMPARE(machine.machineId->value, u"4f1d0c6d8b7a4a0f9f0ce5a54f1d0c6d"_s);
        QCOMPARE(machine.sshHostKeys->size(), 1);
        QCOMPARE(machine.filesystems->at(0).mount, u"/"_s);
        QCOMPARE(machine.persistentNames->at(0).name, u"eth0"_s);
    }

    void whatNoDocumentTellsOfAMachineIsNotKnown()
    {
        const Machine machine = Papers().with("trop02/host/hostname.txt", "trop02\n").trop02().host;
        QVERIFY(!machine.kernel && !machine.machineId && !machine.sshHostKeys && !machine.filesystems);
        QVERIFY(!machine.persistentNames && !machine.clockRead.isValid());
        // Most systems keep no names: cat then prints nothing, and that is no fault.
        const Fleet none = Papers().with("trop02/host/udev-net.txt", "").fleet();
        QVERIFY(none.hypervisors[0].host.persistentNames->isEmpty());
        QVERIFY(none.problems.isEmpty());
    }

    void theClockWasReadWhenItsDocumentWas()
    {
        const QDateTime read(QDate(2026, 11, 23), QTime(21, 24, 1), Qt::UTC);
        Papers papers;
        papers.evidence().taken = read.addSecs(90);
        papers.with("trop02/host/date.txt", "2026-11-23T21:20:00+00:00\n");
        // Without a time of its own the document has the capture's: of no use against a clock.
        QVERIFY(papers.trop02().host.clock);
        QVERIFY(!papers.trop02().host.clockRead.isValid());
        Document &date = papers.evidence().documents[u"trop02/host/date.txt"_s];
        date.taken = read;
        date.took = std::chrono::milliseconds(10);
        QCOMPARE(papers.trop02().host.clockRead, read);
        date.text = "no date";
        QVERIFY(papers.trop02().host.isEmpty());
    }

    void snapshotsJsonSpeaksForEveryDomain()
    {
        Papers papers;
        papers.with("trop02/libvirt/domains.json", "[{\"name\": \"A\"}, {\"name\": \"B\"}]")
            .with("trop02/libvirt/snapshots.json",
                  "[{\"domain\": \"A\", \"name\": \"s\", \"created\": \"2026-11-23T21:24:01Z\"},\n"
                  "{\"domain\": \"gone\", \"name\": \"s\"}]");
        QCOMPARE(namesOf(papers.trop02()), (QStringList{u"A"_s, u"B"_s}));
        const DomainSnapshot snapshot{u"s"_s,
                                      QDateTime(QDate(2026, 11, 23), QTime(21, 24, 1), Qt::UTC),
                                      {u"trop02/libvirt/snapshots.json"_s, 1, 1}};
        QCOMPARE(papers.trop02().domain(u"A")->snapshots, std::optional(QList{snapshot}));
        QCOMPARE(papers.trop02().domain(u"B")->snapshots, std::optional(QList<DomainSnapshot>{}));
        // Where some could not be asked, silence about a domain says nothing.
        papers.evidence().errors = {{u"trop02"_s, u"libvirt/snapshots.json"_s, u"cannot"_s, {}}};
        QCOMPARE(papers.trop02().domain(u"A")->snapshots, std::optional(QList{snapshot}));
        QVERIFY(!papers.trop02().domain(u"B")->snapshots);
    }

    void snapshotsMayBeATable()
    {
        const QByteArray table = " Name   Creation Time               State\n-----------\n"
                                 " s      2026-11-23 21:24:01 +0000   running\n";
        const Hypervisor trop02 = Papers()
                                      .with("trop02/libvirt/domains/A%20b.snapshots.txt", table)
                                      .with("trop02/libvirt/domains/C.xml", domainXml("C", first))
                                      .trop02();
        QCOMPARE(namesOf(trop02), (QStringList{u"A b"_s, u"C"_s}));
        QCOMPARE(trop02.domain(u"A b")->snapshots->at(0).name, u"s"_s);
        QVERIFY(!trop02.domain(u"C")->snapshots);
        QVERIFY(!trop02.domain(u"C")->live->agentConnected);
    }

    void volumesAreTheHypervisors()
    {
        const Hypervisor trop02 =
            Papers()
                .with("trop02/libvirt/volumes.json",
                      "[{\"pool\": \"p\", \"name\": \"v\", \"path\": \"/v\", \"format\": \"raw\"}]")
                .trop02();
        QCOMPARE(trop02.volumes->at(0).path, u"/v"_s);
        QVERIFY(!trop02.domains);
        QVERIFY(Papers().with("trop02/libvirt/volumes.json", "[]").trop02().volumes->isEmpty());
        QVERIFY(!Papers().with("trop02/libvirt/version.txt", "").trop02().volumes);
        // An image of one pool may be the backing of another in the pool that could not be read.
        Papers some;
        some.with("trop02/libvirt/volumes.json", "[]");
        some.evidence().errors = {{u"trop02"_s, u"libvirt/volumes.json"_s, u"cannot"_s, {}}};
        QVERIFY(!some.trop02().volumes);
    }

    void servicesKnowTheirUpdate()
    {
        const QByteArray inspect = "[{\"ID\":\"zq8koery3ateiugjeapq2ls9p\",\"Spec\":{\"Name\":\"web\"},"
                                   "\"UpdateStatus\":{\"State\":\"paused\"}}]";
        Papers papers;
        papers.with("trop02/guests/A/docker/services.json",
                    "{\"ID\":\"zq8koery3ate\",\"Name\":\"web\",\"Replicas\":\"2/2\"}\n");
        const auto services = [&papers] { return *papers.trop02().domain(u"A")->guest->engine.services; };
        QVERIFY(!services()[0].updateState);
        papers.with("trop02/guests/A/docker/service-inspect.json", inspect);
        QCOMPARE(services().size(), 1);
        QCOMPARE(services()[0].desired, std::optional(2));
        QCOMPARE(services()[0].updateState->value, u"paused"_s);
        const Fleet alone = Papers().with("trop02/guests/A/docker/service-inspect.json", inspect).fleet();
        QCOMPARE(alone.hypervisors[0].domain(u"A")->guest->engine.services->at(0).name, u"web"_s);
    }

    void problemsOfTheReaderAreKept()
    {
        Papers papers;
        papers.with("trop02/host/ip-addr.json", "[{");
        papers.evidence().problems = {{u"zeta/link"_s, 0, u"is a link: not followed"_s},
                                      {u"capture.json"_s, 1, u"is not JSON"_s}};
        QStringList documents;
        for (const Problem &problem : papers.fleet().problems)
            documents.append(problem.document);
        documents.removeDuplicates();
        QCOMPARE(documents, QStringList({u"capture.json"_s, u"trop02/host/ip-addr.json"_s, u"zeta/link"_s}));
    }

    void isTheSameEachTime()
    {
        Papers papers;
        papers.with("trop02/libvirt/domains.json", running)
            .with("trop02/libvirt/domains/A.xml", domainXml("A", first));
        QVERIFY(papers.fleet() == papers.fleet());
    }
};

QTEST_GUILESS_MAIN(TestAssemble)
#include "test_assemble.moc"
