#include "models/address/ip_address.h"
#include "models/address/pci_address.h"

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
