#include "models/report/swarm_report.h"
#include "models/swarm/swarm_table.h"
#include "tests/support/swarm_sample.h"

#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace tropo;
using namespace tropo::build;
using namespace Qt::Literals::StringLiterals;

namespace {

/// "web/slot 2 over-count", in the table's order.
QStringList rows(const Fleet &fleet)
{
    const SwarmTable table(fleet);
    QStringList all;
    for (const Swarm &swarm : table.swarms())
        for (const SwarmService &service : swarm.services)
            for (const SwarmRow &row : service.rows)
                all.append(service.name + u'/' + row.place() + u' ' + verdictName(row.verdict));
    return all;
}

/// Those that are not as they should be.
QStringList odd(const Fleet &fleet)
{
    QStringList all = rows(fleet);
    all.removeIf([](const QString &row) { return row.endsWith(u" as-wanted"); });
    return all;
}

QString why(const Fleet &fleet, const QString &place)
{
    const SwarmTable table(fleet);
    for (const Swarm &swarm : table.swarms())
        for (const SwarmService &service : swarm.services)
            for (const SwarmRow &row : service.rows)
                if (service.name + u'/' + row.place() == place)
                    return row.why;
    return {};
}

Engine &engineOf(Fleet &fleet, int vm)
{
    return (*fleet.hypervisors[0].domains)[vm].guest->engine;
}

SourceError unread(const QString &source, const QDateTime &when)
{
    return {u"trop01"_s, source, u"no route to host"_s, when};
}

} // namespace

