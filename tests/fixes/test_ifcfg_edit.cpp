#include "tests/fixes/edits.h"
#include "tests/parse_files/mangle.h"

#include <QFile>
#include <QRegularExpression>

using namespace tropo;
using namespace tropo::test;
using namespace Qt::Literals::StringLiterals;

namespace {

const QByteArray notes = "NAME=ens5\nDEVICE=ens5\nONBOOT=yes\nTYPE=Ethernet\nBOOTPROTO=static\nIPV4INIT=yes\n"
                         "IPV6INIT=yes\nHWADDR=52:54:00:00:01:01\nNETWORK=129.215.175.0\n"
                         "NETMASK=255.255.255.0\nGATEWAY=129.215.175.126\nIPADDR=129.215.175.100\n";

const InterfaceEntry ens5{ConfigFormat::Ifcfg, u"ens5"_s, 0};

QByteArray replaced(QByteArray text, const char *from, const char *to)
{
    return text.replace(from, to);
}

QByteArray rebound(const QByteArray &text, const char *to = "52:54:00:00:01:0a")
{
    return outcome(withMac(ens5, text, mac(to)));
}

} // namespace

class TestIfcfgEdit : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    /// The case of the notes: the address of float1, the MAC of float2.
    void theNotesFile()
    {
        COMPARE_OUTCOME(rebound(notes, "52:54:00:00:01:00"), replaced(notes, "01:01", "01:00"));
        COMPARE_OUTCOME(
            outcome(withAddress(ens5, notes, {ip("129.215.175.100"), ip("129.215.175.101"), 24, {}})),
            replaced(notes, "IPADDR=129.215.175.100", "IPADDR=129.215.175.101"));
        COMPARE_OUTCOME(outcome(withoutAddress(ens5, notes, ip("129.215.175.100"))), QByteArray("removed"));
        QByteArray other = notes;
        other.replace("NETWORK=129.215.175.0", "NETWORK=10.1.2.128")
            .replace("255.255.255.0", "255.255.255.128")
            .replace("GATEWAY=129.215.175.126", "GATEWAY=10.1.2.129")
            .replace("IPADDR=129.215.175.100", "IPADDR=10.1.2.130");
        COMPARE_OUTCOME(outcome(withAddress(ens5, notes,
                                            {ip("129.215.175.100"), ip("10.1.2.130"), 25, ip("10.1.2.129")})),
                        other);
    }

    void binds_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        const auto row = [](const char *name, const char *before, const char *after) {
            QTest::newRow(name) << QByteArray(before) << QByteArray(after);
        };
        row("keeps all else",
            "# by hand  \r\n\r\n  export DEVICE=\"ens5\" ; ONBOOT='no'\t# not yet\r\nFOO='a b'\r\n"
            "HWADDR='52:54:00:00:01:01' # float2\r\nIPADDR=10.0.0.1",
            "# by hand  \r\n\r\n  export DEVICE=\"ens5\" ; ONBOOT='no'\t# not yet\r\nFOO='a b'\r\n"
            "HWADDR='52:54:00:00:01:0a' # float2\r\nIPADDR=10.0.0.1");
        row("double quotes", "DEVICE=ens5\nHWADDR=\"52:54:00:00:01:01\"",
            "DEVICE=ens5\nHWADDR=\"52:54:00:00:01:0a\"");
        row("capitals", "DEVICE=ens5\nHWADDR=52:54:00:00:01:0B\n", "DEVICE=ens5\nHWADDR=52:54:00:00:01:0A\n");
        row("none before", "  DEVICE=ens5\n  ONBOOT=yes\n",
            "  DEVICE=ens5\n  HWADDR=52:54:00:00:01:0a\n  ONBOOT=yes\n");
        row("none before, no newline", "DEVICE=ens5", "DEVICE=ens5\nHWADDR=52:54:00:00:01:0a");
        row("none before, other line ends", "DEVICE=ens5\r\n", "DEVICE=ens5\r\nHWADDR=52:54:00:00:01:0a\r\n");
        row("an empty one", "DEVICE=ens5\nHWADDR=\n", "DEVICE=ens5\nHWADDR=52:54:00:00:01:0a\n");
        row("the one that wins", "HWADDR=52:54:00:00:01:01\nDEVICE=ens5\nHWADDR=52:54:00:00:01:02\n",
            "HWADDR=52:54:00:00:01:01\nDEVICE=ens5\nHWADDR=52:54:00:00:01:0a\n");
        row("several on a line", "DEVICE=ens5 HWADDR=52:54:00:00:01:01 ONBOOT=yes\n",
            "DEVICE=ens5 HWADDR=52:54:00:00:01:0a ONBOOT=yes\n");
        row("not UTF-8", "# \xff\xfe\nDEVICE=ens5\nNAME=\"\xc3\xa4\xff\" HWADDR=52:54:00:00:01:01\n",
            "# \xff\xfe\nDEVICE=ens5\nNAME=\"\xc3\xa4\xff\" HWADDR=52:54:00:00:01:0a\n");
        row("an unknown variable elsewhere", "DEVICE=ens5\nFOO=$BAR\nHWADDR=52:54:00:00:01:01\n",
            "DEVICE=ens5\nFOO=$BAR\nHWADDR=52:54:00:00:01:0a\n");
        row("another device", "DEVICE=eth0\nHWADDR=52:54:00:00:01:01\n", "error: does not configure ens5");
        row("a MAC of its own", "DEVICE=ens5\nMACADDR=52:54:00:00:01:01\n",
            "error: sets the MAC 52:54:00:00:01:01");
        row("the same MAC of its own", "DEVICE=ens5\nMACADDR=52:54:00:00:01:0a\n",
            "DEVICE=ens5\nHWADDR=52:54:00:00:01:0a\nMACADDR=52:54:00:00:01:0a\n");
        row("evaluated", "DEVICE=ens5\nHWADDR=$MAC\n", "error: what $ or ` stands for is not known, line 2");
        row("a script", "DEVICE=ens5\nif true; then HWADDR=52:54:00:00:01:01; fi\n", "error: line 2");
        row("an open quote", "DEVICE=ens5\nNAME='a\nHWADDR=52:54:00:00:01:01\n'\n", "error: line 2");
        row("a line that goes on", "DEVICE=ens5\nNAME=a\\\nHWADDR=52:54:00:00:01:01\n", "error: line 2");
        row("a secret", "DEVICE=ens5\nHWADDR=52:54:00:00:01:01\nWPA_PSK=<withheld>\n",
            "error: without its secrets");
    }
    void binds()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        COMPARE_OUTCOME(rebound(before), after);
        if (!after.startsWith("error"))
            COMPARE_OUTCOME(rebound(after), after);
    }

    void moves_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<QByteArray>("gateway");
        const auto row = [](const char *name, const char *before, const char *after,
                            const char *gateway = "") {
            QTest::newRow(name) << QByteArray(before) << QByteArray(after) << QByteArray(gateway);
        };
        row("prefix", "DEVICE=ens5\nIPADDR=10.0.0.1\nPREFIX=24\n",
            "DEVICE=ens5\nIPADDR=10.9.0.1\nPREFIX=16\n");
        row("both", "DEVICE=ens5\nIPADDR=10.0.0.1\nPREFIX=24\nNETMASK=255.255.255.0\n",
            "DEVICE=ens5\nIPADDR=10.9.0.1\nPREFIX=16\nNETMASK=255.255.0.0\n");
        row("neither", "DEVICE=ens5\n  IPADDR=10.0.0.1\n", "DEVICE=ens5\n  IPADDR=10.9.0.1\n  PREFIX=16\n");
        row("with a slash", "DEVICE=ens5\nIPADDR=\"10.0.0.1/24\"\n", "DEVICE=ens5\nIPADDR=\"10.9.0.1/16\"\n");
        row("with a slash and a mask", "DEVICE=ens5\nIPADDR=10.0.0.1/255.255.255.0\n",
            "DEVICE=ens5\nIPADDR=10.9.0.1/255.255.0.0\n");
        row("numbered",
            "DEVICE=ens5\nIPADDR=10.5.0.1\nNETMASK=255.0.0.0\nIPADDR2=10.0.0.1\nNETMASK2=255.255.255.0\n"
            "BROADCAST2=10.0.0.255\n",
            "DEVICE=ens5\nIPADDR=10.5.0.1\nNETMASK=255.0.0.0\nIPADDR2=10.9.0.1\nNETMASK2=255.255.0.0\n"
            "BROADCAST2=10.9.255.255\n");
        row("broadcast and network",
            "DEVICE=ens5\nIPADDR=10.0.0.1\nPREFIX=24\nBROADCAST='10.0.0.255'\nNETWORK=10.0.0.0\n",
            "DEVICE=ens5\nIPADDR=10.9.0.1\nPREFIX=16\nBROADCAST='10.9.255.255'\nNETWORK=10.9.0.0\n");
        row("a new gateway", "DEVICE=ens5\nIPADDR=10.0.0.1\nPREFIX=24\nONBOOT=yes",
            "DEVICE=ens5\nIPADDR=10.9.0.1\nPREFIX=16\nGATEWAY=10.9.0.254\nONBOOT=yes", "10.9.0.254");
        row("a gateway", "DEVICE=ens5\nIPADDR=10.0.0.1\nPREFIX=24\nGATEWAY=10.0.0.254\n",
            "DEVICE=ens5\nIPADDR=10.9.0.1\nPREFIX=16\nGATEWAY=10.9.0.254\n", "10.9.0.254");
        row("a numbered gateway", "DEVICE=ens5\nIPADDR0=10.0.0.1\nPREFIX0=24\nGATEWAY0=10.0.0.254\n",
            "DEVICE=ens5\nIPADDR0=10.9.0.1\nPREFIX0=16\nGATEWAY0=10.9.0.254\n", "10.9.0.254");
        row("a gateway out of reach", "DEVICE=ens5\nIPADDR=10.0.0.1\nPREFIX=24\nGATEWAY=10.0.0.254\n",
            "error: 10.0.0.254, which 10.9.0.1/16 does not reach");
        row("a gateway of another address",
            "DEVICE=ens5\nIPADDR=10.0.0.1\nPREFIX=24\nIPADDR1=10.7.0.1\nPREFIX1=16\nGATEWAY=10.7.0.254\n",
            "DEVICE=ens5\nIPADDR=10.9.0.1\nPREFIX=16\nIPADDR1=10.7.0.1\nPREFIX1=16\nGATEWAY=10.7.0.254\n");
        row("not there", "DEVICE=ens5\nIPADDR=10.0.0.2\n", "error: does not give ens5 the address 10.0.0.1");
        row("set twice", "DEVICE=ens5\nIPADDR=10.0.0.1\nIPADDR=10.0.0.2\n", "error: does not give");
        row("dhcp", "DEVICE=ens5\nBOOTPROTO=dhcp\n", "error: does not give");
    }
    void moves()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QFETCH(QByteArray, gateway);
        AddressChange change{ip("10.0.0.1"), ip("10.9.0.1"), 16, {}};
        if (!gateway.isEmpty())
            change.gateway = ip(gateway);
        COMPARE_OUTCOME(outcome(withAddress(ens5, before, change)), after);
    }

    void releases_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        const auto row = [](const char *name, const char *before, const char *after) {
            QTest::newRow(name) << QByteArray(before) << QByteArray(after);
        };
        row("nothing else",
            "DEVICE=ens5\nTYPE=ethernet\nIPADDR=10.0.0.1\nNETMASK=255.255.255.0\nDNS1=10.0.0.2\n"
            "IPV6_AUTOCONF=yes # x\nUUID=x\nNICHE=\n",
            "removed");
        row("another address",
            "DEVICE=ens5\nIPADDR=10.0.0.1 # "
            "float1\nNETMASK=255.255.255.0\nGATEWAY=10.0.0.254\nIPADDR1=10.5.0.1\n"
            "PREFIX1=24\nONBOOT=yes",
            "DEVICE=ens5\nIPADDR1=10.5.0.1\nPREFIX1=24\nONBOOT=yes");
        row("the other address needs the gateway",
            "DEVICE=ens5\nIPADDR=10.0.0.1\nPREFIX=24\nGATEWAY=10.0.0.254\nIPADDR1=10.0.0.2\nPREFIX1=24\n",
            "DEVICE=ens5\nGATEWAY=10.0.0.254\nIPADDR1=10.0.0.2\nPREFIX1=24\n");
        row("dhcp too", "DEVICE=ens5\nBOOTPROTO=dhcp\nIPADDR=10.0.0.1\nPREFIX=24\n",
            "DEVICE=ens5\nBOOTPROTO=dhcp\n");
        row("a bridge",
            "DEVICE=ens5\nTYPE=Bridge\nBOOTPROTO=static\nIPADDR=10.0.0.1\nPREFIX=24\nGATEWAY=10.0.0.2\n",
            "DEVICE=ens5\nTYPE=Bridge\nBOOTPROTO=none\n");
        row("a port", "DEVICE=ens5\nBRIDGE=br0\nIPADDR=10.0.0.1\n", "DEVICE=ens5\nBRIDGE=br0\n");
        row("an address of IPv6", "DEVICE=ens5\nIPADDR=10.0.0.1\nIPV6ADDR=2001:db8::1/64",
            "DEVICE=ens5\nIPV6ADDR=2001:db8::1/64");
        row("set twice goes twice", "DEVICE=ens5\nBRIDGE=b\nIPADDR=10.0.0.2\nIPADDR=10.0.0.1\n",
            "DEVICE=ens5\nBRIDGE=b\n");
        row("a gap", "DEVICE=ens5\nIPADDR1=10.1.0.1\nIPADDR2=10.0.0.1\nIPADDR3=10.3.0.1\n",
            "error: without IPADDR2 the system would not read IPADDR3");
        row("no gap", "DEVICE=ens5\nIPADDR1=10.1.0.1\nIPADDR2=10.0.0.1\n", "DEVICE=ens5\nIPADDR1=10.1.0.1\n");
        row("shared line", "DEVICE=ens5 IPADDR=10.0.0.1\nBRIDGE=br0\n", "error: IPADDR shares line 1");
        row("not there", "DEVICE=ens5\nIPADDR=10.0.0.3\n", "error: does not give ens5 the address 10.0.0.1");
        row("a secret", "DEVICE=ens5\nIPADDR=10.0.0.1\nKEY=<withheld>\n", "error: without its secrets");
        row("a script", "DEVICE=ens5\nIPADDR=10.0.0.1\n. /etc/x\n", "error: line 3");
    }
    void releases()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        COMPARE_OUTCOME(outcome(withoutAddress(ens5, before, ip("10.0.0.1"))), after);
    }

    void nameFromTheFile()
    {
        // Without DEVICE the file's name is the interface's.
        COMPARE_OUTCOME(
            outcome(withAddress(ens5, "IPADDR=10.0.0.1/24\n", {ip("10.0.0.1"), ip("10.0.0.2"), 24, {}})),
            QByteArray("IPADDR=10.0.0.2/24\n"));
        // Bound by its MAC it names none.
        COMPARE_OUTCOME(outcome(withMac({ConfigFormat::Ifcfg, {}, 0}, "HWADDR=52:54:00:00:01:01\n",
                                        mac("52:54:00:00:01:02"))),
                        QByteArray("HWADDR=52:54:00:00:01:02\n"));
    }

    void bounds()
    {
        COMPARE_OUTCOME(rebound(notes + QByteArray(70'000, '#')), QByteArray("error: larger than 64 KiB"));
        COMPARE_OUTCOME(rebound(notes + '\0'), QByteArray("error: NUL"));
        COMPARE_OUTCOME(rebound(QByteArray()), QByteArray("HWADDR=52:54:00:00:01:0a\n"));
        for (const int prefix : {0, -1, 33})
            COMPARE_OUTCOME(
                outcome(withAddress(ens5, notes, {ip("129.215.175.100"), ip("10.0.0.1"), prefix, {}})),
                QByteArray("error: bits cannot be"));
    }

    /// What is edited can be edited back, whatever stands around it.
    void backAgain()
    {
        const QByteArray text =
            "# a\r\n\n  DEVICE=ens5\nODD='$x'\nHWADDR=\"52:54:00:00:01:01\"\n" + notes.sliced(22);
        const auto there = withMac(ens5, text, mac("52:54:00:00:01:00"));
        QVERIFY(there);
        COMPARE_OUTCOME(outcome(withMac(ens5, *there, mac("52:54:00:00:01:01"))), text);
        const auto moved =
            withAddress(ens5, text, {ip("129.215.175.100"), ip("10.1.2.3"), 9, ip("10.1.2.4")});
        QVERIFY(moved);
        COMPARE_OUTCOME(
            outcome(withAddress(ens5, *moved,
                                {ip("10.1.2.3"), ip("129.215.175.100"), 24, ip("129.215.175.126")})),
            text);
    }

    void mangledTextsDoNoHarm()
    {
        const QByteArray text = "DEVICE=ens5 # x\nHWADDR='52:54:00:00:01:01'\nIPADDR=10.0.0.1;PREFIX=24\n"
                                "IPADDR1=\"10.1.0.1\"\nNETMASK1=255.255.255.0\nGATEWAY=10.0.0.254\nA='b c'\n";
        int edited = 0;
        mangle(text, [&edited](const QByteArray &broken) {
            edited += withMac(ens5, broken, mac("52:54:00:00:01:0a")).has_value();
            edited +=
                withAddress(ens5, broken, {ip("10.0.0.1"), ip("10.9.0.1"), 16, ip("10.9.0.2")}).has_value();
            edited += withoutAddress(ens5, broken, ip("10.1.0.1")).has_value();
        });
        QVERIFY(edited > 100);
    }
};

QTEST_GUILESS_MAIN(TestIfcfgEdit)
#include "test_ifcfg_edit.moc"
