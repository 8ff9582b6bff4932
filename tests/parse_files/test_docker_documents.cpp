#include "models/parse/docker_info.h"
#include "models/parse/docker_inspect.h"
#include "models/parse/docker_merge.h"
#include "models/parse/docker_ps.h"
#include "models/parse/docker_swarm.h"
#include "models/parse/docker_version.h"
#include "tests/parse_files/fixture.h"
#include "tests/parse_files/mangle.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

using namespace tropo;
using namespace tropo::test;
using namespace Qt::Literals::StringLiterals;

class TestDockerDocuments : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void readsInspect()
    {
        const auto parsed = parseDockerInspect(fixture(u"docker-inspect.json"_s), u"i"_s);
        QVERIFY(parsed.problems.isEmpty());
        QCOMPARE(parsed.value.size(), 3);
        const Container &task = parsed.value[0];
        QCOMPARE(task.id, u"6129de567492425e327c4d12138b6684f8cc1b66aae76a6ad0255f26f48d7ed0"_s);
        QCOMPARE(task.name, u"ft_gillian.1.a0y3un9um7vsfq0hw3g82n6hs"_s);
        QCOMPARE(task.image, u"lab/bb:2.1.36"_s);
        QCOMPARE(task.command, u"sleep 100000"_s);
        QCOMPARE(task.state, ContainerState::Running);
        QCOMPARE(task.health, Health::None);
        QCOMPARE(task.created, QDateTime(QDate(2026, 11, 23), QTime(21, 24, 1), Qt::UTC));
        QVERIFY(task.started.isValid());
        QCOMPARE(task.task->service, u"ft_gillian"_s);
        QCOMPARE(task.task->slot, std::optional(1));
        QCOMPARE(task.source.first, 2);
        QCOMPARE(parsed.value[1].health, Health::Healthy);
        QCOMPARE(parsed.value[1].source.first, task.source.last + 1);
        const Container &apache = parsed.value[2];
        QCOMPARE(apache.labels.value(u"com.example.list"_s), u"a,b=c"_s);
        QVERIFY(apache.ports.contains(PortMapping{u"0.0.0.0"_s, 80, 80, u"tcp"_s}));
        QCOMPARE(apache.ports.size(), 6);
        // An engine that was never told a policy writes none, and means "no".
        for (const Container &container : parsed.value)
            QCOMPARE(container.restartPolicy, std::optional(u"no"_s));
        const auto told = parseDockerInspect(
            R"([{"Id": "1", "HostConfig": {"RestartPolicy": {"Name": "unless-stopped"}}}, {"Id": "2"}])",
            u"i"_s);
        QCOMPARE(told.value[0].restartPolicy, std::optional(u"unless-stopped"_s));
        QVERIFY(!told.value[1].restartPolicy);
    }

    void whatAContainerStoresAndPublishes()
    {
        const auto parsed = parseDockerInspect(
            R"([{"Id": "a", "State": {"Status": "created", "Error": "Bind for 0.0.0.0:80 failed: port is already allocated"},
                 "HostConfig": {"PortBindings": {"80/tcp": [{"HostIp": "", "HostPort": "80"}],
                                                 "81/tcp": [{"HostIp": "", "HostPort": ""}],
                                                 "82/tcp": [{"HostIp": "", "HostPort": "0"}], "83/tcp": null}},
                 "Mounts": [{"Type": "volume", "Name": "data", "Source": "/var/lib/docker/volumes/data/_data",
                             "Destination": "/data"},
                            {"Type": "volume", "Destination": "/cache",
                             "Name": "6129de567492425e327c4d12138b6684f8cc1b66aae76a6ad0255f26f48d7ed0"},
                            {"Type": "bind", "Source": "/srv/a", "Destination": "/a"},
                            {"Type": "tmpfs", "Source": "", "Destination": "/tmp"}]}])",
            u"i"_s);
        QVERIFY(parsed.problems.isEmpty());
        Container container = parsed.value.value(0);
        QCOMPARE(container.bindings, QList<PortMapping>({PortMapping{{}, 80, 80, u"tcp"_s}}));
        QCOMPARE(container.mounts, QStringList({u"/srv/a:/a"_s, u"data:/data"_s}));
        QVERIFY(container.error.contains(u"already allocated"));
        Container listed;
        listed.id = container.id = u"6129de567492"_s;
        const QList<Container> merged = mergeContainers({listed}, {container});
        QCOMPARE(merged.size(), 1);
        QCOMPARE(merged[0].bindings, container.bindings);
        QCOMPARE(merged[0].mounts, container.mounts);
        QCOMPARE(merged[0].error, container.error);
    }

    void oneBrokenContainerCostsNoOther()
    {
        const auto parsed =
            parseDockerInspect("[\n{\"Id\": \"a\"},\n{\"Id\": \"b\" x},\n{\"Name\": \"c\"},\n"
                               "{\"Id\": \"d\", \"NetworkSettings\": {\"Ports\": {\"x/tcp\": null}}}\n]\n"
                               "Error: No such object: e\n[{\"Id\":\"f\"}]\n[{\"Id\":\"g\"",
                               u"i"_s);
        QStringList ids;
        QList<int> lines;
        for (const Container &container : parsed.value)
            ids << container.id;
        for (const Problem &problem : parsed.problems)
            lines << problem.line;
        QCOMPARE(ids, (QStringList{u"a"_s, u"d"_s, u"f"_s}));
        QCOMPARE(parsed.value[2].source.first, 8);
        std::sort(lines.begin(), lines.end());
        QCOMPARE(lines, (QList<int>{3, 4, 5, 7, 9}));
    }

    void mergesPsAndInspect()
    {
        const auto cut = parseDockerPsTable(fixture(u"docker-ps.txt"_s), u"ps"_s).value;
        const auto inspected = parseDockerInspect(fixture(u"docker-inspect.json"_s), u"i"_s).value;
        const QList<Container> merged = mergeContainers(cut, inspected);
        QCOMPARE(merged.size(), 9);
        QCOMPARE(merged[0].id.size(), 64);
        QCOMPARE(merged[0].createdText, u"11 seconds ago"_s);
        QCOMPARE(merged[0].task->serviceId, u"zq8koery3ateiugjeapq2ls9p"_s);
        QCOMPARE(merged[0].source.document, u"ps"_s);
        QCOMPARE(merged[4].command, u"sh -c sleep 1000000"_s);
        QCOMPARE(merged[4].status, u"Up 13 seconds (healthy)"_s);
        QVERIFY(merged[4].started.isValid());
        QCOMPARE(merged[3], cut[3]);
        QCOMPARE(mergeContainers({}, inspected), inspected);
        QCOMPARE(merged[0].restartPolicy, std::optional(u"no"_s));
        QCOMPARE(mergeContainers(cut, {}), cut);
    }

    void ambiguousIdsAreNotMerged()
    {
        Container listed;
        listed.id = u"0123456789ab"_s;
        Container one;
        one.id = u"0123456789ab00"_s;
        Container two;
        two.id = u"0123456789ab11"_s;
        QCOMPARE(mergeContainers({listed}, {two, one}).size(), 3);
        QCOMPARE(mergeContainers({listed}, {two}).size(), 1);
        listed.id = u"0123"_s;
        QCOMPARE(mergeContainers({listed}, {two}).size(), 2);
        listed.id.clear();
        QCOMPARE(mergeContainers({listed}, {two}).size(), 2);
    }

    void readsInfo()
    {
        const auto manager = parseDockerInfo(fixture(u"docker-info.json"_s), u"n"_s);
        QVERIFY(manager.problems.isEmpty());
        QCOMPARE(manager.value.version->value, u"20.10.24+dfsg1"_s);
        QCOMPARE(manager.value.version->source, (Source{u"n"_s, 1, 1}));
        QCOMPARE(manager.value.swarmState->value, u"active"_s);
        QCOMPARE(manager.value.nodeId, u"qym3z41fc2mzezep5mkx7srzf"_s);
        QCOMPARE(manager.value.clusterId, u"kp2h02dq3i4day76i72mynuji"_s);
        QCOMPARE(manager.value.manager, std::optional(true));
        const auto plain = parseDockerInfo(fixture(u"docker-info-guest.json"_s), u"n"_s);
        QCOMPARE(plain.value.swarmState->value, u"inactive"_s);
        QCOMPARE(plain.value.manager, std::optional(false));
        QCOMPARE(manager.value.remoteManagers, QStringList(manager.value.nodeId));
        QVERIFY(plain.value.remoteManagers.isEmpty());
        QVERIFY(plain.value.clusterId.isEmpty());
        const auto down =
            parseDockerInfo("{\"ServerErrors\":[\"Cannot connect to the Docker daemon\"]}", u"n"_s);
        QVERIFY(!down.value.version && !down.value.manager);
        QCOMPARE(down.problems.size(), 1);
        QCOMPARE(parseDockerInfo("sh: docker: not found", u"n"_s).problems.size(), 1);
    }

    void readsVersion()
    {
        for (const char16_t *name : {u"docker-version.json", u"docker-version-guest.json"})
            QCOMPARE(parseDockerVersion(fixture(QString::fromUtf16(name)), u"v"_s).value->value,
                     u"20.10.24+dfsg1"_s);
        const auto none = parseDockerVersion("{\"Client\":{\"Version\":\"28.2.2\"},\"Server\":null}", u"v"_s);
        QVERIFY(!none.value);
        QCOMPARE(none.problems.size(), 1);
    }

    void readsWhoseBuildItIs()
    {
        QCOMPARE(dockerPlatform(fixture(u"docker-version.json"_s)), QString()); // Debian's
        QCOMPARE(dockerPlatform(
                     R"({"Server":{"Platform":{"Name":"Docker Engine - Community"},"Version":"24.0.2"}})"),
                 u"Docker Engine - Community"_s);
        for (const char *text : {"", "{", "[]", R"({"Server":null})", R"({"Server":{"Platform":"x"}})"})
            QCOMPARE(dockerPlatform(text), QString());
    }

    void readsSwarm()
    {
        const auto services = parseServices(fixture(u"docker-services.json"_s), u"s"_s);
        QVERIFY(services.problems.isEmpty());
        QCOMPARE(services.value.size(), 2);
        QCOMPARE(
            services.value[0],
            (Service{
                u"dd1ita4aottl"_s, u"ft_all"_s, u"global"_s, u"lab/bb:2.1.36"_s, 1, 1, {}, {u"s"_s, 1, 1}}));
        QCOMPARE(services.value[1].desired, std::optional(2));
        const auto tasks = parseTasks(fixture(u"docker-tasks.json"_s), u"t"_s);
        QVERIFY(tasks.problems.isEmpty());
        QCOMPARE(tasks.value[0].service, u"ft_all"_s);
        QVERIFY(!tasks.value[0].slot);
        QCOMPARE(tasks.value[2].name, u"ft_gillian.2"_s);
        QCOMPARE(tasks.value[2].service, u"ft_gillian"_s);
        QCOMPARE(tasks.value[2].slot, std::optional(2));
        QCOMPARE(tasks.value[2].node, u"vm"_s);
        QCOMPARE(tasks.value[2].desiredState, u"Running"_s);
        QCOMPARE(tasks.value[2].source.first, 3);
        const auto nodes = parseNodes(fixture(u"docker-nodes.json"_s), u"n"_s);
        QCOMPARE(nodes.value[0], (SwarmNode{u"qym3z41fc2mzezep5mkx7srzf"_s,
                                            u"vm"_s,
                                            u"Ready"_s,
                                            u"Active"_s,
                                            u"Leader"_s,
                                            {u"n"_s, 1, 1}}));
    }

    void readsReplicas()
    {
        const auto parsed =
            parseServices("{\"ID\":\"a\",\"Replicas\":\"3/2\"}\n"
                          "{\"ID\":\"b\",\"Replicas\":\"1/1 (max 1 per node)\"}\n"
                          "{\"ID\":\"c\",\"Replicas\":\"0/1 (1/1 completed)\"}\n"
                          "{\"ID\":\"d\",\"Replicas\":\"many\"}\n{\"Name\":\"e\"}\nnot a manager\n",
                          u"s"_s);
        QCOMPARE(parsed.value.size(), 4);
        QCOMPARE(parsed.value[0].running, std::optional(3));
        QCOMPARE(parsed.value[0].desired, std::optional(2));
        QCOMPARE(parsed.value[1].desired, std::optional(1));
        QCOMPARE(parsed.value[2].running, std::optional(0));
        QVERIFY(!parsed.value[3].running);
        QCOMPARE(parsed.problems.size(), 3);
        const auto old = parseTasks("{\"ID\":\"a\",\"Name\":\" \\\\_ web.3\"}", u"t"_s);
        QCOMPARE(old.value[0].name, u"web.3"_s);
        QCOMPARE(old.value[0].slot, std::optional(3));
    }

    void brokenDocumentsNeverCrash()
    {
        QJsonArray all = QJsonDocument::fromJson(fixture(u"docker-inspect.json"_s)).array();
        QJsonObject reduced;
        for (const char16_t *key : {u"Id", u"Name", u"Created", u"State", u"Path", u"Args"})
            reduced.insert(QString::fromUtf16(key), all[2].toObject().value(QString::fromUtf16(key)));
        reduced.insert(
            u"NetworkSettings"_s,
            QJsonObject{{u"Ports"_s, all[2].toObject()[u"NetworkSettings"_s].toObject()[u"Ports"_s]}});
        mangle(QJsonDocument(QJsonArray{reduced, reduced}).toJson(), [](const QByteArray &text) {
            for (const Container &container : parseDockerInspect(text, u"i"_s).value)
                QVERIFY(container.source.first >= 1 && container.source.last <= text.count('\n') + 1);
        });
        mangle(fixture(u"docker-info.json"_s), [](const QByteArray &text) { parseDockerInfo(text, u"n"_s); });
        mangle(fixture(u"docker-version.json"_s),
               [](const QByteArray &text) { parseDockerVersion(text, u"v"_s); });
        mangle(fixture(u"docker-services.json"_s),
               [](const QByteArray &text) { parseServices(text, u"s"_s); });
        mangle(fixture(u"docker-tasks.json"_s), [](const QByteArray &text) { parseTasks(text, u"t"_s); });
        mangle(fixture(u"docker-nodes.json"_s), [](const QByteArray &text) { parseNodes(text, u"n"_s); });
    }

    void bigInspectTakesLinearTime()
    {
        const QByteArray one =
            "{\"Id\":\"a\",\"Config\":{\"Labels\":{\"x\":\"" + QByteArray(2000, 'y') + "\"}}},\n";
        const QByteArray text = "[\n" + one.repeated(5000) + "{\"Id\":\"last\"}\n]\n"; // 10 MB
        const auto parsed = parseDockerInspect(text, u"i"_s);
        QCOMPARE(parsed.value.size(), 5001);
        QCOMPARE(parsed.value.last().source.first, 5002);
        QCOMPARE(parseDockerInspect(QByteArray(1'000'000, '['), u"i"_s).value.size(), 0);
        QCOMPARE(parseDockerInspect("[" + QByteArray("{\"a\":").repeated(200'000), u"i"_s).problems.size(),
                 1);
    }
};

QTEST_APPLESS_MAIN(TestDockerDocuments)
#include "test_docker_documents.moc"
