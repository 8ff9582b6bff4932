#include "models/parse/docker_merge.h"
#include "models/parse/docker_service_inspect.h"
#include "models/parse/docker_swarm.h"
#include "models/parse/secrets.h"
#include "tests/parse_files/fixture.h"
#include "tests/parse_files/mangle.h"

#include <QRegularExpression>

using namespace tropo;
using namespace tropo::test;
using namespace Qt::Literals::StringLiterals;

class TestServiceInspect : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void readsAWholeInspect()
    {
        const auto parsed = parseServiceInspect(fixture(u"docker-service-inspect.json"_s), u"i"_s);
        QVERIFY(parsed.problems.isEmpty());
        QCOMPARE(parsed.value.size(), 2);
        const Service &all = parsed.value[0];
        QCOMPARE(all.id, u"dd1ita4aottlm6m2x4oz5m3xq"_s);
        QCOMPARE(all.name, u"ft_all"_s);
        QCOMPARE(all.mode, u"global"_s);
        QVERIFY(!all.desired && !all.running);
        QCOMPARE(all.updateState, (Sourced<QString>{QString(), {u"i"_s, 2, 34}})); // never updated
        QCOMPARE(all.source, (Source{u"i"_s, 2, 34}));
        const Service &gillian = parsed.value[1];
        QCOMPARE(gillian.mode, u"replicated"_s);
        QCOMPARE(gillian.desired, std::optional(2));
        QCOMPARE(gillian.image, u"lab/bb:2.1.36"_s);
        QCOMPARE(gillian.updateState, (Sourced<QString>{u"updating"_s, {u"i"_s, 81, 83}}));
    }

    void readsTheFieldsThatAreCollected()
    {
        const auto parsed = parseServiceInspect(
            "[{\"ID\":\"dd1ita4aottlm6m2x4oz5m3xq\",\"Spec\":{\"Name\":\"ft_all\",\"Mode\":{\"Global\":{}}},"
            "\"UpdateStatus\":null}\n"
            ",{\"ID\":\"zq8koery3ateiugjeapq2ls9p\",\"Spec\":{\"Name\":\"ft_gillian\",\"Mode\":{"
            "\"Replicated\":"
            "{\"Replicas\":2}}},\"UpdateStatus\":{\"State\":\"rollback_paused\",\"StartedAt\":"
            "\"2026-11-23T21:31:02Z\",\"Message\":\"x\"}}]\n",
            u"i"_s);
        QVERIFY(parsed.problems.isEmpty());
        QCOMPARE(parsed.value.size(), 2);
        QCOMPARE(parsed.value[0].updateState, (Sourced<QString>{QString(), {u"i"_s, 1, 1}}));
        QCOMPARE(parsed.value[1].updateState, (Sourced<QString>{u"rollback_paused"_s, {u"i"_s, 2, 2}}));
        // Docker 1.12 has an empty one for a service that was never updated.
        const auto old = parseServiceInspect(
            "[{\"ID\":\"dd1ita4aottl\",\"UpdateStatus\":{\"StartedAt\":\"0001-01-01T00:00:00Z\"}}]", u"i"_s);
        QCOMPARE(old.value[0].updateState->value, QString());
    }

    void whatIsWrongIsSaid()
    {
        const auto parsed =
            parseServiceInspect("[\n{\"ID\": \"a\", \"UpdateStatus\": \"updating\"},\n{\"Spec\": {\"Name\": "
                                "\"b\"}},\n{\"ID\": x},\n"
                                "{\"ID\": \"d\", \"Spec\": 1}]",
                                u"i"_s);
        QStringList ids;
        QList<int> lines;
        for (const Service &service : parsed.value)
            ids.append(service.id);
        for (const Problem &problem : parsed.problems)
            lines.append(problem.line);
        std::sort(lines.begin(), lines.end());
        QCOMPARE(ids, (QStringList{u"a"_s, u"d"_s}));
        QCOMPARE(lines, (QList<int>{2, 3, 4, 5}));
    }

    void mergesLsAndInspect()
    {
        const auto listed = parseServices(fixture(u"docker-services.json"_s), u"s"_s).value;
        const auto inspected = parseServiceInspect(fixture(u"docker-service-inspect.json"_s), u"i"_s).value;
        const QList<Service> merged = mergeServices(listed, inspected);
        QCOMPARE(merged.size(), 2);
        QCOMPARE(merged[1].running, std::optional(2));
        QCOMPARE(merged[1].id, u"zq8koery3ateiugjeapq2ls9p"_s);
        QCOMPARE(merged[1].source.document, u"s"_s);
        QCOMPARE(merged[1].updateState->value, u"updating"_s);
        QCOMPARE(merged[1].updateState->source.document, u"i"_s);
        QCOMPARE(mergeServices(listed, {}), listed);
        QCOMPARE(mergeServices({}, inspected), inspected);
        QVERIFY(!mergeServices(listed, {inspected[1]})[0].updateState);
        QCOMPARE(mergeServices({listed[0]}, inspected).size(), 2);
    }

    void idsThatSayTooLittleAreNotMerged()
    {
        Service listed;
        listed.id = u"0123456789ab"_s;
        Service one;
        one.id = u"0123456789abc"_s;
        one.updateState = Sourced<QString>{u"updating"_s, {}};
        Service two = one;
        two.id = u"0123456789abd"_s;
        QCOMPARE(mergeServices({listed}, {one, two}).size(), 3);
        QVERIFY(!mergeServices({listed}, {one, two})[0].updateState);
        QCOMPARE(mergeServices({listed}, {two}).size(), 1);
        listed.id = u"0123"_s;
        QCOMPARE(mergeServices({listed}, {two}).size(), 2);
        listed.id.clear();
        QCOMPARE(mergeServices({listed}, {two}).size(), 2);
    }

    void secretsOfAServiceAreWithheld()
    {
        const QByteArray text = fixture(u"docker-service-inspect.json"_s);
        QVERIFY(text.contains("opensesame"));
        const QByteArray kept = withheldText(u"trop02/guests/A/docker/service-inspect.json"_s, text);
        QVERIFY(!kept.contains("opensesame"));
        QCOMPARE(parseServiceInspect(kept, u"i"_s).value, parseServiceInspect(text, u"i"_s).value);
    }

    void brokenTextsNeverCrash()
    {
        mangle(
            fixture(u"docker-service-inspect.json"_s),
            [](const QByteArray &text) {
                const auto lines = text.count('\n') + 1;
                for (const Service &service : parseServiceInspect(text, u"i"_s).value)
                    QVERIFY(!service.id.isEmpty() && service.updateState->source.first >= 1 &&
                            service.updateState->source.last <= lines);
            },
            200);
    }
};

QTEST_APPLESS_MAIN(TestServiceInspect)
#include "test_service_inspect.moc"
