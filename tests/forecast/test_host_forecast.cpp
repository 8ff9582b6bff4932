#include "models/fleet/machine_name.h"
#include "tests/forecast/foreseeing.h"

#include <QRegularExpression>
#include <QTest>

using namespace tropo;
using namespace tropo::build;
using namespace Qt::Literals::StringLiterals;

namespace {

Interface bridgeWith(const char *name, const char *address)
{
    Interface made = inside(name, "0c:c4:7a:35:12:06", address);
    made.kind = u"bridge"_s;
    return made;
}

InterfaceConfig stanza(const char *name, const char *address, const QStringList &ports)
{
    InterfaceConfig made = ifcfg(name, nullptr, address);
    made.format = ConfigFormat::DebianInterfaces;
    made.source.document = u"interfaces.txt"_s;
    for (const QString &port : ports)
        made.bridgePorts.append({port, made.source});
    return made;
}

/// trop02 with all that a restart needs to be known, and nothing that it would change.
Fleet settled()
{
    Domain domain = healthyAcilamwen();
    domain.autostart = true;
    Fleet fleet = reservedFleetOf(domain);
    Hypervisor &host = fleet.hypervisors[0];
    for (Network &network : *host.networks) {
        network.autostart = true;
        network.persistent = true;
    }
    host.host.interfaces =
        InterfaceList{{bridgeWith("br0", "129.215.175.97"), bridgeWith("virbr0", "192.168.202.1"),
                       inside("eth0", "0c:c4:7a:35:12:06"), inside("vnet0", "fe:54:00:02:02:0f")},
                      false};
    host.host.bridgePorts = QList<BridgePort>{{u"br0"_s, u"eth0"_s, {}, {u"bridge-link.json"_s, 1, 1}},
                                              {u"br0"_s, u"vnet0"_s, {}, {u"bridge-link.json"_s, 2, 2}}};
    host.interfacesFile = QList<InterfaceConfig>{stanza("br0", "129.215.175.97", {u"eth0"_s})};
    return fleet;
}

Forecast forecastOfHost(const Fleet &fleet)
{
    return forecastFor(fleet, u"trop02"_s);
}

Domain &acilamwen(Fleet &fleet)
{
    return (*fleet.hypervisors[0].domains)[0];
}

} // namespace

