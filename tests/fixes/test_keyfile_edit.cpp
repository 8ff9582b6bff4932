#include "tests/fixes/edits.h"
#include "tests/parse_files/mangle.h"

#include <QRegularExpression>

using namespace tropo;
using namespace tropo::test;
using namespace Qt::Literals::StringLiterals;

namespace {

/// As NetworkManager writes it.
const QByteArray float1 =
    "[connection]\nid=float 1\nuuid=0d4f5a39-6c0f-4b9e-9a53-6a3b2a3fd3a1\ntype=ethernet\n"
    "timestamp=1612800000\n\n[ethernet]\nmac-address=52:54:00:00:01:01\n\n[ipv4]\n"
    "address1=129.215.175.100/24,129.215.175.126\ndns=129.215.175.1;\nmethod=manual\n\n"
    "[ipv6]\naddr-gen-mode=stable-privacy\nmethod=auto\n\n[proxy]\n";

const InterfaceEntry byMac{ConfigFormat::Keyfile, {}, 0};

} // namespace

class TestKeyfileEdit : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void asNetworkManagerWritesIt()
    {
        COMPARE_OUTCOME(outcome(withMac(byMac, float1, mac("52:54:00:00:01:00"))),
                        QByteArray(float1).replace("01:01", "01:00"));
        COMPARE_OUTCOME(
            outcome(withAddress(byMac, float1, {ip("129.215.175.100"), ip("129.215.175.101"), 24, {}})),
            QByteArray(float1).replace(".100/24", ".101/24"));
        COMPARE_OUTCOME(
            outcome(withAddress(byMac, float1, {ip("129.215.175.100"), ip("10.0.0.1"), 8, ip("10.0.0.2")})),
            QByteArray(float1).replace("129.215.175.100/24,129.215.175.126", "10.0.0.1/8,10.0.0.2"));
        COMPARE_OUTCOME(outcome(withoutAddress(byMac, float1, ip("129.215.175.100"))), QByteArray("removed"));
        COMPARE_OUTCOME(
            outcome(withMac({ConfigFormat::Keyfile, u"ens5"_s, 0}, float1, mac("52:54:00:00:01:00"))),
            QByteArray(float1).replace("01:01", "01:00"));
    }

    void binds_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        const auto row = [](const char *name, const char *before, const char *after) {
            QTest::newRow(name) << QByteArray(before) << QByteArray(after);
        };
        row("keeps all else",
            "# c\r\n[connection]\r\n type = ethernet\r\n; d\r\n[ethernet]\r\n mac-address =  "
            "52:54:00:00:01:0B \r\n[ipv4]",
            "# c\r\n[connection]\r\n type = ethernet\r\n; d\r\n[ethernet]\r\n mac-address =  "
            "52:54:00:00:01:0A \r\n[ipv4]");
        row("older name",
            "[connection]\ntype=802-3-ethernet\n[802-3-ethernet]\nmac-address=52:54:00:00:01:0b\n",
            "[connection]\ntype=802-3-ethernet\n[802-3-ethernet]\nmac-address=52:54:00:00:01:0a\n");
        row("none before", "[connection]\ntype=ethernet\n[ethernet]\nmtu=1500\n\n[ipv4]\nmethod=auto\n",
            "[connection]\ntype=ethernet\n[ethernet]\nmtu=1500\nmac-address=52:54:00:00:01:0a\n\n[ipv4]"
            "\nmethod=auto\n");
        row("no section", "[connection]\ntype=ethernet\n[ipv4]\nmethod=auto",
            "[connection]\ntype=ethernet\n[ipv4]\nmethod=auto\n\n[ethernet]\nmac-address=52:54:00:00:01:0a");
        row("no section, older", "[connection]\ntype=802-3-ethernet\n\n",
            "[connection]\ntype=802-3-ethernet\n\n[802-3-ethernet]\nmac-address=52:54:00:00:01:0a\n");
        row("the one that wins", "[ethernet]\nmac-address=52:54:00:00:01:01\nmac-address=52:54:00:00:01:02\n",
            "[ethernet]\nmac-address=52:54:00:00:01:01\nmac-address=52:54:00:00:01:0a\n");
        row("a bridge", "[connection]\ntype=bridge\n[bridge]\nstp=false\n", "error: no Ethernet connection");
        row("a MAC of its own",
            "[connection]\ntype=ethernet\n[ethernet]\ncloned-mac-address=52:54:00:00:01:01\n",
            "error: sets the MAC");
        row("a secret", "[connection]\ntype=ethernet\n[802-1x]\npassword=<withheld>\n",
            "error: without its secrets");
        row("no keyfile", "[connection]\ntype=ethernet\nhello\n", "error: line 3 is not understood");
    }
    void binds()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        COMPARE_OUTCOME(outcome(withMac(byMac, before, mac("52:54:00:00:01:0a"))), after);
    }

    void moves_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<bool>("gateway");
        const auto row = [](const char *name, const char *before, const char *after, bool gateway = false) {
            QTest::newRow(name) << QByteArray(before) << QByteArray(after) << gateway;
        };
        row("a list", "[ipv4]\naddresses = 10.5.0.1/8 ;10.0.0.1/24; 10.6.0.1/8;\nmethod=manual\n",
            "[ipv4]\naddresses = 10.5.0.1/8 ;10.9.0.1/16; 10.6.0.1/8;\nmethod=manual\n");
        row("older form", "[ipv4]\naddresses1=10.0.0.1;24;10.0.0.254;\nmethod=manual\n",
            "[ipv4]\naddresses1=10.9.0.1;16;10.9.0.254;\nmethod=manual\n", true);
        row("older form, no gateway", "[ipv4]\naddresses1=10.0.0.1;24;0.0.0.0;\n",
            "[ipv4]\naddresses1=10.9.0.1;16;0.0.0.0;\n");
        row("older form, its first gateway", "[ipv4]\naddresses1=10.0.0.1;24;\n",
            "[ipv4]\naddresses1=10.9.0.1;16;10.9.0.254;\n", true);
        row("no prefix", "[ipv4]\naddress1=10.0.0.1\n", "[ipv4]\naddress1=10.9.0.1/16\n");
        row("a first gateway", "[ipv4]\naddress1=10.0.0.1/24\n", "[ipv4]\naddress1=10.9.0.1/16,10.9.0.254\n",
            true);
        row("a gateway of its own", "[ipv4]\naddress1=10.0.0.1/24\ngateway=10.0.0.254\n",
            "[ipv4]\naddress1=10.9.0.1/16\ngateway=10.9.0.254\n", true);
        row("a gateway both here and there", "[ipv4]\naddress1=10.0.0.1/24, 10.0.0.254\ngateway=10.0.0.254\n",
            "[ipv4]\naddress1=10.9.0.1/16, 10.9.0.254\ngateway=10.9.0.254\n", true);
        row("a gateway elsewhere", "[ipv4]\naddress1=10.0.0.1/24\naddress2=10.5.0.1/8,10.5.0.2\n",
            "error: edited safely", true);
        row("a gateway out of reach", "[ipv4]\naddress1=10.0.0.1/24,10.0.0.254\n", "error: does not reach");
        row("another protocol's section", "[ipv6]\naddress1=10.0.0.1/24\n", "error: does not give");
        row("escaped", "[ipv4]\naddresses=10.0.0.1/24\\;10.0.0.2/24\n", "error: ");
    }
    void moves()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QFETCH(bool, gateway);
        AddressChange change{ip("10.0.0.1"), ip("10.9.0.1"), 16, {}};
        if (gateway)
            change.gateway = ip("10.9.0.254");
        COMPARE_OUTCOME(outcome(withAddress(byMac, before, change)), after);
    }

    void releases_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        const auto row = [](const char *name, const char *before, const char *after) {
            QTest::newRow(name) << QByteArray(before) << QByteArray(after);
        };
        row("one of a list", "[ipv4]\naddresses=10.5.0.1/8;10.0.0.1/24 ;10.6.0.1/8\nmethod=manual\n",
            "[ipv4]\naddresses=10.5.0.1/8;10.6.0.1/8\nmethod=manual\n");
        row("the last of a list", "[ipv4]\naddresses=10.5.0.1/8;10.0.0.1/24\n",
            "[ipv4]\naddresses=10.5.0.1/8;\n");
        row("one of several",
            "[ipv4]\naddress1=10.0.0.1/24,10.0.0.254\naddress2=10.5.0.1/"
            "24\ngateway=10.0.0.254\nmethod=manual",
            "[ipv4]\naddress2=10.5.0.1/24\nmethod=manual");
        row("the other needs the gateway",
            "[ipv4]\naddress1=10.0.0.1/24\naddress2=10.0.0.2/24\ngateway=10.0.0.254\n",
            "[ipv4]\naddress2=10.0.0.2/24\ngateway=10.0.0.254\n");
        row("dhcp too", "[ipv4]\nmethod=auto\naddress1=10.0.0.1/24\n", "[ipv4]\nmethod=auto\n");
        row("an address of IPv6",
            "[ipv4]\nmethod=manual\naddress1=10.0.0.1/"
            "24,10.0.0.2\n[ipv6]\nmethod=manual\naddress1=2001:db8::1/64\n",
            "[ipv4]\nmethod=disabled\n[ipv6]\nmethod=manual\naddress1=2001:db8::1/64\n");
        row("what an address needs",
            "[ipv4]\nmethod=manual\naddress1=10.0.0.1/"
            "24\ndns=10.0.0.2;\n[ipv6]\nmethod=manual\naddress1=2001:db8::1/64\n",
            "error: ipv4.dns would be left without an address, line 3");
        row("a bridge",
            "[connection]\ntype=bridge\n[ipv4]\nmethod=manual\naddress1=10.0.0.1/24\n[bridge]\nstp=false\n",
            "[connection]\ntype=bridge\n[ipv4]\nmethod=disabled\n[bridge]\nstp=false\n");
        row("a port", "[connection]\nmaster=br0\n[ipv4]\naddress1=10.0.0.1/24\n",
            "[connection]\nmaster=br0\n[ipv4]\nmethod=disabled\n");
        row("a secret", "[ipv4]\naddress1=10.0.0.1/24\n[802-1x]\npassword=<withheld>\n",
            "error: without its secrets");
    }
    void releases()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        COMPARE_OUTCOME(outcome(withoutAddress(byMac, before, ip("10.0.0.1"))), after);
    }

    void mangledTextsDoNoHarm()
    {
        const QByteArray text =
            "[connection]\ntype=ethernet\n[ethernet]\nmac-address=52:54:00:00:01:01\n[ipv4]\n"
            "address1=10.0.0.1/24,10.0.0.254\naddresses2=10.1.0.1;24;0.0.0.0;\naddresses=10.2.0.1/8;10.3.0.1/"
            "8\n";
        int edited = 0;
        mangle(text, [&edited](const QByteArray &broken) {
            edited += withMac(byMac, broken, mac("52:54:00:00:01:0a")).has_value();
            for (const char *address : {"10.0.0.1", "10.1.0.1", "10.2.0.1"}) {
                edited +=
                    withAddress(byMac, broken, {ip(address), ip("10.9.0.1"), 16, ip("10.9.0.2")}).has_value();
                edited += withoutAddress(byMac, broken, ip(address)).has_value();
            }
        });
        QVERIFY(edited > 100);
    }
};

QTEST_GUILESS_MAIN(TestKeyfileEdit)
#include "test_keyfile_edit.moc"
