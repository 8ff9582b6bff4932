#include "ssh/collect/guest_place.h"

#include <QRegularExpression>
#include <QTest>

using namespace tropo;
using namespace Qt::Literals::StringLiterals;

namespace {

/// trop02 as libvirt tells it: Acilamwen has a reservation, Ulov a lease, Larithiel a NIC on another network.
Harvest trop02()
{
    Harvest harvest;
    harvest.hypervisor = u"trop02"_s;
    harvest.source = u"libvirt"_s;
    const auto put = [&](const QString &path, const char *text) {
        harvest.documents.insert("trop02/libvirt/"_L1 + path, Document{text, {}, {}});
    };
    put(u"domains.json"_s, R"([{"name":"Ulov","state":"running"},{"name":"Acilamwen","state":"running"},
        {"name":"Ibalehar","state":"shut off"},{"name":"Larithiel","state":"idle"}])");
    put(u"domains/Acilamwen.xml"_s, R"(<domain><devices>
        <interface type='bridge'><mac address='52:54:00:00:01:00'/><source network='bridged' bridge='br0'/></interface>
        <interface type='network'><mac address='52:54:00:02:02:0F'/><source network='default' bridge='virbr0'/></interface>
        </devices></domain>)");
    put(u"domains/Ulov.xml"_s, R"(<domain><devices>
        <interface type='bridge'><mac address='52:54:00:02:02:0a'/><source bridge='virbr0'/></interface>
        </devices></domain>)");
    put(u"domains/Larithiel.xml"_s, R"(<domain><devices>
        <interface type='network'><mac address='52:54:00:02:02:0f'/><source network='bridged'/></interface>
        </devices></domain>)");
    put(u"networks/default.xml"_s, R"(<network><name>default</name><bridge name='virbr0'/>
        <ip address='192.168.202.1'><dhcp><host mac='52:54:00:02:02:0f' name='Acilamwen' ip='192.168.202.15'/>
        <host mac='52:54:00:02:02:10' ip='$(reboot)'/></dhcp></ip></network>)");
    put(u"networks/default.leases.json"_s, R"([
        {"mac":"52:54:00:02:02:0f","ip":"192.168.202.77","expires":"2022-10-11T10:00:00Z"},
        {"mac":"52:54:00:02:02:0a","ip":"192.168.202.10","expires":"2022-10-11T10:00:00Z"},
        {"mac":"52:54:00:02:02:0a","ip":"192.168.202.99","expires":"2022-10-11T11:00:00Z"},
        {"mac":"52:54:00:02:02:0a","ip":"-oProxyCommand=x"}])");
    put(u"networks/bridged.xml"_s, "<network><name>bridged</name><bridge name='br0'/></network>");
    return harvest;
}

} // namespace

class TestGuestPlace : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void reservationsComeBeforeLeases()
    {
        Policy policy;
        policy.guestUser = u"Stevedore"_s;
        const auto guests = runningGuests(policy, trop02());
        QCOMPARE(guests.size(), 3);
        QCOMPARE(guests[0].name, u"Acilamwen"_s);
        QCOMPARE(guests[0].user, u"Stevedore"_s);
        QCOMPARE(guests[0].addresses, (QStringList{u"192.168.202.15"_s, u"192.168.202.77"_s}));
    }

    void aMacOfAnotherNetworkProvesNothing()
    {
        const auto guests = runningGuests({}, trop02());
        QCOMPARE(guests[1].name, u"Larithiel"_s);
        QVERIFY(guests[1].addresses.isEmpty());
        QVERIFY(adviceForAddress(guests[1]).contains(u"trop02/Larithiel"_s));
    }

    void theNewestLeaseComesFirstAndTextsThatAreNoAddressesNever()
    {
        const auto guests = runningGuests({}, trop02());
        QCOMPARE(guests[2].name, u"Ulov"_s);
        QCOMPARE(guests[2].addresses, (QStringList{u"192.168.202.99"_s, u"192.168.202.10"_s}));
    }

    void theFleetFileComesFirstAndAlone()
    {
        Policy policy;
        policy.guests = {{u"Acilamwen"_s, Ipv4::fromString(u"10.0.0.1"), {}, {}},
                         {u"trop02/Ulov"_s, {}, u"root"_s, {}}};
        const auto guests = runningGuests(policy, trop02());
        QCOMPARE(guests[0].addresses, QStringList{u"10.0.0.1"_s});
        QCOMPARE(guests[2].user, u"root"_s);
        QCOMPARE(guests[2].addresses.size(), 2);
    }

    void brokenDocumentsGiveNoGuestsOrNoAddresses()
    {
        Harvest harvest = trop02();
        for (Document &document : harvest.documents)
            document.text.truncate(document.text.size() / 2);
        QVERIFY(runningGuests({}, harvest).isEmpty());
        harvest.documents[u"trop02/libvirt/domains.json"_s].text = R"([{"name":7,"state":"running"},3,
            {"name":"Acilamwen","state":"running"}])";
        QCOMPARE(runningGuests({}, harvest).size(), 2);
    }
};

QTEST_APPLESS_MAIN(TestGuestPlace)
#include "test_guest_place.moc"