class TestSwarmTable : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void aHealthySwarm()
    {
        const Fleet fleet = healthySwarm().fleet();
        const SwarmTable table(fleet);
        QCOMPARE(table.swarms().size(), 1);
        const Swarm &swarm = table.swarms().front();
        QCOMPARE(swarm.engines.size(), 3);
        QCOMPARE(swarm.manager.engine()->domain->name, u"Thalorien"_s);
        QCOMPARE(swarm.unread, QStringList());
        QCOMPARE(swarm.services.size(), 2);
        QCOMPARE(swarm.services[0].surplus, std::optional(0));
        QCOMPARE(rows(fleet),
                 (QStringList{u"agent/node Araybwyn as-wanted"_s, u"agent/node Thalorien as-wanted"_s,
                              u"agent/node Wenebrith as-wanted"_s, u"web/slot 1 as-wanted"_s,
                              u"web/slot 2 as-wanted"_s}));
        for (const SwarmService &service : swarm.services)
            for (const SwarmRow &row : service.rows) {
                QVERIFY2(row.why.endsWith(u'.'), qPrintable(row.why));
                QCOMPARE(row.sources.size(), 2);
                QCOMPARE(row.copies.size(), 1);
                QCOMPARE(row.tasks.size(), 1);
            }
        QCOMPARE(why(fleet, u"web/slot 2"_s),
                 u"Slot 2 runs as %1 on Wenebrith, which its manager wants."_s.arg(
                     healthySwarm().containers[1].front().name));
    }

    void theOrderOfTheEnginesDoesNotMatter()
    {
        SwarmSample sample = healthySwarm();
        sample.run("web", 2, 2, "old");
        sample.run("gone", 1, 1);
        const QJsonArray first = swarmJson(SwarmTable(sample.fleet()));
        QVERIFY(!first.isEmpty());
        QList<int> order{0, 1, 2};
        while (std::next_permutation(order.begin(), order.end())) {
            const Fleet fleet = sample.fleet(order);
            QCOMPARE(swarmJson(SwarmTable(fleet)), first);
        }
    }

    // What should not run

    void aSlotTwice()
    {
        SwarmSample sample = healthySwarm();
        sample.want("web", 2, 2, "old", "Shutdown");
        sample.run("web", 2, 2, "old");
        QCOMPARE(odd(sample.fleet()), QStringList(u"web/slot 2 over-count"_s));
        QVERIFY(
            why(sample.fleet(), u"web/slot 2"_s).contains(u"on Araybwyn, which its manager wants shutdown;"));
    }

    void aSlotTwiceWhileItIsUpdated_data()
    {
        QTest::addColumn<QString>("state");
        QTest::addColumn<QString>("verdict");
        for (const char *state : {"updating", "rollback_started"})
            QTest::newRow(state) << str(state) << u"changing"_s;
        for (const char *state : {"completed", "paused", "rollback_completed", "rollback_paused", ""})
            QTest::addRow("'%s'", state) << str(state) << u"over-count"_s;
    }
    void aSlotTwiceWhileItIsUpdated()
    {
        QFETCH(QString, state);
        QFETCH(QString, verdict);
        SwarmSample sample = healthySwarm();
        sample.services[0].updateState = Sourced<QString>{state, {u"service-inspect.json"_s, 1, 9}};
        sample.want("web", 2, 2, "new", "Running", "Running 3 seconds ago");
        sample.run("web", 2, 2, "new");
        QCOMPARE(odd(sample.fleet()), QStringList(u"web/slot 2 "_s + verdict));
    }

    void anUpdateExplainsNoStrangers()
    {
        SwarmSample sample = healthySwarm();
        sample.services[0].updateState = Sourced<QString>{u"updating"_s, {}};
        sample.run("web", 2, 2, "fake");
        QCOMPARE(odd(sample.fleet()), QStringList(u"web/slot 2 over-count"_s));
    }

    void oneMoreThanAskedFor()
    {
        SwarmSample sample = healthySwarm();
        sample.want("web", 3, 2, "", "Shutdown");
        sample.run("web", 3, 2);
        const Fleet fleet = sample.fleet();
        QCOMPARE(odd(fleet), QStringList(u"web/slot 3 over-count"_s));
        QCOMPARE(SwarmTable(fleet).swarms()[0].services[1].surplus, std::optional(1));
    }

    void aManagersOwnCountCountsOnlyWithoutTasks()
    {
        SwarmSample sample = healthySwarm();
        sample.services[0].running = 3;
        Fleet fleet = sample.fleet();
        QCOMPARE(SwarmTable(fleet).swarms()[0].services[1].surplus, std::optional(0));
        engineOf(fleet, 0).tasks.reset();
        QCOMPARE(SwarmTable(fleet).swarms()[0].services[1].surplus, std::optional(1));
        // A task on a node that is down may be the third.
        (*engineOf(fleet, 0).nodes)[2].status = u"Down"_s;
        QCOMPARE(SwarmTable(fleet).swarms()[0].services[1].surplus, std::optional(0));
    }

    void aTaskThatShouldHaveStopped()
    {
        SwarmSample sample = healthySwarm();
        sample.tasks[1].desiredState = u"Shutdown"_s;
        QCOMPARE(odd(sample.fleet()), QStringList(u"web/slot 2 not-wanted"_s));
        sample.services[0].updateState = Sourced<QString>{u"updating"_s, {}};
        QCOMPARE(odd(sample.fleet()), QStringList(u"web/slot 2 changing"_s));
        sample.services[0].updateState.reset();
        SwarmTask &next = sample.want("web", 2, 2, "new", "Ready", "Preparing 3 seconds ago");
        QCOMPARE(odd(sample.fleet()), QStringList(u"web/slot 2 changing"_s));
        next.currentState = u"Preparing 2 hours ago"_s;
        QCOMPARE(odd(sample.fleet()), QStringList(u"web/slot 2 not-wanted"_s));
    }

    void whatNoManagerKnows()
    {
        SwarmSample sample = healthySwarm();
        sample.run("web", 5, 2);
        QCOMPARE(odd(sample.fleet()), QStringList(u"web/slot 5 unknown-task"_s));
        sample.run("gone", 1, 2);
        QCOMPARE(odd(sample.fleet()),
                 (QStringList{u"gone/slot 1 unknown-service"_s, u"web/slot 5 unknown-task"_s}));
        // Made anew, the service has another id.
        sample.services[0].id = swarmId(u"another"_s);
        QCOMPARE(rows(sample.fleet()).filter(u"web/slot 1"_s).size(), 2);
    }

    void whatIsNewerThanTheManagersListIsNotUnknown()
    {
        SwarmSample sample = healthySwarm();
        Container &fresh = sample.run("web", 3, 2);
        fresh.created = sample.time.addSecs(-20);
        QCOMPARE(odd(sample.fleet()), QStringList(u"web/slot 3 not-known"_s));
        fresh.created = sample.time.addSecs(-3600);
        QCOMPARE(odd(sample.fleet()), QStringList(u"web/slot 3 unknown-task"_s));
        fresh.created = {};
        fresh.createdText = u"2 hours ago"_s;
        QCOMPARE(odd(sample.fleet()), QStringList(u"web/slot 3 unknown-task"_s));
        Fleet later = sample.fleet();
        engineOf(later, 2).containersRead = sample.time.addSecs(3 * 3600);
        QCOMPARE(odd(later), QStringList(u"web/slot 3 not-known"_s));
    }

    void anotherNodeThanItsManagerHasItOn()
    {
        SwarmSample sample = healthySwarm();
        sample.tasks[1].node = u"Araybwyn"_s;
        QCOMPARE(odd(sample.fleet()), QStringList(u"web/slot 2 wrong-node"_s));
        QVERIFY(why(sample.fleet(), u"web/slot 2"_s).contains(u"which its manager has on Araybwyn"));
    }

    void aNodeThatItsManagerDoesNotHear()
    {
        SwarmSample sample = healthySwarm();
        sample.nodes[1].status = u"Down"_s;
        QCOMPARE(odd(sample.fleet()),
                 (QStringList{u"agent/node Wenebrith node-down"_s, u"web/slot 2 node-down"_s}));
        sample.nodes.removeAt(1);
        QCOMPARE(odd(sample.fleet()),
                 (QStringList{u"agent/node Wenebrith node-down"_s, u"web/slot 2 node-down"_s}));
        QVERIFY(why(sample.fleet(), u"web/slot 2"_s).contains(u"no longer has"));
    }

    // What should run

    void aTaskThatIsNotThere_data()
    {
        QTest::addColumn<QString>("current");
        QTest::addColumn<QString>("error");
        QTest::addColumn<QString>("verdict");
        QTest::newRow("being prepared") << u"Preparing 8 seconds ago"_s << QString() << u"changing"_s;
        QTest::newRow("age not said") << u"Starting"_s << QString() << u"changing"_s;
        QTest::newRow("for long") << u"Preparing 2 hours ago"_s << QString() << u"not-running"_s;
        QTest::newRow("nowhere to go")
            << u"Pending 8 seconds ago"_s << u"no suitable node"_s << u"not-running"_s;
        QTest::newRow("running, as its manager says")
            << u"Running 4 weeks ago"_s << QString() << u"not-running"_s;
        QTest::newRow("just started") << u"Running 3 seconds ago"_s << QString() << u"changing"_s;
    }
    void aTaskThatIsNotThere()
    {
        QFETCH(QString, current);
        QFETCH(QString, error);
        QFETCH(QString, verdict);
        SwarmSample sample = healthySwarm();
        sample.containers[1].removeFirst();
        sample.tasks[1].currentState = current;
        sample.tasks[1].error = error;
        QCOMPARE(odd(sample.fleet()), QStringList(u"web/slot 2 "_s + verdict));
        QVERIFY(why(sample.fleet(), u"web/slot 2"_s).contains(error));
    }

    void aTaskThatFailsAgainAndAgain()
    {
        SwarmSample sample = healthySwarm();
        sample.containers[1].removeFirst();
        sample.tasks[1].currentState = u"Ready 3 seconds ago"_s;
        sample.tasks[1].desiredState = u"Ready"_s;
        sample.want("web", 2, 1, "a", "Shutdown", "Failed 4 seconds ago", "task: non-zero exit (1)");
        QCOMPARE(odd(sample.fleet()), QStringList(u"web/slot 2 changing"_s));
        SwarmTask &other = sample.want("web", 2, 1, "b", "Shutdown", "Failed 11 seconds ago");
        QCOMPARE(odd(sample.fleet()), QStringList(u"web/slot 2 not-running"_s));
        QVERIFY(why(sample.fleet(), u"web/slot 2"_s).contains(u"failed 2 times: task: non-zero exit (1)."));
        other.currentState = u"Failed 3 weeks ago"_s; // another story
        QCOMPARE(odd(sample.fleet()), QStringList(u"web/slot 2 changing"_s));
    }

    void aTaskThatIsNotTriedAgain()
    {
        SwarmSample sample = healthySwarm();
        sample.containers[1].removeFirst();
        sample.tasks[1].desiredState = u"Shutdown"_s;
        sample.tasks[1].currentState = u"Failed 2 days ago"_s;
        QCOMPARE(odd(sample.fleet()), QStringList(u"web/slot 2 not-running"_s));
        sample.tasks[1].currentState = u"Complete 2 days ago"_s;
        QCOMPARE(rows(sample.fleet()).filter(u"web/"_s), QStringList(u"web/slot 1 as-wanted"_s));
    }

    // What is normal

    void oldTasksAreNoMore()
    {
        SwarmSample sample = healthySwarm();
        for (const char *mark : {"a", "b"}) {
            sample.want("web", 2, 1, mark, "Shutdown", "Shutdown 2 weeks ago");
            sample.run("web", 2, 1, mark).state = ContainerState::Exited;
        }
        sample.want("web", 7, 2, "", "Shutdown", "Shutdown 2 weeks ago"); // scaled away
        sample.run("gone", 1, 2).state = ContainerState::Exited;
        QCOMPARE(odd(sample.fleet()), QStringList());
        QCOMPARE(rows(sample.fleet()).size(), 5);
    }

    void oneThatIsPaused()
    {
        SwarmSample sample = healthySwarm();
        sample.containers[1].front().state = ContainerState::Paused;
        QCOMPARE(odd(sample.fleet()), QStringList());
        QVERIFY(why(sample.fleet(), u"web/slot 2"_s).startsWith(u"Slot 2 is paused:"));
        sample.run("web", 2, 2, "old").state = ContainerState::Paused;
        QCOMPARE(odd(sample.fleet()), QStringList());
    }

    void jobsEnd()
    {
        SwarmSample sample = healthySwarm();
        sample.serve("backup", 0, 1, "replicated job");
        sample.want("backup", 1, 2, "", "Complete", "Complete 3 hours ago");
        sample.run("backup", 1, 2).state = ContainerState::Exited;
        QCOMPARE(odd(sample.fleet()), QStringList());
    }

    // What is not known

    void withoutAManagerNothingIsAsWanted()
    {
        SwarmSample sample = healthySwarm();
        sample.answers = false;
        const QStringList all = rows(sample.fleet());
        QCOMPARE(all.size(), 5);
        for (const QString &row : all)
            QVERIFY2(row.endsWith(u" not-known"), qPrintable(row));
        QVERIFY(why(sample.fleet(), u"web/slot 1"_s)
                    .endsWith(u"No manager answered: whether it is wanted is not known."));
        sample.run("web", 2, 2, "old");
        QVERIFY(rows(sample.fleet()).contains(u"web/slot 2 over-count"_s));
    }

    void anEngineThatWasNotRead()
    {
        SwarmSample sample = healthySwarm();
        sample.read[1] = false;
        const Fleet fleet = sample.fleet();
        QCOMPARE(odd(fleet), (QStringList{u"agent/node Wenebrith not-known"_s, u"web/slot 2 not-known"_s}));
        QCOMPARE(SwarmTable(fleet).swarms()[0].unread, QStringList(u"Wenebrith"_s));
        QVERIFY(why(fleet, u"web/slot 2"_s).contains(u"whose containers were not read"));
        const Fleet without = sample.fleet({0, 2});
        QCOMPARE(odd(without), odd(fleet));
        QCOMPARE(SwarmTable(without).swarms()[0].unread, QStringList(u"Wenebrith"_s));
    }

    void whatAMachineSaidBeforeItDiedDoesNotRun_data()
    {
        QTest::addColumn<QString>("source");
        QTest::newRow("the guest") << u"guest Araybwyn"_s;
        QTest::newRow("its docker") << u"guests/Araybwyn/docker"_s;
        QTest::newRow("its containers") << u"guests/Araybwyn/docker/ps.json"_s;
        QTest::newRow("libvirt") << u"libvirt"_s;
    }
    void whatAMachineSaidBeforeItDiedDoesNotRun()
    {
        QFETCH(QString, source);
        SwarmSample sample = healthySwarm();
        sample.want("web", 2, 2, "old", "Shutdown");
        sample.run("web", 2, 2, "old");
        Fleet fleet = sample.fleet();
        QCOMPARE(odd(fleet), QStringList(u"web/slot 2 over-count"_s));
        fleet.hypervisors[0].errors = {unread(source, sample.time.addSecs(-60))};
        QCOMPARE(odd(fleet), QStringList(u"web/slot 2 over-count"_s));
        fleet.hypervisors[0].errors = {unread(source, sample.time.addSecs(60))};
        QVERIFY(!odd(fleet).contains(u"web/slot 2 over-count"_s));
    }

    void aVmThatIsOffRunsNothing()
    {
        SwarmSample sample = healthySwarm();
        sample.run("web", 2, 2, "old");
        Fleet fleet = sample.fleet();
        (*fleet.hypervisors[0].domains)[2].state = DomainState::ShutOff;
        QVERIFY(!odd(fleet).contains(u"web/slot 2 over-count"_s));
    }

    void aManagerThatDoesNotAnswerAnyMoreKnowsNothing()
    {
        SwarmSample sample = healthySwarm();
        Fleet fleet = sample.fleet();
        fleet.hypervisors[0].errors = {unread(u"guest Thalorien"_s, sample.time.addSecs(60))};
        for (const QString &row : rows(fleet))
            QVERIFY2(row.endsWith(u" not-known"), qPrintable(row));
    }

    // Which Swarm

    void workersAreOfTheManagersSwarm_data()
    {
        QTest::addColumn<QString>("by");
        for (const char *by : {"node", "manager", "service", "task"})
            QTest::newRow(by) << str(by);
    }
    void workersAreOfTheManagersSwarm()
    {
        QFETCH(QString, by);
        SwarmSample sample = healthySwarm();
        sample.run("web", 2, 2, "old"); // nothing in the list
        if (by == u"task")
            sample.want("web", 2, 2, "old", "Shutdown");
        for (QList<Container> &list : sample.containers)
            for (Container &container : list) {
                container.task->nodeId.clear();
                if (by != u"service")
                    container.task->serviceId.clear();
            }
        if (by != u"node" && by != u"service") // the agents' rows have no place without their nodes
            sample.services.removeLast();
        Fleet fleet = sample.fleet();
        for (int i = 1; i < 3; ++i) {
            if (by != u"manager")
                engineOf(fleet, i).remoteManagers.clear();
            if (by != u"node")
                engineOf(fleet, i).nodeId.clear();
        }
        const SwarmTable table(fleet);
        QCOMPARE(table.swarms().size(), 1);
        QVERIFY(odd(fleet).contains(u"web/slot 2 over-count"_s));
    }

    void twoSwarmsOfOneName()
    {
        SwarmSample one = healthySwarm();
        SwarmSample other = healthySwarm();
        other.names = {u"Irimbor"_s, u"Haloweth"_s, u"Ulov"_s};
        Fleet fleet = one.fleet();
        Hypervisor second = other.fleet().hypervisors[0];
        second.name = u"trop03"_s;
        for (Domain &domain : *second.domains) {
            Engine &engine = domain.guest->engine;
            const auto rename = [](QString &id) {
                id = id.isEmpty() ? id : QString(u'z' + id).first(id.size());
            };
            rename(engine.clusterId);
            rename(engine.nodeId);
            for (QString &id : engine.remoteManagers)
                rename(id);
            for (Container &container : *engine.containers) {
                rename(container.task->serviceId);
                rename(container.task->taskId);
                rename(container.task->nodeId);
            }
            if (engine.services)
                for (Service &service : *engine.services)
                    rename(service.id);
            if (engine.tasks)
                for (SwarmTask &task : *engine.tasks) {
                    rename(task.id);
                    if (!task.slot)
                        task.name = u"agent.z"_s + task.name.sliced(6, 24);
                }
            if (engine.nodes)
                for (SwarmNode &node : *engine.nodes) {
                    rename(node.id);
                    node.hostname =
                        other.names[SwarmSample::index(static_cast<int>(&node - engine.nodes->data()))];
                }
            for (SwarmTask &task : engine.tasks ? *engine.tasks : *(engine.tasks = QList<SwarmTask>()))
                for (std::size_t i = 0; i < 3; ++i)
                    if (task.node == one.names[i])
                        task.node = other.names[i];
        }
        fleet.hypervisors.append(second);
        QCOMPARE(SwarmTable(fleet).swarms().size(), 2);
        QCOMPARE(odd(fleet), QStringList());
    }

    void aNameAloneMakesNoTaskUnknown()
    {
        SwarmSample sample = healthySwarm();
        Fleet fleet = sample.fleet();
        // `docker ps` of a fourth VM, copied from a terminal.
        Domain bare =
            dockerHost("Ulov", "52:54:00:02:01:0c", {task("web", 3, "4yzmmuh6jfiqvw4tmslylzox8", "web:1")});
        fleet.hypervisors[0].domains->append(bare);
        QCOMPARE(odd(fleet), QStringList(u"web/slot 3 not-known"_s));
        QVERIFY(why(fleet, u"web/slot 3"_s).contains(u"may be another Swarm's"));
        // One whose machine the manager does not have is another Swarm's.
        bare.guest->system.hostname = Sourced<QString>{u"Ulov"_s, {}};
        fleet.hypervisors[0].domains->back() = bare;
        QCOMPARE(SwarmTable(fleet).swarms().size(), 2);
    }

    void anEngineInNoSwarm()
    {
        SwarmSample sample;
        sample.answers = false;
        sample.run("web", 1, 1);
        Fleet fleet = sample.fleet({1});
        QCOMPARE(odd(fleet), QStringList(u"web/slot 1 not-known"_s));
        engineOf(fleet, 0).swarmState->value = u"inactive"_s;
        QCOMPARE(odd(fleet), QStringList(u"web/slot 1 unknown-task"_s));
    }

    void ofSeveralManagersTheLeaderSpeaks()
    {
        SwarmSample sample = healthySwarm();
        sample.nodes[2].manager = u"Leader"_s;
        sample.nodes[0].manager = u"Reachable"_s;
        Fleet fleet = sample.fleet();
        Engine &second = engineOf(fleet, 2);
        second.clusterId = sample.cluster;
        second.services = sample.services;
        second.tasks = sample.tasks;
        second.nodes = sample.nodes;
        second.listsRead = sample.time;
        QCOMPARE(SwarmTable(fleet).swarms()[0].manager.engine()->domain->name, u"Araybwyn"_s);
        second.tasks.reset();
        QCOMPARE(SwarmTable(fleet).swarms()[0].manager.engine()->domain->name, u"Thalorien"_s);
    }

    void theTableAsJson()
    {
        SwarmSample sample = healthySwarm();
        sample.want("web", 2, 2, "old", "Shutdown", "Running 4 weeks ago");
        sample.run("web", 2, 2, "old");
        const QJsonArray table = swarmJson(SwarmTable(sample.fleet()));
        QCOMPARE(table.size(), 5);
        const QJsonObject row = table.last().toObject();
        QCOMPARE(row.value(u"service"_s).toString(), u"web"_s);
        QCOMPARE(row.value(u"slot"_s).toInt(), 2);
        QVERIFY(row.value(u"node"_s).isNull());
        QCOMPARE(row.value(u"verdict"_s).toString(), u"over-count"_s);
        QCOMPARE(row.value(u"desired"_s).toInt(), 2);
        QVERIFY(row.value(u"update"_s).isNull());
        QCOMPARE(row.value(u"manager"_s).toString(), u"trop01/vm/Thalorien"_s);
        QCOMPARE(row.value(u"tasks"_s).toArray().size(), 2);
        const QJsonObject copy = row.value(u"containers"_s).toArray().first().toObject();
        QCOMPARE(copy.value(u"verdict"_s).toString(), u"not-wanted"_s);
        QVERIFY(copy.value(u"subject"_s).toString().startsWith(u"trop01/vm/Araybwyn/container/web.2."));
        QVERIFY(row.value(u"evidence"_s).toArray().size() >= 4);
        QCOMPARE(table.first().toObject().value(u"node"_s).toString(), u"Araybwyn"_s);
        QVERIFY(table.first().toObject().value(u"slot"_s).isNull());
    }
};

QTEST_GUILESS_MAIN(TestSwarmTable)
#include "test_swarm_table.moc"
