#include "models/parse/container_text.h"
#include "models/parse/docker_ps.h"
#include "tests/parse_files/fixture.h"
#include "tests/parse_files/mangle.h"

#include <QRegularExpression>

using namespace tropo;
using namespace tropo::test;
using namespace Qt::Literals::StringLiterals;

namespace {

const Container *named(const QList<Container> &containers, QStringView name)
{
    for (const Container &container : containers)
        if (container.name == name)
            return &container;
    return nullptr;
}

QString portsOf(const Container &container)
{
    QStringList ports;
    for (const PortMapping &port : container.ports)
        ports << (port.hostPort ? u"%1:%2>"_s.arg(port.hostAddress).arg(*port.hostPort) : QString()) +
                     u"%1/%2"_s.arg(port.containerPort).arg(port.protocol);
    return ports.join(u' ');
}

} // namespace

class TestDockerPs : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void readsTheNotesTables()
    {
        for (const QString &end : {u".txt"_s, u"-indented.txt"_s}) {
            const auto front = parseDockerPsTable(fixture(u"notes-docker-ps-acilamwen"_s + end), u"ps"_s);
            QVERIFY(front.problems.isEmpty());
            QCOMPARE(front.value.size(), 1);
            const Container &apache = front.value[0];
            QCOMPARE(apache.id, u"9683ea05bb04"_s);
            QCOMPARE(apache.image, u"firethorn/apache:latest"_s);
            QCOMPARE(apache.command, u"/usr/local/bin/http…"_s);
            QCOMPARE(apache.createdText, u"2 years ago"_s);
            QCOMPARE(apache.status, u"Up 4 weeks"_s);
            QCOMPARE(apache.name, u"apache"_s);
            QCOMPARE(portsOf(apache), u"0.0.0.0:80>80/tcp"_s);
            QCOMPARE(apache.source, (Source{u"ps"_s, 2, 2}));
            QVERIFY(!apache.task);

            const auto back = parseDockerPsTable(fixture(u"notes-docker-ps-eterathiel"_s + end), u"ps"_s);
            QVERIFY(back.problems.isEmpty());
            QCOMPARE(back.value.size(), 5);
            const Container &jarmila = back.value[0];
            QCOMPARE(jarmila.command, u"/bin/sh -c '/var/lo…"_s);
            QCOMPARE(jarmila.state, ContainerState::Running);
            QCOMPARE(jarmila.health, Health::Healthy);
            QCOMPARE(portsOf(jarmila), u"8080/tcp"_s);
            QCOMPARE(jarmila.task->service, u"ft_jarmila"_s);
            QCOMPARE(jarmila.task->slot, std::optional(1));
            QCOMPARE(jarmila.task->taskId, u"4yzmmuh6jfiqvw4tmslylzox8"_s);
            const Container &python = back.value[2];
            QCOMPARE(python.command, u"python3"_s);
            QCOMPARE(python.health, Health::None);
            QVERIFY(python.ports.isEmpty());
            QCOMPARE(python.task->service, u"ft_firethorn-py"_s);
            QCOMPARE(back.value[4].source.first, 6);
        }
    }

    void tableAndJsonAgree()
    {
        const auto cut = parseDockerPsTable(fixture(u"docker-ps.txt"_s), u"ps"_s);
        const auto whole = parseDockerPsTable(fixture(u"docker-ps-no-trunc.txt"_s), u"ps"_s);
        const auto json = parseDockerPsJson(fixture(u"docker-ps.json"_s), u"ps"_s);
        QVERIFY(cut.problems.isEmpty() && whole.problems.isEmpty() && json.problems.isEmpty());
        QCOMPARE(json.value.size(), 9);
        QCOMPARE(cut.value.size(), 9);
        QCOMPARE(whole.value.size(), 9);
        for (qsizetype i = 0; i < json.value.size(); ++i) {
            Container expected = json.value[i];
            QCOMPARE(expected.source, (Source{u"ps"_s, static_cast<int>(i) + 1, static_cast<int>(i) + 1}));
            // What only JSON tells.
            expected.labels.clear();
            expected.created = {};
            if (expected.task) {
                expected.task->serviceId.clear();
                if (expected.task->slot)
                    expected.task->nodeId.clear();
            }
            expected.source = whole.value[i].source;
            QCOMPARE(whole.value[i], expected);
            QVERIFY(expected.id.startsWith(cut.value[i].id));
            QCOMPARE(cut.value[i].ports, expected.ports);
            QCOMPARE(cut.value[i].status, expected.status);
        }
        QCOMPARE(named(cut.value, u"healthy")->command, u"sh -c 'sleep 100000…"_s);
    }

    void readsStatesOfARealEngine()
    {
        const auto parsed = parseDockerPsTable(fixture(u"docker-ps.txt"_s), u"ps"_s);
        const auto state = [&parsed](QStringView name) { return named(parsed.value, name)->state; };
        QCOMPARE(state(u"held"), ContainerState::Paused);
        QCOMPARE(state(u"looping"), ContainerState::Restarting);
        QCOMPARE(state(u"made"), ContainerState::Created);
        QCOMPARE(state(u"once"), ContainerState::Exited);
        QCOMPARE(state(u"apache"), ContainerState::Running);
        QCOMPARE(named(parsed.value, u"healthy")->health, Health::Healthy);
        QCOMPARE(portsOf(*named(parsed.value, u"apache")),
                 u"0.0.0.0:80>80/tcp :::80>80/tcp 0.0.0.0:8000>8000/tcp 0.0.0.0:8001>8001/tcp "
                 u":::8000>8000/tcp :::8001>8001/tcp"_s);
    }

    void readsTasksFromLabels()
    {
        const auto parsed = parseDockerPsJson(fixture(u"docker-ps.json"_s), u"ps"_s);
        const Container &replica = parsed.value[0];
        QCOMPARE(replica.task->service, u"ft_gillian"_s);
        QCOMPARE(replica.task->serviceId, u"zq8koery3ateiugjeapq2ls9p"_s);
        QCOMPARE(replica.task->taskId, u"a0y3un9um7vsfq0hw3g82n6hs"_s);
        QCOMPARE(replica.task->nodeId, u"qym3z41fc2mzezep5mkx7srzf"_s);
        QCOMPARE(replica.task->slot, std::optional(1));
        QCOMPARE(replica.created, QDateTime(QDate(2026, 11, 23), QTime(21, 24, 1), Qt::UTC));
        const Container &global = parsed.value[1];
        QCOMPARE(global.task->service, u"ft_all"_s);
        QVERIFY(!global.task->slot);
        QCOMPARE(global.task->nodeId, u"qym3z41fc2mzezep5mkx7srzf"_s);
    }

    void tasksAreToldByNameOnlyWhereItFits()
    {
        const QString id = u"4yzmmuh6jfiqvw4tmslylzox8"_s;
        QVERIFY(taskFrom({}, QString(u"a.b.1."_s + id))->service == u"a.b"_s);
        QVERIFY(!taskFrom({}, u"web.1"));
        QVERIFY(!taskFrom({}, QString(u"web.x."_s + id)));
        QVERIFY(!taskFrom({}, QString(u"web.1."_s + id.toUpper())));
        QVERIFY(!taskFrom({}, QString(u".1."_s + id)));
        QVERIFY(!taskFrom({}, QStringView()));
    }

    void readsPorts()
    {
        int budget = 100;
        QCOMPARE(portsFromText(u"", budget)->size(), 0);
        const auto ports =
            portsFromText(u"0.0.0.0:8000-8001->8000-8001/tcp, :::80->80/tcp, 9000/udp, 1-2/sctp", budget);
        QCOMPARE(ports->size(), 6);
        QCOMPARE((*ports)[1], (PortMapping{u"0.0.0.0"_s, 8001, 8001, u"tcp"_s}));
        QCOMPARE((*ports)[2], (PortMapping{u"::"_s, 80, 80, u"tcp"_s}));
        QCOMPARE((*ports)[3], (PortMapping{{}, {}, 9000, u"udp"_s}));
        QCOMPARE(budget, 94);
        for (const char16_t *bad : {u"x", u"80->", u"1-2->1-3/tcp", u"70000/tcp", u"2-1/tcp", u"1-200/tcp"})
            QVERIFY2(!portsFromText(bad, budget), qPrintable(QString::fromUtf16(bad)));
    }

    void labelsKeepCommasInValues()
    {
        const auto labels = labelsFromText(u"a=1,2,,3,b=,c=x=y");
        QCOMPARE(labels, (QMap<QString, QString>{{u"a"_s, u"1,2,,3"_s}, {u"b"_s, {}}, {u"c"_s, u"x=y"_s}}));
        QVERIFY(labelsFromText(u"").isEmpty());
    }

    void columnsAreCountedInCharacters()
    {
        const QString head = u"CONTAINER ID  IMAGE  COMMAND  CREATED  STATUS  PORTS  NAMES\n"_s;
        const QString row = u"aaaaaaaaaaaa  img    \"é😀x…\"   now      Up 1 s         web,db/alias\n"_s;
        const auto parsed = parseDockerPsTable((head + row).toUtf8(), u"ps"_s);
        QVERIFY(parsed.problems.isEmpty());
        QCOMPARE(parsed.value[0].command, u"é😀x…"_s);
        QCOMPARE(parsed.value[0].createdText, u"now"_s);
        QCOMPARE(parsed.value[0].name, u"web"_s);
    }

    void saysWhatIsBad()
    {
        const auto none = parseDockerPsTable("Cannot connect to the Docker daemon\n", u"ps"_s);
        QCOMPARE(none.problems.size(), 2);
        QCOMPARE(none.problems[0].line, 1);
        const QByteArray table = fixture(u"notes-docker-ps-acilamwen.txt"_s);
        const auto shifted = parseDockerPsTable(table + table.split('\n')[1].sliced(2) + "\n", u"ps"_s);
        QCOMPARE(shifted.value.size(), 1);
        QCOMPARE(shifted.problems.size(), 1);
        QCOMPARE(shifted.problems[0].line, 3);
        const auto json = parseDockerPsJson("{\"ID\":\"a\",\"Names\":\"x\",\"Ports\":\"?\"}\n{\"ID\":\n[]\n"
                                            "{\"Names\":\"y\"}\n{\"ID\":\"b\",\"Names\":\"z\"}",
                                            u"ps"_s);
        QCOMPARE(json.value.size(), 2);
        QCOMPARE(json.value[1].source.first, 5);
        QCOMPARE(json.problems.size(), 4);
        QCOMPARE(json.problems[1].line, 3);
    }

    void stateComesFromStatusInOldVersions()
    {
        const auto parsed =
            parseDockerPsJson("{\"ID\":\"a\",\"Names\":\"x\",\"Status\":\"Up 5 days (unhealthy)\"}\n"
                              "{\"ID\":\"b\",\"Names\":\"y\",\"Status\":\"Up 5 days (health: starting)\"}\n"
                              "{\"ID\":\"c\",\"Names\":\"y\",\"Status\":\"Removal In Progress\"}\n"
                              "{\"ID\":\"d\",\"Names\":\"y\",\"Status\":\"Dead\"}\n",
                              u"ps"_s);
        QCOMPARE(parsed.value[0].state, ContainerState::Running);
        QCOMPARE(parsed.value[0].health, Health::Unhealthy);
        QCOMPARE(parsed.value[1].health, Health::Starting);
        QCOMPARE(parsed.value[2].state, ContainerState::Removing);
        QCOMPARE(parsed.value[3].state, ContainerState::Dead);
    }

    void brokenListingsNeverCrash()
    {
        mangle(fixture(u"docker-ps.json"_s), [](const QByteArray &text) {
            for (const Container &container : parseDockerPsJson(text, u"ps"_s).value)
                QVERIFY(container.source.first >= 1 && container.source.last <= text.count('\n') + 1);
        });
        mangle(fixture(u"docker-ps.txt"_s),
               [](const QByteArray &text) { parseDockerPsTable(text, u"ps"_s); });
        mangle(fixture(u"notes-docker-ps-eterathiel-indented.txt"_s), [](const QByteArray &text) {
            const auto parsed = parseDockerPsTable(text, u"ps"_s);
            for (const Container &container : parsed.value)
                QVERIFY(container.source.first >= 2 && container.source.last <= text.count('\n') + 1);
        });
    }

    void bigAndHostileListingsStayBounded()
    {
        const QByteArray line = "{\"ID\":\"a\",\"Names\":\"x\",\"Ports\":\"0.0.0.0:1-65535->1-65535/tcp\"}\n";
        const auto parsed = parseDockerPsJson(line.repeated(50'000), u"ps"_s);
        QCOMPARE(parsed.value.size(), 50'000);
        QCOMPARE(parsed.problems.size(), 101);
        const QByteArray table = fixture(u"notes-docker-ps-eterathiel.txt"_s);
        QCOMPARE(parseDockerPsTable(table.repeated(10'000), u"ps"_s).value.size(), 50'000);
    }
};

QTEST_APPLESS_MAIN(TestDockerPs)
#include "test_docker_ps.moc"
