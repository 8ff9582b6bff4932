#include "models/fixes/files/new_file.h"
#include "tests/fixes/edits.h"
#include "tests/parse_files/mangle.h"

#include <QRegularExpression>

using namespace tropo;
using namespace tropo::test;
using namespace Qt::Literals::StringLiterals;

namespace {

const QByteArray lo = "# The loopback\nauto lo\niface lo inet loopback\n\n";
const QByteArray float1 = "auto ens5\niface ens5 inet static\n    address   129.215.175.100\n"
                          "    netmask   255.255.255.0\n    network   129.215.175.0\n"
                          "    # the router\n    gateway   129.215.175.126\n    broadcast 129.215.175.255\n";

const InterfaceEntry ens5{ConfigFormat::DebianInterfaces, u"ens5"_s, 0};

AddressSettings settings()
{
    return {u"ens7"_s, mac("52:54:00:00:01:00"), ip("129.215.175.100"), 24, ip("129.215.175.126"), true};
}

} // namespace

class TestInterfacesEdit : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void moves_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<bool>("gateway");
        const auto row = [](const char *name, const QByteArray &before, const QByteArray &after,
                            bool gateway = false) { QTest::newRow(name) << before << after << gateway; };
        QByteArray moved = float1;
        moved.replace("129.215.175.100", "10.9.0.1")
            .replace("255.255.255.0", "255.255.0.0")
            .replace("129.215.175.0", "10.9.0.0")
            .replace("129.215.175.126", "10.9.0.254")
            .replace("129.215.175.255", "10.9.255.255");
        row("all of it", lo + float1 + "\nauto ens6\n", lo + moved + "\nauto ens6\n", true);
        row("with a slash", "iface ens5 inet static\r\n\taddress 129.215.175.100/24\r\n",
            "iface ens5 inet static\r\n\taddress 10.9.0.1/16\r\n");
        row("neither", "iface ens5 inet static\n  address 129.215.175.100",
            "iface ens5 inet static\n  address 10.9.0.1/16");
        row("a netmask of bits", "iface ens5 inet static\naddress 129.215.175.100\nnetmask 24\n",
            "iface ens5 inet static\naddress 10.9.0.1\nnetmask 16\n");
        row("a first gateway",
            "iface ens5 inet static\n  netmask 24\n  address 129.215.175.100\n  mtu 1500\n",
            "iface ens5 inet static\n  netmask 16\n  address 10.9.0.1\n  gateway 10.9.0.254\n  mtu 1500\n",
            true);
        row("out of reach", float1, "error: does not reach");
        row("a line that goes on", "iface ens5 inet static\naddress \\\n129.215.175.100/24\n",
            "error: line 2 goes on");
        row("several and a netmask",
            "iface ens5 inet static\naddress 129.215.175.100\naddress 10.0.0.1\nnetmask 24\n",
            "error: which netmask");
        row("several with a slash",
            "iface ens5 inet static\naddress 10.0.0.1/8\naddress 129.215.175.100/24\n",
            "iface ens5 inet static\naddress 10.0.0.1/8\naddress 10.9.0.1/16\n");
        row("a stanza among others",
            "iface ens5 inet6 auto\niface ens6 inet static\naddress 129.215.175.100/24\n",
            "error: does not give ens5");
        row("a secret", float1 + "    wpa-psk <withheld>\n", "error: without its secrets");
    }
    void moves()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QFETCH(bool, gateway);
        AddressChange change{ip("129.215.175.100"), ip("10.9.0.1"), 16, {}};
        if (gateway)
            change.gateway = ip("10.9.0.254");
        COMPARE_OUTCOME(outcome(withAddress(ens5, before, change)), after);
    }

    void oneOfTwoStanzas()
    {
        const QByteArray text = "iface ens5 inet dhcp\niface ens5 inet static\naddress 10.0.0.1/24\n";
        COMPARE_OUTCOME(outcome(withAddress(ens5, text, {ip("10.0.0.1"), ip("10.0.0.2"), 24, {}})),
                        QByteArray(text).replace("0.1/", "0.2/"));
        COMPARE_OUTCOME(outcome(withMac(ens5, text, mac("52:54:00:00:01:0a"))),
                        QByteArray("error: several times"));
        COMPARE_OUTCOME(outcome(withoutAddress(ens5, text + text, ip("10.0.0.1"))),
                        QByteArray("error: several times"));
        const InterfaceEntry second{ConfigFormat::DebianInterfaces, u"ens5"_s, 2};
        COMPARE_OUTCOME(outcome(withAddress(second, text, {ip("10.0.0.1"), ip("10.0.0.2"), 24, {}})),
                        QByteArray(text).replace("0.1/", "0.2/"));
        COMPARE_OUTCOME(outcome(withoutAddress(second, text, ip("10.0.0.1"))),
                        QByteArray("iface ens5 inet dhcp\n"));
        const InterfaceEntry moved{ConfigFormat::DebianInterfaces, u"ens5"_s, 3};
        COMPARE_OUTCOME(outcome(withoutAddress(moved, text, ip("10.0.0.1"))),
                        QByteArray("error: does not configure ens5"));
    }

    void releases_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        const auto row = [](const char *name, const QByteArray &before, const QByteArray &after) {
            QTest::newRow(name) << before << after;
        };
        row("the stanza", lo + float1, lo);
        row("what follows stays", lo + float1 + "    # end\n\nauto ens6\niface ens6 inet dhcp",
            lo + "    # end\n\nauto ens6\niface ens6 inet dhcp");
        row("one of several autos", "auto lo  ens5 ens6 # x\nallow-hotplug ens5\n" + float1.sliced(10),
            "auto lo ens6 # x\n");
        row("the last of several autos", "auto lo\tens5\n" + float1.sliced(10), "auto lo\n");
        row("IPv6 stays", float1 + "iface ens5 inet6 auto\n", "auto ens5\niface ens5 inet6 auto\n");
        row("a bridge",
            "auto ens5\niface ens5 inet static\n  address 129.215.175.100\n  netmask 24\n  bridge_ports "
            "eth0\n  gateway 129.215.175.126\n",
            "auto ens5\niface ens5 inet manual\n  bridge_ports eth0\n");
        row("another address",
            "iface ens5 inet static\n  address 129.215.175.100/24\n  gateway 129.215.175.126\n  address "
            "10.0.0.1/8\n",
            "iface ens5 inet static\n  address 10.0.0.1/8\n");
        row("a gap at the end", "iface ens5 inet static\n  address 129.215.175.100", "");
        row("an auto that goes on", "auto lo \\\n ens5\n" + float1.sliced(10), "error: line 1 goes on");
    }
    void releases()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        COMPARE_OUTCOME(outcome(withoutAddress(ens5, before, ip("129.215.175.100"))), after);
    }

    void binds()
    {
        const QByteArray text = "iface ens5 inet dhcp\n  hwaddress  ether 52:54:00:00:01:01\n";
        COMPARE_OUTCOME(outcome(withMac(ens5, text, mac("52:54:00:00:01:00"))),
                        QByteArray(text).replace("01:01", "01:00"));
        COMPARE_OUTCOME(outcome(withMac(ens5, "iface ens5 inet dhcp\nhwaddress 52:54:00:00:01:0B",
                                        mac("52:54:00:00:01:0a"))),
                        QByteArray("iface ens5 inet dhcp\nhwaddress 52:54:00:00:01:0A"));
        COMPARE_OUTCOME(outcome(withMac(ens5, float1, mac("52:54:00:00:01:0a"))),
                        QByteArray("error: binds ens5 by its name"));
    }

    void addsAStanza()
    {
        const QByteArray stanza =
            "# float1, 52:54:00:00:01:00\nauto ens7\niface ens7 inet static\n    address 129.215.175.100\n"
            "    netmask 255.255.255.0\n    gateway 129.215.175.126\n";
        COMPARE_OUTCOME(outcome(withNewStanza(lo + float1, settings(), u"float1"_s)),
                        lo + float1 + '\n' + stanza);
        COMPARE_OUTCOME(outcome(withNewStanza("auto lo", settings(), u"float1"_s)), "auto lo\n\n" + stanza);
        COMPARE_OUTCOME(outcome(withNewStanza({}, settings(), u"float1"_s)), stanza);
        COMPARE_OUTCOME(outcome(withNewStanza("auto lo\r\n", settings(), u"float1"_s)),
                        QByteArray("auto lo\n\n" + stanza).replace("\n", "\r\n"));
        AddressSettings other = settings();
        other.device = u"ens5"_s;
        COMPARE_OUTCOME(outcome(withNewStanza(float1, other, u"float1"_s)),
                        QByteArray("error: a stanza for ens5 already, line 2"));
        COMPARE_OUTCOME(outcome(withNewStanza("auto lo\\", settings(), u"float1"_s)),
                        QByteArray("error: goes on"));
        COMPARE_OUTCOME(outcome(withNewStanza("wpa-psk <withheld>", settings(), u"float1"_s)),
                        QByteArray("error: without its secrets"));
        COMPARE_OUTCOME(outcome(withNewStanza(lo, settings(), u"a\nauto ens9"_s)),
                        lo + '\n' + QByteArray(stanza).replace("float1", "a-auto-ens9"));
        // And takes it away again.
        const auto added = withNewStanza(lo + float1, settings(), u"float1"_s);
        QVERIFY(added);
        COMPARE_OUTCOME(outcome(withoutAddress({ConfigFormat::DebianInterfaces, u"ens7"_s, 0}, *added,
                                               ip("129.215.175.100"))),
                        lo + float1 + "\n# float1, 52:54:00:00:01:00\n");
    }

    void mangledTextsDoNoHarm()
    {
        const QByteArray text =
            lo +
            "auto ens5 ens6\niface ens5 inet static\n address 10.0.0.1/24\n address 10.1.0.1/24\n hwaddress "
            "ether 52:54:00:00:01:01\n"
            "iface ens6 inet static\n address 10.2.0.1\n netmask 24\n gateway 10.2.0.254 \n up \\\n ip x\n";
        int edited = 0;
        mangle(text, [&edited](const QByteArray &broken) {
            edited += withMac(ens5, broken, mac("52:54:00:00:01:0a")).has_value();
            edited += withNewStanza(broken, settings(), u"float1"_s).has_value();
            for (const auto &[device, address] :
                 {std::pair{u"ens5"_s, "10.1.0.1"}, {u"ens6"_s, "10.2.0.1"}}) {
                const InterfaceEntry entry{ConfigFormat::DebianInterfaces, device, 0};
                edited +=
                    withAddress(entry, broken, {ip(address), ip("10.9.0.1"), 16, ip("10.9.0.2")}).has_value();
                edited += withoutAddress(entry, broken, ip(address)).has_value();
            }
        });
        QVERIFY(edited > 100);
    }
};

QTEST_GUILESS_MAIN(TestInterfacesEdit)
#include "test_interfaces_edit.moc"
