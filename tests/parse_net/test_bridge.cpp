#include "models/parse/bridge.h"

#include "reading.h"

#include <QElapsedTimer>
#include <QRegularExpression>

using namespace tropo;
using namespace tropo::test;
using namespace Qt::Literals::StringLiterals;

class TestBridge : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void readsPorts()
    {
        const auto ports = clean(&parseBridgeLinkJson, fixture(u"lab-bridge-link.json"_s));
        QCOMPARE(ports.size(), 7);
        QCOMPARE(ports[0].bridge, u"br0"_s);
        QCOMPARE(ports[0].port, u"eth0"_s);
        QCOMPARE(ports[0].state, u"forwarding"_s);
        QCOMPARE(ports[5].port, u"vnet8"_s);
        QCOMPARE(ports[5].bridge, u"virbr0"_s);
        QCOMPARE(ports[5].source, lines(1, 1));
    }

    void brctlSaysTheSame()
    {
        for (const QString &name : {u"lab"_s, u"netns"_s}) {
            QStringList json;
            for (const BridgePort &port : clean(&parseBridgeLinkJson, fixture(name + u"-bridge-link.json")))
                json.append(port.bridge + u' ' + port.port);
            QStringList table;
            for (const BridgePort &port : clean(&parseBrctlShow, fixture(name + u"-brctl-show.txt")))
                if (!port.port.isEmpty())
                    table.append(port.bridge + u' ' + port.port);
            json.sort();
            table.sort();
            QVERIFY(json.size() > 2);
            QCOMPARE(table, json);
        }
    }

    void readsContinuationsAndBridgesWithoutPorts()
    {
        const auto ports = clean(&parseBrctlShow, fixture(u"lab-brctl-show.txt"_s));
        QCOMPARE(ports.size(), 7);
        QCOMPARE(ports[6].bridge, u"virbr0"_s);
        QCOMPARE(ports[6].port, u"vnet9"_s);
        QCOMPARE(ports[6].source, lines(8, 8));
        const auto more = clean(&parseBrctlShow, fixture(u"netns-brctl-show.txt"_s));
        QCOMPARE(more.last().bridge, u"brempty"_s);
        QVERIFY(more.last().port.isEmpty());
        QByteArray indented;
        for (const QByteArray &line : fixture(u"lab-brctl-show.txt"_s).split('\n'))
            indented += "        " + QByteArray(line).replace('\t', "    ") + "  \r\n";
        QCOMPARE(clean(&parseBrctlShow, indented).size(), 7);
        QVERIFY(clean(&parseBrctlShow, "bridge name\tbridge id\t\tSTP enabled\tinterfaces\n").isEmpty());
    }

    void readsForwardingTables()
    {
        const auto entries = clean(&parseBridgeFdbJson, fixture(u"netns-bridge-fdb.json"_s));
        const auto find = [&entries](QStringView mac, std::optional<int> vlan) -> const FdbEntry * {
            for (const FdbEntry &entry : entries)
                if (entry.mac.toString() == mac && entry.vlan == vlan)
                    return &entry;
            return nullptr;
        };
        const FdbEntry *fixed = find(u"52:54:00:02:02:0b", {});
        QVERIFY(fixed);
        QCOMPARE(fixed->state, u"static"_s);
        QCOMPARE(fixed->port, u"v0"_s);
        QCOMPARE(fixed->bridge, u"br9"_s);
        QVERIFY(!fixed->isLearned());
        const auto lab = clean(&parseBridgeFdbJson, fixture(u"lab-bridge-fdb.json"_s));
        QCOMPARE(lab[3].port, u"eth0"_s);
        QVERIFY(lab[3].isLearned());
        QVERIFY(!lab[0].isLearned());
        const auto made =
            clean(&parseBridgeFdbJson, "[{\"mac\":\"52:54:00:02:02:0b\",\"ifname\":\"v\",\"vlan\":7,"
                                       "\"state\":\"stale\"}]");
        QCOMPARE(made[0].vlan, std::optional(7));
        QVERIFY(made[0].isLearned());
    }

    void saysWhatIsWrong()
    {
        const auto table =
            parseBrctlShow("bridge name\tbridge id\n"
                           "br0\t8000.0cc47a351206\tno\teth0\nbr1 can't get info\n\t\tvnet1\n....\n",
                           documentName);
        QCOMPARE(table.value.size(), 1);
        QCOMPARE(table.problems.size(), 3);
        QCOMPARE(table.problems[1].line, 4);
        QVERIFY(!parseBrctlShow("", documentName).problems.isEmpty());
        QCOMPARE(parseBridgeLinkJson("[{\"master\":\"br0\"}]", documentName).problems.size(), 1);
        const auto fdb = parseBridgeFdbJson(
            "[{\"mac\":\"x\"},{},{\"ifname\":\"a\"},{\"mac\":\"52:54:00:02:02:0b\",\"vlan\":5000}]",
            documentName);
        QCOMPARE(fdb.value.size(), 1);
        QCOMPARE(fdb.problems.size(), 3);
        QVERIFY(clean(&parseBridgeFdbJson, "").isEmpty());
    }

    void survivesBrokenText()
    {
        survives(&parseBrctlShow, fixture(u"lab-brctl-show.txt"_s));
        survives(&parseBridgeLinkJson, fixture(u"lab-bridge-link.json"_s));
        survives(&parseBridgeFdbJson, fixture(u"netns-bridge-fdb.json"_s));
    }
};

QTEST_GUILESS_MAIN(TestBridge)
#include "test_bridge.moc"
