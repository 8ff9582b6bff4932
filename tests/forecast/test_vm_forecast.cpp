#include "tests/forecast/foreseeing.h"

#include <QRegularExpression>
#include <QTest>

using namespace tropo;
using namespace tropo::build;
using namespace Qt::Literals::StringLiterals;

class TestVmForecast : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void aHealthyVmComesBackAsItIs()
    {
        const Forecast forecast = forecastReserved(healthyAcilamwen());
        QCOMPARE(foreseen(forecast), QStringList());
        QCOMPARE(forecast.notKnown, QStringList());
        QCOMPARE(forecast.summary(), u"nothing would change"_s);
    }

    void aSeedVmWithFourNicsKeepsThem()
    {
        const Forecast forecast = forecastReserved(labAcilamwen());
        QCOMPARE(foreseen(forecast), QStringList());
        QCOMPARE(forecast.notKnown, QStringList());
    }

    void nothingIsCalledFineThatWasNotRead()
    {
        const Forecast forecast = forecastFor(notesAcilamwen());
        QCOMPARE(foreseen(forecast), QStringList());
        QVERIFY(forecast.notKnown.size() >= 3);
        QVERIFY2(forecast.summary().startsWith(u"nothing of what was read would change"_s),
                 qPrintable(forecast.summary()));
        QVERIFY(
            forecastFor(vm("Ulov")).notKnown.join(u' ').contains(u"its interfaces inside were not read"_s));
    }

    void aNicThatIsOnlyLiveVanishesWithItsFloat()
    {
        Domain domain = healthyAcilamwen();
        domain.inactive->nics.removeLast();
        const Forecast forecast = forecastReserved(domain);
        QCOMPARE(foreseen(forecast), (QStringList{u"lost float-lost /if/ens7"_s,
                                                  u"change nic-vanishes /nic/52:54:00:00:01:00"_s}));
        QCOMPARE(messageOf(forecast, "float-lost"),
                 u"float1's 129.215.175.100 would be lost: the persistent domain has no NIC with "
                 "52:54:00:00:01:00."_s);
        QVERIFY2(messageOf(forecast, "nic-vanishes").contains(u"on bridged (vnet1), ens7 inside"_s),
                 qPrintable(messageOf(forecast, "nic-vanishes")));
        QCOMPARE(forecast.summary(), u"one loss and one change"_s);
    }

    void aNicThatIsOnlyPersistentAppears()
    {
        Domain domain = healthyAcilamwen();
        domain.live->nics.removeLast();
        domain.guest->system.interfaces->items.removeLast();
        const Forecast forecast = forecastReserved(domain);
        QCOMPARE(foreseen(forecast), (QStringList{u"change nic-appears /nic/52:54:00:00:01:00"_s,
                                                  u"change float-gained /if/ens7"_s}));
        QVERIFY2(messageOf(forecast, "nic-appears").contains(u"at 0000:00:07.0; inside it would be ens7"_s),
                 qPrintable(messageOf(forecast, "nic-appears")));
    }

    /// Slots of the two descriptions diverge after partial detaches.
    void swappedSlotsSwapTheNamesInside()
    {
        Domain domain = healthyAcilamwen();
        domain.inactive = form({persistent(natMac, "default", 7), persistent(float1Mac, "bridged", 3)});
        const Forecast forecast = forecastReserved(domain);
        const QStringList all = foreseen(forecast);
        QVERIFY(all.contains(u"change nic-slot-changes /nic/52:54:00:02:02:0f"_s));
        QVERIFY(all.contains(u"change nic-slot-changes /nic/52:54:00:00:01:00"_s));
        // ens7 keeps a file that wants float1's MAC, which would be ens3's.
        QVERIFY(all.contains(u"change interface-not-up /if/ens7"_s));
        QVERIFY(all.contains(u"lost float-lost /if/ens7"_s));
        QVERIFY2(
            messageOf(forecast, "nic-slot-changes")
                .contains(u"from 0000:00:03.0 to 0000:00:07.0; inside it would be ens7 instead of ens3"_s),
            qPrintable(messageOf(forecast, "nic-slot-changes")));
        QVERIFY2(messageOf(forecast, "interface-not-up")
                     .contains(u"ifcfg-ens7 names the MAC 52:54:00:00:01:00, but ens7 would be the NIC with "
                               "52:54:00:02:02:0f"_s),
                 qPrintable(messageOf(forecast, "interface-not-up")));
    }

    /// Without a MAC in its file the address follows the name, onto the other NIC.
    void swappedSlotsMoveAnAddressThatIsBoundByName()
    {
        Domain domain = healthyAcilamwen();
        domain.guest->configs[1].hwaddr.reset();
        domain.inactive = form({persistent(natMac, "default", 7), persistent(float1Mac, "bridged", 3)});
        const Forecast forecast = forecastReserved(domain);
        QVERIFY(foreseen(forecast).contains(u"lost float-moves /if/ens7"_s));
        QCOMPARE(messageOf(forecast, "float-moves"),
                 u"float1's 129.215.175.100 would stand on the NIC 52:54:00:02:02:0f on default instead of "
                 "52:54:00:00:01:00 on bridged, and not answer there."_s);
    }

    void swappedSlotsChangeNothingWhereNamesFollowTheMac()
    {
        Domain domain = healthyAcilamwen();
        domain.inactive = form({persistent(natMac, "default", 7), persistent(float1Mac, "bridged", 3)});
        domain.guest->system.persistentNames =
            QList<PersistentName>{{mac(natMac), u"ens3"_s, {}}, {mac(float1Mac), u"ens7"_s, {}}};
        const Forecast forecast = forecastReserved(domain);
        QCOMPARE(foreseen(forecast), (QStringList{u"change nic-slot-changes /nic/52:54:00:02:02:0f"_s,
                                                  u"change nic-slot-changes /nic/52:54:00:00:01:00"_s}));
        QVERIFY2(messageOf(forecast, "nic-slot-changes").contains(u"inside it stays ens3"_s),
                 qPrintable(messageOf(forecast, "nic-slot-changes")));
    }

    void aSlotWithAnotherMac()
    {
        Domain domain = healthyAcilamwen();
        domain.inactive->nics[1].mac = mac(float2Mac);
        const Forecast forecast = forecastReserved(domain);
        QCOMPARE(foreseen(forecast), (QStringList{u"lost float-lost /if/ens7"_s,
                                                  u"change nic-mac-changes /nic/52:54:00:00:01:00"_s,
                                                  u"change interface-not-up /if/ens7"_s}));
        QVERIFY2(messageOf(forecast, "nic-mac-changes")
                     .contains(u"would be 52:54:00:00:01:01 on bridged instead of 52:54:00:00:01:00"_s),
                 qPrintable(messageOf(forecast, "nic-mac-changes")));
    }

    void aNicOnAnotherNetwork()
    {
        Domain domain = healthyAcilamwen();
        domain.inactive->nics[1].network = u"default"_s;
        const Forecast forecast = forecastReserved(domain);
        QCOMPARE(foreseen(forecast), (QStringList{u"lost float-moves /if/ens7"_s,
                                                  u"change nic-network-changes /nic/52:54:00:00:01:00"_s}));
    }

    void aLinkThatStartsDown()
    {
        Domain domain = healthyAcilamwen();
        domain.inactive->nics[1].linkUp = false;
        QCOMPARE(foreseen(forecastReserved(domain)),
                 QStringList(u"lost nic-link-changes /nic/52:54:00:00:01:00"_s));
        domain.live->nics[1].linkUp = false;
        QCOMPARE(foreseen(forecastReserved(domain)), QStringList());
    }

    /// Attached while it ran, eth1 and eth2 stand the other way round than a start counts them.
    void countedNamesAreCountedAnew()
    {
        Domain domain = healthyAcilamwen();
        domain.live->nics.append(liveBridged(float2Mac, 2, 5));
        domain.inactive->nics.append(persistent(float2Mac, "bridged", 5));
        domain.guest = guest({inside("eth0", natMac, natIp, 3), inside("eth1", float1Mac, float1Ip, 7),
                              inside("eth2", float2Mac, nullptr, 5)},
                             {ifcfg("eth0", nullptr), ifcfg("eth1", float1Mac, float1Ip)});
        Forecast forecast = forecastReserved(domain);
        QVERIFY(foreseen(forecast).isEmpty());
        QVERIFY2(forecast.notKnown.join(u' ').contains(u"udev's persistent-net rules, which were not read"_s),
                 qPrintable(forecast.notKnown.join(u' ')));
        domain.guest->system.persistentNames = QList<PersistentName>{};
        forecast = forecastReserved(domain);
        QVERIFY(foreseen(forecast).contains(u"change nic-renamed /nic/52:54:00:00:01:00"_s));
        QVERIFY(foreseen(forecast).contains(u"lost float-lost /if/eth1"_s));
        domain.guest->system.persistentNames = QList<PersistentName>{
            {mac(natMac), u"eth0"_s, {}}, {mac(float1Mac), u"eth1"_s, {}}, {mac(float2Mac), u"eth2"_s, {}}};
        QCOMPARE(foreseen(forecastReserved(domain)), QStringList());
    }

    void aFileForAnotherMacIsIgnored()
    {
        Domain domain = healthyAcilamwen();
        domain.guest->configs[1].hwaddr->value = mac("52:54:00:00:00:01");
        const Forecast forecast = forecastReserved(domain);
        QCOMPARE(foreseen(forecast),
                 (QStringList{u"lost float-lost /if/ens7"_s, u"change interface-not-up /if/ens7"_s}));
        QVERIFY2(messageOf(forecast, "float-lost")
                     .contains(u"ifcfg-ens7 names the MAC 52:54:00:00:00:01, which no NIC would have"_s),
                 qPrintable(messageOf(forecast, "float-lost")));
    }

    void anInterfaceThatIsNotBroughtUp()
    {
        Domain domain = healthyAcilamwen();
        domain.guest->configs[1].onBoot = false;
        const Forecast forecast = forecastReserved(domain);
        QCOMPARE(foreseen(forecast),
                 (QStringList{u"lost float-lost /if/ens7"_s, u"change interface-not-up /if/ens7"_s}));
        QVERIFY(messageOf(forecast, "float-lost").contains(u"ifcfg-ens7 says ONBOOT=no"_s));
        // A file that is kept for later is nobody's business.
        domain = healthyAcilamwen();
        domain.guest->configs.append(ifcfg("ens7", nullptr, "10.0.0.1"));
        domain.guest->configs.last().onBoot = false;
        QCOMPARE(foreseen(forecastReserved(domain)), QStringList());
    }

    void twoFilesForOneInterface()
    {
        Domain domain = healthyAcilamwen();
        domain.guest->configs.append(ifcfg("ens7", float1Mac, float1Ip));
        domain.guest->configs.last().format = ConfigFormat::Keyfile;
        domain.guest->configs.last().source.document = u"nm/ens7.nmconnection"_s;
        const Forecast forecast = forecastReserved(domain);
        QCOMPARE(foreseen(forecast), QStringList(u"change interface-two-files /if/ens7"_s));
        QVERIFY(messageOf(forecast, "interface-two-files").startsWith(u"ifcfg-ens7 and ens7.nmconnection"_s));
        // Stanzas of one file are meant to add up.
        for (InterfaceConfig &config : domain.guest->configs)
            config.format = ConfigFormat::DebianInterfaces;
        QCOMPARE(foreseen(forecastReserved(domain)), QStringList());
    }

    void anAddressThatNoFileGives()
    {
        Domain domain = healthyAcilamwen();
        domain.guest->configs.removeLast();
        QCOMPARE(foreseen(forecastReserved(domain)), QStringList(u"lost float-lost /if/ens7"_s));
        domain.guest->configsRead = false;
        const Forecast forecast = forecastReserved(domain);
        QCOMPARE(foreseen(forecast), QStringList());
        QVERIFY2(
            forecast.notKnown.join(u' ').contains(u"Whether float1's 129.215.175.100 on ens7 comes back"_s),
            qPrintable(forecast.notKnown.join(u' ')));
    }

    void anAddressByDhcp()
    {
        Domain domain = healthyAcilamwen();
        Fleet fleet = reservedFleetOf(domain);
        NetworkForm &nat = *(*fleet.hypervisors[0].networks)[1].form;
        nat.reservations[0].address = ip("192.168.202.9");
        const QString vm = u"trop02/vm/Acilamwen"_s;
        QCOMPARE(foreseen(forecastFor(fleet, vm)), QStringList(u"change address-changes /if/ens3"_s));
        nat.reservations.clear();
        const Forecast free = forecastFor(fleet, vm);
        QCOMPARE(foreseen(free), QStringList());
        QVERIFY2(free.notKnown.join(u' ').contains(u"Whether ens3 gets 192.168.202.15 by DHCP again"_s),
                 qPrintable(free.notKnown.join(u' ')));
    }

    /// What asks for it may be no file at all (NetworkManager's own, cloud-init).
    void anAddressByDhcpWithoutAFileIsNotCalledLost()
    {
        Domain domain = healthyAcilamwen();
        domain.guest->configs.removeFirst();
        const Forecast forecast = forecastReserved(domain);
        QCOMPARE(foreseen(forecast), QStringList());
        QVERIFY2(forecast.notKnown.join(u' ').contains(u"what asks for it was not read"_s),
                 qPrintable(forecast.notKnown.join(u' ')));
    }

    void aVmThatIsNotPersistentIsGone()
    {
        Domain domain = healthyAcilamwen();
        domain.persistent = false;
        const Forecast forecast = forecastReserved(domain);
        QCOMPARE(foreseen(forecast), QStringList(u"lost vm-gone"_s));
        QVERIFY(messageOf(forecast, "vm-gone").endsWith(u"it is gone; float1 would go with it."_s));
    }

    void aVmWhoseNetworkIsNotActiveDoesNotStart()
    {
        Fleet fleet = reservedFleetOf(healthyAcilamwen());
        (*fleet.hypervisors[0].networks)[1].active = false;
        const Forecast forecast = forecastFor(fleet, u"trop02/vm/Acilamwen"_s);
        QCOMPARE(foreseen(forecast), QStringList(u"lost vm-does-not-start"_s));
        QVERIFY(
            messageOf(forecast, "vm-does-not-start").contains(u"the network default, which is not active"_s));
        fleet.hypervisors[0].networks->removeLast();
        QVERIFY(messageOf(forecastFor(fleet, u"trop02/vm/Acilamwen"_s), "vm-does-not-start")
                    .contains(u"default, which trop02 does not have"_s));
        // Networks known from declared files alone say nothing of the others.
        (*fleet.hypervisors[0].networks)[0].active.reset();
        QCOMPARE(messageOf(forecastFor(fleet, u"trop02/vm/Acilamwen"_s), "vm-does-not-start"), QString());
    }

    void aVmThatIsOffIsNotCompared()
    {
        Domain domain = vm("Ulov", DomainState::ShutOff);
        domain.inactive = form({persistent(natMac, "default", 3)});
        const Forecast forecast = forecastReserved(domain);
        QCOMPARE(foreseen(forecast), QStringList());
        QCOMPARE(forecast.notKnown, QStringList());
    }

    void containersByTheirPolicy()
    {
        Domain domain = healthyAcilamwen();
        QList<Container> containers;
        for (const char *policy : {"no", "on-failure", "always", "unless-stopped"}) {
            containers.append(container(policy, policy, "apache"));
            containers.last().restartPolicy = str(policy);
        }
        containers.append(container("stopped", "stopped", "apache"));
        containers.last().state = ContainerState::Exited;
        containers.last().restartPolicy = u"always"_s;
        containers.append(task("web", 1, "abc", "apache"));
        containers.last().restartPolicy = u"no"_s;
        domain.guest->engine.containers = containers;
        Forecast forecast = forecastReserved(domain);
        QCOMPARE(foreseen(forecast), (QStringList{u"lost container-not-started /container/no"_s,
                                                  u"lost container-not-started /container/on-failure"_s,
                                                  u"change container-starts /container/stopped"_s}));
        QCOMPARE(forecast.notKnown, QStringList());
        domain.guest->engine.containers = QList<Container>{container("a", "a", "apache")};
        forecast = forecastReserved(domain);
        QVERIFY(foreseen(forecast).isEmpty());
        QCOMPARE(forecast.notKnown,
                 QStringList(u"Whether its container starts again: the restart policy was not read."_s));
    }

    /// A name that a file gave (HWADDR with DEVICE, by initscripts) follows its MAC.
    void aNameGivenByInitscriptsFollowsItsMac()
    {
        Domain domain = healthyAcilamwen();
        domain.guest = guest({inside("nat", natMac, natIp, 3), inside("public", float1Mac, float1Ip, 7)},
                             {ifcfg("nat", natMac), ifcfg("public", float1Mac, float1Ip)});
        domain.inactive = form({persistent(natMac, "default", 7), persistent(float1Mac, "bridged", 3)});
        const Forecast forecast = forecastReserved(domain);
        QCOMPARE(foreseen(forecast), (QStringList{u"change nic-slot-changes /nic/52:54:00:02:02:0f"_s,
                                                  u"change nic-slot-changes /nic/52:54:00:00:01:00"_s}));
    }

    void namesByPath()
    {
        Domain domain = healthyAcilamwen();
        domain.guest = guest({inside("enp0s3", natMac, natIp, 3), inside("enp0s7", float1Mac, float1Ip, 7)},
                             {ifcfg("enp0s3", nullptr), ifcfg("enp0s7", float1Mac, float1Ip)});
        domain.inactive->nics[1].pci = slot(8);
        const Forecast forecast = forecastReserved(domain);
        QVERIFY2(messageOf(forecast, "nic-slot-changes")
                     .contains(u"inside it would be enp0s8 instead of enp0s7"_s),
                 qPrintable(messageOf(forecast, "nic-slot-changes")));
        QVERIFY(foreseen(forecast).contains(u"lost float-lost /if/enp0s7"_s));
    }

    /// Four NICs of one MAC and no PCI addresses inside: which is which cannot be told.
    void anUnknownPairingIsNotGuessed()
    {
        Domain domain = labAcilamwen();
        for (Interface &interface : domain.guest->system.interfaces->items)
            interface.pci.reset();
        domain.inactive->nics.removeLast();
        const Forecast forecast = forecastReserved(domain);
        QCOMPARE(foreseen(forecast), QStringList(u"change nic-vanishes /nic/net4"_s));
        QVERIFY2(forecast.notKnown.join(u' ').contains(u"Which interface inside the NIC"_s),
                 qPrintable(forecast.notKnown.join(u' ')));
    }

    void everyItemStandsOnSomething()
    {
        Domain domain = healthyAcilamwen();
        domain.inactive = form({persistent(natMac, "default", 7), persistent(float2Mac, "bridged", 3)});
        for (const ForecastItem &item : forecastReserved(domain).items)
            QVERIFY2(!item.sources.isEmpty(), qPrintable(item.message));
    }

    void anotherSubjectHasNoForecast()
    {
        const Fleet fleet = fleetOf(healthyAcilamwen());
        QVERIFY(!forecastOf(u"float/float1"_s, fleet, policy()));
        QVERIFY(!forecastOf(u"trop02/vm/Acilamwen/nic/net1"_s, fleet, policy()));
        QVERIFY(!forecastOf(u"trop09"_s, fleet, policy()));
        QCOMPARE(forecastAll(fleet, policy()).size(), 2);
    }
};

QTEST_GUILESS_MAIN(TestVmForecast)
#include "test_vm_forecast.moc"
