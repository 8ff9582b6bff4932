#include "models/address/ip_address.h"
#include "models/address/near_miss.h"
#include "models/address/pci_address.h"
#include "models/text/near_names.h"

#include <QRegularExpression>
#include <QTest>

using namespace tropo;

class TestAddress : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void readsMacsStrictly()
    {
        const auto mac = MacAddress::fromString(u"52:54:00:02:02:0F");
        QVERIFY(mac);
        QCOMPARE(mac->toString(), QStringLiteral("52:54:00:02:02:0f"));
        QCOMPARE(mac->octet(5), 0x0f);
        QCOMPARE(mac->withFirstOctet(0xfe).toString(), QStringLiteral("fe:54:00:02:02:0f"));
        for (const char16_t *bad : {u"52:54:00:02:02:0", u"52:54:00:02:02:0g", u" 52:54:00:02:02:0f",
                                    u"52:54:00:02:02-0f", u"525400020200", u""})
            QVERIFY2(!MacAddress::fromString(bad), qPrintable(QString::fromUtf16(bad)));
    }

    void rangesRefuseHostBits()
    {
        const auto range = MacRange::fromString(u"52:54:00:02:02:00/40");
        QVERIFY(range);
        QVERIFY(range->contains(*MacAddress::fromString(u"52:54:00:02:02:ff")));
        QVERIFY(!range->contains(*MacAddress::fromString(u"52:54:00:02:03:00")));
        QVERIFY(!MacRange::fromString(u"52:54:00:02:02:01/40"));
        QVERIFY(!MacRange::fromString(u"52:54:00:02:02:00/49"));
        QVERIFY(MacRange::fromString(u"00:00:00:00:00:00/0")
                    ->contains(*MacAddress::fromString(u"52:54:00:02:02:ff")));
        QVERIFY(range->overlaps(*MacRange::fromString(u"52:54:00:02:00:00/32")));
        QVERIFY(!Subnet::fromString(u"192.168.202.1/24"));
        QCOMPARE(Subnet::fromString(u"0.0.0.0/0")->broadcast(), *Ipv4::fromString(u"255.255.255.255"));
    }

    void readsIpv4Strictly()
    {
        QCOMPARE(Ipv4::fromString(u"129.215.175.100")->toString(), QStringLiteral("129.215.175.100"));
        for (const char16_t *bad :
             {u"10.1", u"010.0.0.1", u"1.2.3.256", u"1.2.3.4 ", u"1.2.3.4.5", u"1..3.4", u"", u"1.2.3.1000"})
            QVERIFY2(!Ipv4::fromString(bad), qPrintable(QString::fromUtf16(bad)));
    }

    void linkLocalTellsItsMac()
    {
        const MacAddress tap = *MacAddress::fromString(u"fe:54:00:00:01:01");
        const auto address = Ipv6::fromString(u"fe80::fc54:ff:fe00:101");
        QVERIFY(address);
        QCOMPARE(*address, Ipv6::linkLocalFrom(tap));
        QCOMPARE(address->embeddedMac(), std::optional(tap));
        QCOMPARE(address->toString(), QStringLiteral("fe80::fc54:ff:fe00:101"));
        QVERIFY(!Ipv6::fromString(u"fe80::9d1f:d724:decf:eb76")->embeddedMac());
        QVERIFY(!Ipv6::fromString(u"fe80::1%eth0"));
        QVERIFY(!Ipv6::fromString(u"1.2.3.4"));
    }

    void masksAndPrefixesAgree()
    {
        for (int prefix = 0; prefix <= 32; ++prefix)
            QCOMPARE(prefixOf(maskOf(prefix)), std::optional(prefix));
        QVERIFY(!prefixOf(*Ipv4::fromString(u"255.0.255.0")));
    }

    void slipsBetweenAddresses_data()
    {
        QTest::addColumn<QString>("meant");
        QTest::addColumn<QString>("written");
        QTest::addColumn<QString>("how");
        const auto row = [](const char *meant, const char *written, const char *how) {
            QTest::addRow("%s %s", meant, written)
                << QString::fromLatin1(meant) << QString::fromLatin1(written) << QString::fromLatin1(how);
        };
        row("192.168.202.15", "192.202.168.15", "with two numbers swapped");
        row("192.168.202.15", "192.168.220.15", "with two digits swapped");
        row("192.168.202.15", "192.168.22.15", "with one digit left out");
        row("192.168.22.15", "192.168.202.15", "with one digit too many");
        row("192.168.202.15", "192.168.203.15", "with one digit changed");
        row("192.168.202.15", "192.168.202.15", "");
        row("192.168.202.15", "10.0.0.1", "");
    }
    void slipsBetweenAddresses()
    {
        QFETCH(QString, meant);
        QFETCH(QString, written);
        QFETCH(QString, how);
        QCOMPARE(slipBetween(*Ipv4::fromString(meant), *Ipv4::fromString(written)).value_or(QString()), how);
    }

    void theNearestOfSeveralIsTheLikeliest()
    {
        const auto ip = [](const char *text) { return *Ipv4::fromString(QString::fromLatin1(text)); };
        const auto near = nearestSlip({ip("192.168.22.15"), ip("192.168.202.15"), ip("192.168.221.15")},
                                      ip("192.168.220.15"));
        QVERIFY(near && near->isSwap);
        QCOMPARE(near->meant, ip("192.168.202.15"));
        QVERIFY(!nearestSlip({ip("10.0.0.1"), ip("10.0.0.2")}, ip("10.0.0.3")));
    }

    void slipsBetweenNames()
    {
        const auto far = [](const char *a, const char *b) {
            return slips(QString::fromLatin1(a), QString::fromLatin1(b), 2);
        };
        QCOMPARE(far("Ulov", "ulov"), 0);
        QCOMPARE(far("Ulov", "Ulvo"), 1);
        QCOMPARE(far("Ulov", "Ulv"), 1);
        QCOMPARE(far("Ulov", "Ullov"), 1);
        QCOMPARE(far("Ulov", "Elov"), 1);
        QCOMPARE(far("Acilamwen", "Acilawmne"), 2);
        QCOMPARE(far("Acilamwen", "Eterathiel"), 3);
        QCOMPARE(far("", ""), 0);
    }

    void nearNamesAreBounded()
    {
        const auto text = [](const char *name) { return QString::fromLatin1(name); };
        const QStringList known{text("trop01"), text("trop02"), text("trop03"), text("trop04"), text("Ulov")};
        QCOMPARE(nearNames(text("trop5"), known).size(), 3);
        QCOMPARE(nearNames(text("Uolv"), known), QStringList(text("Ulov")));
        QVERIFY(nearNames(text("U"), known).isEmpty());
        QVERIFY(nearNames(QString(100000, u'x'), known).isEmpty());
    }

    void pciAddressesKeepTheirForm()
    {
        QCOMPARE(PciAddress::fromString(u"0000:00:0a.0")->toString(), QStringLiteral("0000:00:0a.0"));
        for (const char16_t *bad :
             {u"00:07.0", u"0000:00:27.0", u"0000:00:07.8", u"0000:00:07,0", u"-", u"0000:00:+7.0"})
            QVERIFY2(!PciAddress::fromString(bad), qPrintable(QString::fromUtf16(bad)));
    }
};

QTEST_APPLESS_MAIN(TestAddress)
#include "test_address.moc"
