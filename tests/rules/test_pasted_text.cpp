#include "models/identify/identify.h"
#include "models/identify/tokens.h"
#include "tests/rules/judging.h"

using namespace tropo;
using namespace tropo::build;
using namespace Qt::Literals::StringLiterals;

namespace {

Identification ask(const QString &text)
{
    Fleet fleet = fleetOf(labAcilamwen());
    NetworkForm &nat = *(*fleet.hypervisors[0].networks)[1].form;
    nat.reservations.append({mac("52:54:00:02:02:0c"), ip("192.168.202.12"), u"Ibalehar"_s, {}});
    return identify(text, fleet, policy({u"trop02"_s, u"trop03"_s}));
}

QStringList said(const Identification &found)
{
    QStringList all;
    for (const IdentifyRelation &relation : found.together)
        all.append(relation.text);
    return all;
}

QStringList partsOf(const Identification &found)
{
    QStringList all;
    for (const IdentifyPart &part : found.parts)
        all.append(QString::number(part.line) + u' ' + part.text);
    return all;
}

} // namespace

class TestPastedText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void theNotesIfcfg()
    {
        QFile file(u"tests/parse_files/data/notes-ifcfg-ens5-indented.txt"_s);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto found = ask(QString::fromUtf8(file.readAll()));
        QCOMPARE(found.kind, u"text"_s);
        QCOMPARE(said(found), QStringList(u"IPADDR 129.215.175.100 is float1's, HWADDR 52:54:00:00:01:01 is "
                                          "float2's: they do not belong together."_s));
        QCOMPARE(found.explanation, said(found).front());
        QVERIFY(!found.together[0].fits);
        QVERIFY(partsOf(found).contains(u"8 52:54:00:00:01:01"_s));
        QVERIFY(partsOf(found).contains(u"12 129.215.175.100"_s));
        for (const IdentifyPart &part : found.parts)
            QVERIFY(part.text != u"255.255.255.0");
        QVERIFY(found.matches.contains(
            IdentifyMatch{u"float/float1"_s, u"the address of float1, whose MAC is 52:54:00:00:01:00"_s,
                          policy().floats[0].source}));
    }

    void othersFiles_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("fits");
        QTest::addColumn<QString>("words");
        QTest::newRow("ifcfg that is right")
            << u"HWADDR=52:54:00:00:01:00\nIPADDR=129.215.175.100\n"_s << true << u"are both float1's"_s;
        QTest::newRow("bytes swapped") << u"HWADDR=52:54:00:00:00:01\nIPADDR=129.215.175.100\n"_s << false
                                       << u"whose MAC is 52:54:00:00:01:00, and HWADDR 52:54:00:00:00:01 is "
                                          u"not that, but that with two bytes "
                                          "swapped"_s;
        QTest::newRow("keyfile")
            << u"[connection]\nid=a\n[ethernet]\nmac-address=52:54:00:00:01:02\n[ipv4]\naddress1=129.215.175."
               u"103/24\n"
               "method=manual\n"_s
            << false << u"129.215.175.103 is float4's, ethernet.mac-address 52:54:00:00:01:02 is float3's"_s;
        QTest::newRow("netplan") << u"network:\n  ethernets:\n    ens7:\n      match:\n        macaddress: "
                                    u"52:54:00:00:01:02\n      "
                                    "addresses: [129.215.175.102/24]\n"_s
                                 << true << u"are both float3's"_s;
        QTest::newRow("debian") << u"iface ens7 inet static\n  hwaddress ether 52:54:00:00:01:01\n  address "
                                   "129.215.175.100/24\n"_s
                                << false << u"do not belong together"_s;
    }

    void othersFiles()
    {
        QFETCH(QString, text);
        QFETCH(bool, fits);
        QFETCH(QString, words);
        const auto found = ask(text);
        QCOMPARE(found.together.size(), 1);
        QVERIFY2(found.together[0].text.contains(words), qPrintable(found.together[0].text));
        QCOMPARE(found.together[0].fits, fits);
    }

    void xmlInterfaces()
    {
        const QString one = u"<interface type='network'><mac address='52:54:00:00:01:00'/><source "
                            "network='%1'/></interface>"_s;
        const auto wrong = ask(one.arg(u"default"_s));
        QCOMPARE(said(wrong),
                 QStringList(u"52:54:00:00:01:00 is float1's, but hangs on default; floats belong on "
                             "bridged."_s));
        QVERIFY(!wrong.together[0].fits);
        QVERIFY(ask(one.arg(u"bridged"_s)).together[0].fits);
        const auto twice = ask(one.arg(u"bridged"_s) + u'\n' + one.arg(u"bridged"_s));
        QCOMPARE(said(twice).last(), u"2 NICs have the same MAC 52:54:00:00:01:00."_s);
        QVERIFY(!twice.together.last().fits);
    }

    void reservationsAsXml()
    {
        const auto found = ask(u"<host mac='52:54:00:02:02:0C' ip='192.168.202.13' name='Ibalehar'/>"_s);
        QCOMPARE(said(found),
                 QStringList(u"52:54:00:02:02:0c is reserved for Ibalehar with the address "
                             "192.168.202.12, not with 192.168.202.13: they do not belong together."_s));
    }

    void traces_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *name, const char *line, const char *words) {
            QTest::newRow(name) << str(line) << str(words);
        };
        row("ip neigh", "129.215.175.100 dev br0 lladdr 52:54:00:00:01:01 REACHABLE",
            "do not belong together");
        row("arp -n", "129.215.175.101  ether   52:54:00:00:01:01   C   br0", "are both float2's");
        row("arp of BSD", "? (129.215.175.101) at 52:54:0:0:1:1 on en0 ifscope [ethernet]",
            "are both float2's");
        row("tcpdump reply", "ARP, Reply 129.215.175.100 is-at 52:54:00:00:01:01, length 28",
            "129.215.175.100 is float1's, 52:54:00:00:01:01 is float2's");
        row("tcpdump request",
            "52:54:00:00:01:00 > ff:ff:ff:ff:ff:ff, ARP, length 42: Request who-has 129.215.175.101 tell "
            "129.215.175.100, length 28",
            "129.215.175.100 and 52:54:00:00:01:00 are both float1's");
        row("tcpdump packet",
            "52:54:00:00:01:00 > 52:54:00:00:01:01, ethertype IPv4 (0x0800), length 74: "
            "129.215.175.100.33044 > "
            "129.215.175.101.80: Flags [S]",
            "129.215.175.101 and 52:54:00:00:01:01 are both float2's");
        row("another hypervisor's", "192.168.203.9 lladdr 52:54:00:02:02:09",
            "192.168.203.9 is in trop03's subnet, 52:54:00:02:02:09 is in trop02's range");
    }

    void traces()
    {
        QFETCH(QString, line);
        QFETCH(QString, words);
        const auto found = ask(line);
        QCOMPARE(found.kind, u"text"_s);
        QVERIFY2(said(found).join(u' ').contains(words), qPrintable(said(found).join(u' ')));
    }

    void whatDoesNotStandTogetherIsNotJudged()
    {
        // Two lines, and a remote address that is nobody's.
        QVERIFY(ask(u"52:54:00:00:01:01\n129.215.175.100"_s).together.isEmpty());
        const auto remote =
            ask(u"0c:c4:7a:35:12:06 > 52:54:00:00:01:00, IPv4: 8.8.8.8.53 > 129.215.175.100.5353: x"_s);
        QCOMPARE(remote.together.size(), 1);
        QVERIFY(remote.together[0].fits);
    }

    void ownersOfParts()
    {
        QCOMPARE(ask(u"192.168.202.9 52:54:00:02:02:09"_s).belongsTo, u"trop02"_s);
        QCOMPARE(ask(u"192.168.203.9 52:54:00:02:02:09"_s).belongsTo, QString());
    }

    void tokens_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("found");
        const auto row = [](const char *text, const QStringList &found) {
            QTest::newRow(text) << str(text) << found;
        };
        row("10.0.0.1.443", {u"10.0.0.1"_s});
        row("10.0.0.1:443,", {u"10.0.0.1"_s});
        row("(10.0.0.1)", {u"10.0.0.1"_s});
        row("10.0.0.1.", {u"10.0.0.1"_s});
        row("1.3.6.1.2.1.4", {});
        row("10.0.0.256", {});
        row("255.255.255.0 0.0.0.0 255.255.255.255", {});
        row("00:00:00:00:00:00 ff:ff:ff:ff:ff:ff", {});
        row("01-52-54-00-00-01-01", {});
        row("ff:52:54:00:00:01:01:00:01", {});
        row("fe80::fc54:ff:fe00:101%vnet1", {u"fe80::fc54:ff:fe00:101"_s});
        row("at 12:34:56.789", {});
        row("mac=52:54:00:00:01:01/x", {u"52:54:00:00:01:01"_s});
        row("x52:54:00:00:01:01", {});
    }

    void tokens()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, found);
        QStringList texts;
        for (const Token &token : tokensOf(text))
            texts.append(token.text);
        QCOMPARE(texts, found);
    }

    void longTextsAreBounded()
    {
        QString text;
        for (int i = 0; i < 20000; ++i)
            text += u"10.%1.%2.1 52:54:00:02:02:0f\n"_s.arg(i / 250).arg(i % 250);
        const auto found = ask(text);
        QVERIFY(found.parts.size() <= 100);
        QVERIFY(found.query.size() <= 20000);
        QVERIFY(ask(QString(500000, u'1')).explanation.size() < 700);
        QVERIFY(ask(QString(500000, u':')).explanation.size() < 700);
    }

    void hostileTextIsHarmless()
    {
        const auto found =
            ask(u"IPADDR=129.215.175.100\nHWADDR=52:54:00:00:01:01\nNAME='\x1b[31m%1 %2'\n<b>"_s);
        QCOMPARE(found.together.size(), 1);
        QVERIFY(!ask(u"<interface><mac address='52:54:00:00:01:01'>"_s).parts.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestPastedText)
#include "test_pasted_text.moc"
