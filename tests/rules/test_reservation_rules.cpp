#include "tests/rules/judging.h"
#include "tests/support/host_builder.h"

#include <QRegularExpression>
#include <QTest>

using namespace tropo;
using namespace tropo::build;
using namespace Qt::Literals::StringLiterals;

namespace {

const QString net2 = u"trop02/network/default"_s;

/// A change to what runs and to what is declared alike, so that the two do not differ.
template <typename Change> Hypervisor changed(Change change, int number = 2)
{
    Hypervisor one = host(number);
    for (auto *form : {&networkIn(one, "default").form, &networkIn(one, "default").declared})
        change(**form);
    networkIn(one, "default").leases.reset();
    return one;
}

/// With the NICs' own rules, which are left to others elsewhere.
QStringList nicWrongs(const Fleet &all)
{
    const QStringList others = std::exchange(otherFamilies(), {});
    const QStringList found = wrongs(all, hostPolicy());
    otherFamilies() = others;
    return found;
}

QStringList idsOf(const Hypervisor &hypervisor, const Policy &policy = hostPolicy())
{
    return allIds(judged(fleet({hypervisor}), policy));
}

Finding first(const Hypervisor &hypervisor, const char *rule)
{
    return findingOf(judged(fleet({hypervisor}), hostPolicy()), rule);
}

QStringList only(const char *rule, const QString &subject)
{
    return {QString::fromLatin1(rule) + u':' + subject};
}

} // namespace

