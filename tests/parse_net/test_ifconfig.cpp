#include "models/parse/ifconfig.h"

#include "models/parse/ip_addr.h"

#include "reading.h"

#include <QElapsedTimer>
#include <QRegularExpression>

using namespace tropo;
using namespace tropo::test;
using namespace Qt::Literals::StringLiterals;

class TestIfconfig : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void readsTheNotesBridges()
    {
        for (const QString &file : {u"notes-ifconfig-br.txt"_s, u"notes-ifconfig-br-indented.txt"_s}) {
            const InterfaceList list = clean(&parseIfconfig, fixture(file));
            QVERIFY(list.elided);
            QCOMPARE(list.items.size(), 2);
            const Interface &br0 = list.items[0];
            QCOMPARE(br0.name, u"br0"_s);
            QCOMPARE(br0.mac->toString(), u"0c:c4:7a:35:12:06"_s);
            QCOMPARE(br0.addresses.size(), 1);
            QCOMPARE(br0.addresses[0].toString(), u"129.215.175.97/24"_s);
            QCOMPARE(br0.addresses6[0].toString(), u"fe80::ec4:7aff:fe35:1206/64"_s);
            QVERIFY(!br0.up && !br0.carrier && !br0.mtu);
            QCOMPARE(br0.source, lines(1, 3));
            QCOMPARE(list.items[1].source, lines(6, 8));
        }
    }

    void anInterfaceWithNothingButAnElisionIsUnknown()
    {
        for (const QString &file : {u"notes-ifconfig-eth.txt"_s, u"notes-ifconfig-eth-indented.txt"_s}) {
            const InterfaceList list = clean(&parseIfconfig, fixture(file));
            QVERIFY(list.elided);
            QCOMPARE(list.items.size(), 2);
            QCOMPARE(list.items[1].name, u"eth1"_s);
            QCOMPARE(list.items[1].mac->toString(), u"0c:c4:7a:35:12:07"_s);
            QVERIFY(!list.items[1].up && !list.items[1].carrier);
            QVERIFY(list.items[1].addresses.isEmpty());
        }
    }

    void readsTheNotesGuestAndTaps()
    {
        for (const QString &part : {u""_s, u"-indented"_s}) {
            const InterfaceList guest =
                clean(&parseIfconfig, fixture(u"notes-ifconfig-guest"_s + part + u".txt"));
            QVERIFY(guest.elided);
            QCOMPARE(guest.items.size(), 3);
            for (int i = 0; i < 3; ++i) {
                QCOMPARE(guest.items[i].name, u"eth%1"_s.arg(i + 2));
                QCOMPARE(guest.items[i].mac->toString(), u"52:54:00:00:01:01"_s);
                QCOMPARE(guest.items[i].up, std::optional(true));
                QCOMPARE(guest.items[i].carrier, std::optional(true));
                QCOMPARE(guest.items[i].mtu, std::optional(1500));
            }
            QCOMPARE(guest.items[2].addresses6[0].toString(), u"fe80::9d1f:d724:decf:eb76/64"_s);
            QCOMPARE(guest.items[2].source, lines(11, 13));
            const InterfaceList taps =
                clean(&parseIfconfig, fixture(u"notes-ifconfig-vnet"_s + part + u".txt"));
            QVERIFY(taps.elided);
            QCOMPARE(taps.items.size(), 4);
            QCOMPARE(taps.items[3].name, u"vnet4"_s);
            QCOMPARE(taps.items[3].mac->toString(), u"fe:54:00:00:01:01"_s);
            QCOMPARE(taps.items[3].addresses6.size(), 1);
        }
    }

    void saysTheSameAsIpAddr()
    {
        const InterfaceList list = clean(&parseIfconfig, fixture(u"netns-ifconfig.txt"_s));
        const InterfaceList other = clean(&parseIpAddrText, fixture(u"netns-ip-addr.txt"_s));
        QVERIFY(!list.elided);
        QCOMPARE(list.items.size(), other.items.size());
        for (const Interface &one : list.items) {
            const Interface *same = other.find(one.name);
            QVERIFY2(same, qPrintable(one.name));
            QCOMPARE(one.mac, same->mac);
            QCOMPARE(one.mtu, same->mtu);
            QCOMPARE(one.up, same->up);
            QCOMPARE(one.carrier, same->carrier);
            // ifconfig shows only labelled addresses beside the first
            for (const InterfaceAddress &address : one.addresses)
                QVERIFY(same->addresses.contains(address));
            QCOMPARE(one.addresses6.size(), same->addresses6.size());
        }
        QCOMPARE(list.find(u"br8")->addresses.size(), 2);
    }

    void readsADocumentedOldListing()
    {
        const InterfaceList list = clean(&parseIfconfig, fixture(u"documented-ifconfig-1.60.txt"_s));
        QVERIFY(!list.elided);
        QCOMPARE(list.items.size(), 4);
        const Interface *eth0 = list.find(u"eth0");
        QCOMPARE(eth0->addresses.size(), 2);
        QCOMPARE(eth0->addresses[1].toString(), u"10.1.0.1/16"_s);
        QCOMPARE(eth0->up, std::optional(true));
        QCOMPARE(eth0->carrier, std::optional(true));
        QCOMPARE(eth0->mtu, std::optional(1500));
        QCOMPARE(eth0->source, lines(1, 12));
        QCOMPARE(list.find(u"eth1")->up, std::optional(false));
        QVERIFY(!list.find(u"lo")->mac);
        QCOMPARE(list.find(u"lo")->addresses6[0].toString(), u"::1/128"_s);
        QVERIFY(!list.find(u"tun0")->mac);
        QCOMPARE(list.find(u"tun0")->addresses[0].toString(), u"10.8.0.1/32"_s);
    }

    void readsMasksInHex()
    {
        const InterfaceList list =
            clean(&parseIfconfig, "en0: flags=8863<UP,BROADCAST> mtu 1500\n"
                                  "\tinet 10.0.0.1 netmask 0xffffff00 broadcast 10.0.0.255\n");
        QCOMPARE(list.items[0].addresses[0].toString(), u"10.0.0.1/24"_s);
        QCOMPARE(list.items[0].carrier, std::optional(false));
    }

    void saysWhatIsWrong()
    {
        const auto parsed = parseIfconfig("eth0      Link encap:Ethernet  HWaddr 52:54\n"
                                          "          inet addr:10.0.0.1  Mask:255.0.255.0\n"
                                          "          inet6 addr: fe80::1/200 Scope:Link\n"
                                          "          inet addr:10.0.0\n"
                                          "eth1 is lost\n"
                                          "          inet addr:10.0.0.7  Mask:255.0.0.0\n",
                                          documentName);
        QCOMPARE(parsed.value.items.size(), 1);
        QVERIFY(parsed.value.elided);
        QCOMPARE(parsed.value.items[0].addresses.size(), 1);
        QVERIFY(!parsed.value.items[0].addresses[0].prefix);
        QVERIFY(!parsed.value.items[0].addresses6[0].prefix);
        QCOMPARE(parsed.problems.size(), 6);
        for (int i = 0; i < 6; ++i)
            QCOMPARE(parsed.problems[i].line, i + 1);
        for (const char *text : {"", "....\n", "ifconfig: command not found\n"}) {
            const auto none = parseIfconfig(text, documentName);
            QVERIFY(none.value == InterfaceList{});
            QVERIFY(!none.problems.isEmpty());
        }
    }

    void survivesBrokenText()
    {
        survives(&parseIfconfig, fixture(u"notes-ifconfig-guest-indented.txt"_s));
        survives(&parseIfconfig, fixture(u"notes-ifconfig-br.txt"_s));
        survives(&parseIfconfig, fixture(u"documented-ifconfig-1.60.txt"_s));
        survives(&parseIfconfig, fixture(u"netns-ifconfig.txt"_s));
    }

    void isLinear()
    {
        const QByteArray text = fixture(u"lab-ifconfig.txt"_s).repeated(2000);
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(clean(&parseIfconfig, text).items.size(), 24000);
        qInfo("10 MB: %lld ms", timer.elapsed());
    }
};

QTEST_GUILESS_MAIN(TestIfconfig)
#include "test_ifconfig.moc"