class TestHostForecast : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void aSettledHostComesBackAsItIs()
    {
        const Forecast forecast = forecastOfHost(settled());
        QCOMPARE(foreseen(forecast), QStringList());
        // The persistent form of a running network cannot be read; that is said.
        QCOMPARE(forecast.notKnown.size(), 1);
        QVERIFY2(
            forecast.notKnown[0].startsWith(u"Whether the persistent description of bridged and default"_s),
            qPrintable(forecast.notKnown[0]));
    }

    void nothingReadNothingFine()
    {
        Hypervisor host;
        host.name = u"trop02"_s;
        const Forecast forecast = forecastOfHost(fleet({host}));
        QCOMPARE(foreseen(forecast), QStringList());
        QCOMPARE(forecast.notKnown.size(), 3);
    }

    void aNetworkThatDoesNotStartTakesItsVmAlong()
    {
        Fleet fleet = settled();
        (*fleet.hypervisors[0].networks)[1].autostart = false;
        const Forecast forecast = forecastOfHost(fleet);
        QCOMPARE(foreseen(forecast), (QStringList{u"lost network-not-started /network/default"_s,
                                                  u"lost vm-does-not-start /vm/Acilamwen"_s}));
        QVERIFY2(
            messageOf(forecast, "vm-does-not-start")
                .contains(
                    u"needs the network default, which does not start with trop02; float1 would go with it"_s),
            qPrintable(messageOf(forecast, "vm-does-not-start")));
    }

    void networksThatGoAndCome()
    {
        Fleet fleet = settled();
        (*fleet.hypervisors[0].networks)[0].persistent = false;
        (*fleet.hypervisors[0].networks)[1].active = false;
        const QStringList all = foreseen(forecastOfHost(fleet));
        QVERIFY(all.contains(u"lost network-gone /network/bridged"_s));
        QVERIFY(all.contains(u"change network-starts /network/default"_s));
    }

    void aVmWithoutAutostartStaysOff()
    {
        Fleet fleet = settled();
        acilamwen(fleet).autostart = false;
        acilamwen(fleet).guest->engine.containers = QList<Container>{container("a", "apache", "apache")};
        const Forecast forecast = forecastOfHost(fleet);
        QCOMPARE(foreseen(forecast), QStringList(u"lost vm-not-started /vm/Acilamwen"_s));
        QCOMPARE(messageOf(forecast, "vm-not-started"),
                 u"Acilamwen runs and would stay off: its autostart is off; float1 and one running "
                 "container would go with it."_s);
        QVERIFY(forecast.notKnown.join(u' ').contains(u"libvirt-guests"_s));
    }

    void vmsThatGoAndCome()
    {
        Fleet fleet = settled();
        acilamwen(fleet).persistent = false;
        Domain off = vm("Oskavel", DomainState::ShutOff);
        off.autostart = true;
        fleet.hypervisors[0].domains->append(off);
        QCOMPARE(foreseen(forecastOfHost(fleet)),
                 (QStringList{u"lost vm-gone /vm/Acilamwen"_s, u"change vm-starts /vm/Oskavel"_s}));
        acilamwen(fleet).persistent = true;
        acilamwen(fleet).autostart.reset();
        QVERIFY(forecastOfHost(fleet).notKnown.join(u' ').contains(
            u"Whether Acilamwen starts with it: its autostart was not read."_s));
    }

    void aVmThatComesBackChanged()
    {
        Fleet fleet = settled();
        acilamwen(fleet).inactive->nics.removeLast();
        const Forecast forecast = forecastOfHost(fleet);
        QCOMPARE(foreseen(forecast), QStringList(u"lost vm-comes-back-changed /vm/Acilamwen"_s));
        QVERIFY2(messageOf(forecast, "vm-comes-back-changed")
                     .startsWith(u"Acilamwen would come back with one loss and one change: float1's"_s),
                 qPrintable(messageOf(forecast, "vm-comes-back-changed")));
    }

    void addressesAndPortsThatTheFileDoesNotGive()
    {
        Fleet fleet = settled();
        Hypervisor &host = fleet.hypervisors[0];
        host.interfacesFile = QList<InterfaceConfig>{stanza("br0", "129.215.175.98", {u"eth9"_s})};
        const Forecast forecast = forecastOfHost(fleet);
        QCOMPARE(foreseen(forecast),
                 (QStringList{u"lost host-address-lost"_s, u"lost bridge-port-lost /bridge/br0"_s,
                              u"change bridge-port-gained /bridge/br0"_s}));
        QVERIFY2(messageOf(forecast, "host-address-lost").contains(u"gives br0 129.215.175.98"_s),
                 qPrintable(messageOf(forecast, "host-address-lost")));
        (*host.interfacesFile)[0] = stanza("br0", "129.215.175.97", {u"eth0"_s});
        (*host.interfacesFile)[0].onBoot = false;
        QVERIFY(messageOf(forecastOfHost(fleet), "host-address-lost")
                    .contains(u"brings br0 up by no auto line"_s));
    }

    void anInterfaceThatTheFileDoesNotNameIsNotKnown()
    {
        Fleet fleet = settled();
        fleet.hypervisors[0].interfacesFile->clear();
        const Forecast forecast = forecastOfHost(fleet);
        QCOMPARE(foreseen(forecast), QStringList());
        QVERIFY2(forecast.notKnown.join(u' ').contains(u"Whether 129.215.175.97 on br0 comes back"_s),
                 qPrintable(forecast.notKnown.join(u' ')));
    }

    void machinesByName_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("subject");
        QTest::newRow("hypervisor") << u"trop02"_s << u"trop02"_s;
        QTest::newRow("vm") << u"Ulov"_s << u"trop02/vm/Ulov"_s;
        QTest::newRow("any case") << u"ulov"_s << u"trop02/vm/Ulov"_s;
        QTest::newRow("with hypervisor") << u"trop02/Acilamwen"_s << u"trop02/vm/Acilamwen"_s;
        QTest::newRow("subject") << u"trop01/vm/Acilamwen"_s << u"trop01/vm/Acilamwen"_s;
    }

    void machinesByName()
    {
        QFETCH(QString, text);
        QFETCH(QString, subject);
        const Fleet all = fleet(
            {hypervisor("trop01", {vm("Acilamwen")}), hypervisor("trop02", {vm("Acilamwen"), vm("Ulov")})});
        const auto found = machineNamed(text, all);
        QVERIFY2(found.has_value(), found ? "" : qPrintable(found.error().message));
        QCOMPARE(*found, subject);
    }

    void namesThatAreNoMachines()
    {
        const Fleet all = fleet(
            {hypervisor("trop01", {vm("Acilamwen")}), hypervisor("trop02", {vm("Acilamwen"), vm("Ulov")})});
        const auto message = [&](const char *text) {
            const auto found = machineNamed(str(text), all);
            return found ? QString() : found.error().message;
        };
        QCOMPARE(message("Acilamwen"),
                 u"\"Acilamwen\" is several: trop01/Acilamwen, trop02/Acilamwen; name one of them"_s);
        QVERIFY2(message("Ulvo").endsWith(u"near it: Ulov"_s), qPrintable(message("Ulvo")));
        QVERIFY2(message("trop20").contains(u"near it: trop02"_s), qPrintable(message("trop20")));
        QVERIFY2(message("entirely else").contains(u"name one as HYPERVISOR"_s),
                 qPrintable(message("entirely else")));
    }
};

QTEST_GUILESS_MAIN(TestHostForecast)
#include "test_host_forecast.moc"