class TestReservationRules : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { otherFamilies() = {u"nic"_s}; }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void somethingReservedTwice_data()
    {
        using Change = std::function<void(NetworkForm &)>;
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("says");
        QTest::newRow("MAC") << Change([](NetworkForm &form) { form.reservations[2].mac = natMacOf(2, 9); })
                             << u"The MAC 52:54:00:02:02:09 is reserved twice: "_s;
        QTest::newRow("address") << Change([](NetworkForm &form) {
            form.reservations[2].address = natIpOf(2, 9);
        }) << u"The address 192.168.202.9 is reserved twice: "_s;
        QTest::newRow("name") << Change([](NetworkForm &form) {
            form.reservations[2].name = u"lothigometh2"_s;
        }) << u"The name Lothigometh2 is reserved twice: "_s;
        QTest::newRow("all of it") << Change([](NetworkForm &form) {
            form.reservations.append(form.reservations[1]);
        }) << u"The MAC 52:54:00:02:02:09 and the address 192.168.202.9 and the name Lothigometh2 are reserved twice: "_s;
    }

    void somethingReservedTwice()
    {
        QFETCH(std::function<void(NetworkForm &)>, change);
        QFETCH(QString, says);
        Hypervisor one = changed(change);
        const Finding finding = first(one, "reservation-duplicate");
        QVERIFY2(finding.message.startsWith(says), qPrintable(finding.message));
        QCOMPARE(finding.severity, Severity::Error);
        QCOMPARE(finding.evidence.size(), QLatin1String(QTest::currentDataTag()) == "all of it"_L1 ? 1 : 2);
        // One cause, one finding; in any order.
        QCOMPARE(idsOf(one), only("reservation-duplicate", net2));
        auto &reservations = networkIn(one, "default").form->reservations;
        std::reverse(reservations.begin(), reservations.end());
        QCOMPARE(idsOf(one), only("reservation-duplicate", net2));
    }

    void acrossHypervisors()
    {
        QList<Hypervisor> all{host(1),
                              changed([](NetworkForm &form) { form.reservations[4].name = u"Ulov1"_s; })};
        auto findings = judged(fleet(all), hostPolicy(2));
        QCOMPARE(allIds(findings), only("reservation-duplicate", u"trop01/network/default"_s));
        QCOMPARE(findings.front().related, QStringList(net2));
        all.swapItemsAt(0, 1);
        QCOMPARE(allIds(judged(fleet(all), hostPolicy(2))),
                 only("reservation-duplicate", u"trop01/network/default"_s));
        // An address of another's subnet is reserved twice, and outside for the same reason.
        all = {host(1), changed([](NetworkForm &form) { form.reservations[4].address = natIpOf(1, 12); })};
        findings = judged(fleet(all), hostPolicy(2));
        QCOMPARE(wrongs(findings), only("reservation-duplicate", u"trop01/network/default"_s));
        QVERIFY2(
            findings.front().message.contains(u"which is not in the network's subnet 192.168.202.0/24"_s),
            qPrintable(findings.front().message));
    }

    void networksOfOneSubnetHaveAddressesOfTheirOwn()
    {
        // Isolated networks on two hypervisors do not meet.
        QList<Hypervisor> all{host(1), host(2)};
        for (Hypervisor &one : all) {
            Network isolated = network("storage", "", "virbr9");
            isolated.form->address = InterfaceAddress{ip("10.0.0.1"), 24};
            isolated.form->reservations = {
                {natMacOf(one.name.right(1).toInt(), 0x20), ip("10.0.0.32"), u"store"_s + one.name, {}}};
            one.host.interfaces->items.append(netdev("virbr9", "52:54:00:00:00:99", "bridge"));
            one.networks->append(isolated);
        }
        QCOMPARE(allIds(judged(fleet(all), hostPolicy(2))), QStringList());
    }

    void aRunningDuplicateSaysWhatIsDeclared()
    {
        Hypervisor one = host();
        networkIn(one, "default").form->reservations[2].address = natIpOf(2, 11);
        const auto findings = judged(fleet({one}), hostPolicy());
        QCOMPARE(wrongs(findings), only("reservation-duplicate", net2));
        QVERIFY2(
            findings.front().message.endsWith(u"Declared is 192.168.202.10 for Ulov2 (52:54:00:02:02:0a)."_s),
            qPrintable(findings.front().message));
    }

    void outsideTheRange()
    {
        Hypervisor one =
            changed([](NetworkForm &form) { form.reservations[2].address = ip("192.168.202.99"); });
        QCOMPARE(nicWrongs(fleet({one})), only("reservation-outside-range", net2));
        QCOMPARE(first(one, "reservation-outside-range").message,
                 u"192.168.202.99 for Ulov2 (52:54:00:02:02:0a) is reserved in default on trop02, which is "
                 u"not in the "
                 "network's range 192.168.202.8 to 192.168.202.15."_s);
        // The broken convention is the same slip.
        QCOMPARE(idsOf(one), only("reservation-outside-range", net2));
        // Without a range the subnet alone counts.
        one = changed([](NetworkForm &form) {
            form.ranges.clear();
            form.reservations[2].address = ip("192.168.202.10");
        });
        QCOMPARE(idsOf(one), QStringList());
        one = changed([](NetworkForm &form) {
            form.ranges.clear();
            form.reservations[2].address = ip("10.0.0.10");
        });
        QCOMPARE(idsOf(one), only("reservation-outside-range", net2));
        one = changed([](NetworkForm &form) {
            form.ranges.clear();
            form.reservations[2].address = ip("192.168.202.1");
        });
        QVERIFY(first(one, "reservation-outside-range")
                    .message.contains(u"which is the network's own address"_s));
    }

    void outsideIsNotToldFromHalfANetwork()
    {
        const Hypervisor one =
            changed([](NetworkForm &form) { form.reservations[2].address = ip("192.168.202.138"); });
        Fleet all = fleet({one});
        all.problems.append({u"trop02/network.xml"_s, 0, u"lines are left out of it"_s});
        QCOMPARE(wrongs(all, hostPolicy()), QStringList());
        Hypervisor other = changed([](NetworkForm &form) {
            form.ranges.clear();
            form.address.reset();
        });
        QCOMPARE(idsOf(other), QStringList());
    }

    void aRunningReservationIsSaidOnce()
    {
        Hypervisor one = host();
        networkIn(one, "default").form->reservations[2].address = ip("192.168.202.99");
        QCOMPARE(idsOf(one), only("reservation-outside-range", net2));
        QVERIFY(first(one, "reservation-outside-range")
                    .message.endsWith(u"Declared is 192.168.202.10 for Ulov2 (52:54:00:02:02:0a)."_s));
        // What else drifted is still said.
        networkIn(one, "default").form->reservations.removeLast();
        QCOMPARE(nicWrongs(fleet({one})),
                 (QStringList{u"network-drift:"_s + net2, u"reservation-outside-range:"_s + net2}));
        QVERIFY(!first(one, "network-drift").message.contains(u"192.168.202.99"_s));
    }

    void theOctetConvention()
    {
        Hypervisor one =
            changed([](NetworkForm &form) { form.reservations[2].mac = mac("52:54:00:02:02:10"); });
        const auto findings = judged(fleet({one}), hostPolicy());
        QCOMPARE(allIds(findings), only("reservation-octet", net2));
        QCOMPARE(findings.front().severity, Severity::Info);
        QCOMPARE(findings.front().message, u"The reservation 192.168.202.10 for Ulov2 (52:54:00:02:02:10) in "
                                           u"default on trop02: its MAC ends in "
                                           "10, which is 16, not 10."_s);
        Policy free = hostPolicy();
        free.reservationOctet = false;
        QCOMPARE(idsOf(one, free), QStringList());
        one = changed([](NetworkForm &form) { form.reservations[2].mac.reset(); });
        QCOMPARE(idsOf(one), QStringList());
    }

    void anothersReservation()
    {
        Hypervisor one = host();
        (*one.domains)[0].name = u"Ulov2"_s; // with Araybwyn2's MAC
        const auto findings = judged(fleet({one}), hostPolicy());
        QCOMPARE(allIds(findings), only("reservation-name-mismatch", u"trop02/vm/Ulov2"_s));
        QCOMPARE(findings.front().message, u"Ulov2 on trop02 uses the MAC 52:54:00:02:02:08, which is "
                                           u"reserved for Araybwyn2: 192.168.202.8 for "
                                           "Araybwyn2 (52:54:00:02:02:08) in default on trop02."_s);
        QCOMPARE(findings.front().related, QStringList(net2));
        // The reservation changed at hand: drift is the same fault.
        Hypervisor renamed = host();
        networkIn(renamed, "default").form->reservations[0].name = u"Siamond"_s;
        QCOMPARE(idsOf(renamed), only("reservation-name-mismatch", u"trop02/vm/Araybwyn2"_s));
        QVERIFY(first(renamed, "reservation-name-mismatch")
                    .message.endsWith(u"Declared is 192.168.202.8 for Araybwyn2 (52:54:00:02:02:08)."_s));
    }

    void namesThatAreTheVms()
    {
        const auto reservedAs = [](const QString &name) {
            return changed([&](NetworkForm &form) { form.reservations[0].name = name; });
        };
        QCOMPARE(idsOf(reservedAs(u"araybwyn2"_s)), QStringList());
        QCOMPARE(idsOf(reservedAs(u"araybwyn2.roe.ac.uk"_s)), QStringList());
        QCOMPARE(idsOf(reservedAs(QString())), QStringList());
        // What it calls itself, unless it took that from another.
        Hypervisor alias = reservedAs(u"web"_s);
        QCOMPARE(idsOf(alias), only("reservation-name-mismatch", u"trop02/vm/Araybwyn2"_s));
        (*alias.domains)[0].guest->system.hostname = Sourced<QString>{u"web.roe.ac.uk"_s, {}};
        QVERIFY(!wrongs(fleet({alias}), hostPolicy())
                     .contains(u"reservation-name-mismatch:trop02/vm/Araybwyn2"_s));
        alias.domains->append(natVm(2, 10, "web"));
        alias.networks->last().form->reservations[2].name.clear();
        alias.networks->last().declared->reservations[2].name.clear();
        QVERIFY(wrongs(fleet({alias}), hostPolicy())
                    .contains(u"reservation-name-mismatch:trop02/vm/Araybwyn2"_s));
    }

    void oneMacOnTwoVmsIsTheNicsFault()
    {
        Hypervisor one = host();
        Domain copy = natVm(2, 8, "Siamond2");
        copy.uuid = u"5f3a3a5e-0000-4000-8000-0000000000ff"_s;
        copy.guest->system.machineId.reset();
        one.domains->append(copy);
        QCOMPARE(nicWrongs(fleet({one})),
                 only("nic-mac-duplicate", u"trop02/vm/Araybwyn2/nic/52:54:00:02:02:08"_s));
    }

    void aVmWithoutAReservation()
    {
        Hypervisor one = changed([](NetworkForm &form) { form.reservations.removeFirst(); });
        const auto findings = judged(fleet({one}), hostPolicy());
        QCOMPARE(allIds(findings), only("reservation-missing", u"trop02/vm/Araybwyn2"_s));
        QCOMPARE(findings.front().severity, Severity::Info);
        QCOMPARE(findings.front().related, QStringList(net2));
        one = changed([](NetworkForm &form) { form.reservations[0].mac = mac("52:54:00:02:02:18"); });
        QVERIFY(first(one, "reservation-missing")
                    .message.endsWith(
                        u"Under its name stands 192.168.202.8 for Araybwyn2 (52:54:00:02:02:18)."_s));
    }

    void noReservationIsNeededOrKnown()
    {
        // Nobody hands out addresses.
        Hypervisor one = changed([](NetworkForm &form) {
            form.ranges.clear();
            form.reservations.clear();
        });
        QCOMPARE(idsOf(one), QStringList());
        // The network's XML was not read, or not whole.
        one = host();
        networkIn(one, "default").form.reset();
        networkIn(one, "default").declared.reset();
        QCOMPARE(idsOf(one), QStringList());
        one = changed([](NetworkForm &form) { form.reservations.removeFirst(); });
        Fleet cut = fleet({one});
        cut.problems.append({u"trop02/network.xml"_s, 0, u"lines are left out of it"_s});
        QCOMPARE(allIds(judged(cut, hostPolicy())), QStringList());
        // A NIC on the public bridge.
        one = host();
        for (auto *form : {&(*one.domains)[0].live, &(*one.domains)[0].inactive}) {
            (*form)->nics.first().network = u"bridged"_s;
            (*form)->nics.first().bridge = u"br0"_s;
            (*form)->nics.first().mac = mac("52:54:00:02:02:77");
        }
        QCOMPARE(idsOf(one), QStringList());
    }

    void aMacThatIsWrongItselfNeedsNone()
    {
        const QString missing = u"reservation-missing:trop02/vm/Araybwyn2"_s;
        Hypervisor one = host();
        for (auto *form : {&(*one.domains)[0].live, &(*one.domains)[0].inactive})
            (*form)->nics.first().mac = mac("52:54:00:02:03:08"); // trop03's
        QVERIFY(!idsOf(one).contains(missing));
        for (auto *form : {&(*one.domains)[0].live, &(*one.domains)[0].inactive})
            (*form)->nics.first().mac = mac(float1Mac);
        Policy floats = policy();
        floats.hypervisors.first().macs.reset();
        QVERIFY(!idsOf(one, floats).contains(missing));
        floats.floats.clear();
        QVERIFY(idsOf(one, floats).contains(missing));
    }

    void aNetworkThatIsOnlyDeclaredCounts()
    {
        Hypervisor one = host();
        Network &net = networkIn(one, "default");
        net.form.reset();
        QCOMPARE(idsOf(one), QStringList());
        net.declared->reservations[0].address = ip("192.168.202.99");
        net.leases.reset();
        QCOMPARE(idsOf(one), only("reservation-outside-range", net2));
    }

    void declaredOnesThatContradict()
    {
        Hypervisor one = host();
        Network &net = networkIn(one, "default");
        net.declared->reservations[3].mac = natMacOf(2, 9);
        const auto findings = judged(fleet({one}), hostPolicy());
        QCOMPARE(allIds(findings), only("reservation-declared-conflict", net2));
        QVERIFY2(findings.front().message.startsWith(u"The MAC 52:54:00:02:02:09 is declared twice: "_s),
                 qPrintable(findings.front().message));
        // The same where nothing says what runs.
        net.form.reset();
        QCOMPARE(idsOf(one), only("reservation-declared-conflict", net2));
        // What runs shows it too: said of that.
        net.form = net.declared;
        QCOMPARE(idsOf(one), only("reservation-duplicate", net2));
    }

    void aDeclaredOneOutsideItsNetwork()
    {
        Hypervisor one = host();
        networkIn(one, "default").declared->reservations[3].address = ip("192.168.203.11");
        QCOMPARE(idsOf(one), only("reservation-declared-conflict", net2));
        QVERIFY(first(one, "reservation-declared-conflict")
                    .message.endsWith(u"which is not in the network's subnet 192.168.202.0/24."_s));
    }

    void aLeaseForAnotherAddress()
    {
        Hypervisor one = host();
        auto &leases = *networkIn(one, "default").leases;
        leases[0].address = ip("192.168.202.14");
        const auto findings = judged(fleet({one}), hostPolicy());
        QCOMPARE(allIds(findings), only("lease-mismatch", net2));
        QCOMPARE(findings.front().message, u"192.168.202.8 for Araybwyn2 (52:54:00:02:02:08) is reserved in "
                                           u"default on trop02, but the MAC has a "
                                           "lease for 192.168.202.14."_s);
        // One that ran out is history; so is one beside the right one.
        leases[0].expires = QDateTime({2023, 7, 18}, {15, 0}, Qt::UTC);
        QCOMPARE(idsOf(one), QStringList());
        leases[0].expires = QDateTime();
        QCOMPARE(idsOf(one), only("lease-mismatch", net2));
        leases.append(lease(2, 8, "Araybwyn"));
        QCOMPARE(idsOf(one), QStringList());
        leases = {{mac("52:54:00:02:02:44"), ip("192.168.202.14"), {}, {}, {}}};
        QCOMPARE(idsOf(one), QStringList());
        networkIn(one, "default").leases.reset();
        QCOMPARE(idsOf(one), QStringList());
    }
};

Q_DECLARE_METATYPE(std::function<void(NetworkForm &)>)

QTEST_GUILESS_MAIN(TestReservationRules)
#include "test_reservation_rules.moc"
