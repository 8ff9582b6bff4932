#include "models/parse/ip_route.h"

#include "models/parse/ip_neigh.h"

#include "reading.h"

#include <QElapsedTimer>
#include <QRegularExpression>

using namespace tropo;
using namespace tropo::test;
using namespace Qt::Literals::StringLiterals;

class TestIpRoute : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void readsAHypervisor()
    {
        const auto routes = clean(&parseIpRouteText, fixture(u"lab-ip-route.txt"_s));
        QCOMPARE(routes.size(), 5);
        QVERIFY(!routes[0].destination);
        QCOMPARE(routes[0].gateway->toString(), u"129.215.175.126"_s);
        QCOMPARE(routes[0].device, u"br0"_s);
        QCOMPARE(routes[4].destination->toString(), u"192.168.202.0/24"_s);
        QVERIFY(!routes[4].gateway && !routes[4].metric);
        QCOMPARE(routes[4].source, lines(5, 5));
    }

    void readsEveryKindOfRoute()
    {
        const auto routes = clean(&parseIpRouteText, fixture(u"netns-ip-route.txt"_s));
        QCOMPARE(routes.size(), 10);
        QCOMPARE(routes[0].metric, std::optional(100));
        QCOMPARE(routes[4].destination->toString(), u"10.9.0.2/32"_s);
        QCOMPARE(routes[5].destination, routes[6].destination);
        QCOMPARE(routes[5].gateway->toString(), u"10.1.0.7"_s);
        QCOMPARE(routes[5].device, u"br8"_s);
        QCOMPARE(routes[6].gateway->toString(), u"10.2.0.7"_s);
        QCOMPARE(routes[6].device, u"br9"_s);
        QCOMPARE(routes[6].source, lines(6, 8));
        QCOMPARE(routes[7].destination->toString(), u"10.60.0.0/16"_s);
        QVERIFY(routes[7].device.isEmpty() && !routes[7].gateway);
        QCOMPARE(routes[8].metric, std::optional(5));
    }

    void bothFormsSayTheSame()
    {
        for (const QString &name : {u"lab-ip-route"_s, u"netns-ip-route"_s}) {
            auto json = clean(&parseIpRouteJson, fixture(name + u".json"));
            auto text = clean(&parseIpRouteText, fixture(name + u".txt"));
            QCOMPARE(json.size(), text.size());
            for (qsizetype i = 0; i < json.size(); ++i) {
                json[i].source = text[i].source = {};
                QVERIFY2(json[i] == text[i], qPrintable(QString::number(i)));
            }
        }
        for (const QString &name : {u"lab-ip-neigh"_s, u"netns-ip-neigh"_s}) {
            auto json = clean(&parseIpNeighJson, fixture(name + u".json"));
            auto text = clean(&parseIpNeighText, fixture(name + u".txt"));
            QVERIFY(json.size() >= 2);
            QCOMPARE(json.size(), text.size());
            for (qsizetype i = 0; i < json.size(); ++i) {
                json[i].source = text[i].source = {};
                QVERIFY2(json[i] == text[i], qPrintable(QString::number(i)));
            }
        }
    }

    void tellsNextHopsFromRoutes()
    {
        const auto text = clean(&parseIpRouteText, "default via 10.0.0.1 dev a\ndefault metric 5\n"
                                                   "\tnexthop via 10.0.0.1 dev a weight 1\n"
                                                   "\tnexthop via 10.0.0.2 dev b weight 1\n");
        const auto json = clean(
            &parseIpRouteJson,
            R"([{"dst":"default","gateway":"10.0.0.1","dev":"a"},{"dst":"default","metric":5,"nexthops":[
                {"gateway":"10.0.0.1","dev":"a"},{"gateway":"10.0.0.2","dev":"b"}]}])");
        for (const auto &routes : {text, json}) {
            QCOMPARE(routes.size(), 3);
            QVERIFY(!routes[0].multipath);
            QVERIFY(routes[1].multipath && routes[2].multipath);
        }
    }

    void readsNeighbours()
    {
        const auto list = clean(&parseIpNeighText, fixture(u"lab-ip-neigh.txt"_s));
        QCOMPARE(list.size(), 6);
        QCOMPARE(list[5].address.toString(), u"192.168.202.15"_s);
        QCOMPARE(list[5].mac->toString(), u"52:54:00:02:02:0f"_s);
        QCOMPARE(list[5].device, u"virbr0"_s);
        QCOMPARE(list[5].state, u"STALE"_s);
        QCOMPARE(list[5].source, lines(6, 6));
        const auto failed =
            clean(&parseIpNeighText, "  10.0.0.1 dev br0  FAILED\n10.0.0.2 dev br0 INCOMPLETE\n"
                                     "10.0.0.3 dev br0 lladdr 52:54:00:00:00:01 router REACHABLE\n");
        QVERIFY(!failed[0].mac);
        QCOMPARE(failed[0].state, u"FAILED"_s);
        QCOMPARE(failed[2].state, u"REACHABLE"_s);
    }

    void emptyMeansNone()
    {
        for (const char *text : {"", "\n", "[]", "[ ]\n"}) {
            QVERIFY(clean(&parseIpRouteJson, text).isEmpty());
            QVERIFY(clean(&parseIpNeighJson, text).isEmpty());
        }
        QVERIFY(clean(&parseIpRouteText, "").isEmpty());
        QVERIFY(clean(&parseIpNeighText, "").isEmpty());
    }

    void saysWhatIsWrong()
    {
        const auto text =
            parseIpRouteText("default via 10.0.0 dev a\nnowhere dev a\n\tnexthop via 10.0.0.1 dev b\n"
                             "....\n10.0.0.0/8 metric x\n",
                             documentName);
        QCOMPARE(text.value.size(), 2);
        QCOMPARE(text.problems.size(), 5);
        for (int i = 0; i < 5; ++i)
            QCOMPARE(text.problems[i].line, i + 1);
        const auto json = parseIpRouteJson("[{\"dst\":\"x\"},\n{\"dst\":\"default\",\"gateway\":\"fe80::1\","
                                           "\"metric\":-1}]",
                                           documentName);
        QCOMPARE(json.value.size(), 1);
        QCOMPARE(json.problems.size(), 3);
        QCOMPARE(parseIpNeighText("what\n10.0.0.1 lladdr x STALE\n", documentName).problems.size(), 2);
        QCOMPARE(parseIpNeighJson("[{\"dst\":\"x\"}]", documentName).problems.size(), 1);
    }

    void survivesBrokenText()
    {
        survives(&parseIpRouteText, fixture(u"netns-ip-route.txt"_s));
        survives(&parseIpRouteJson, fixture(u"netns-ip-route.json"_s));
        survives(&parseIpNeighText, fixture(u"lab-ip-neigh.txt"_s));
        survives(&parseIpNeighJson, fixture(u"lab-ip-neigh.json"_s));
    }
};

QTEST_GUILESS_MAIN(TestIpRoute)
#include "test_ip_route.moc"
