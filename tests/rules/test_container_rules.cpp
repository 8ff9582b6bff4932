#include "tests/rules/judging.h"
#include "tests/support/swarm_sample.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace tropo;
using namespace tropo::build;
using namespace Qt::Literals::StringLiterals;

namespace {

const char *const mac13 = "52:54:00:02:02:0d";
const char *const mac08 = "52:54:00:02:02:08";

Fleet twoHosts(const QList<Container> &a, const QList<Container> &b, const char *clusterA = "",
               const char *clusterB = "")
{
    return fleet({hypervisor("trop02", {dockerHost("Eterathiel", mac13, a, clusterA),
                                        dockerHost("Araybwyn", mac08, b, clusterB)})});
}

/// Ids of the containers' findings, notes included.
QStringList ids(const Fleet &fleet, const EndOfLifeTable &table = {})
{
    QStringList found = allIds(judged(fleet, policy({u"trop01"_s, u"trop02"_s}), table));
    found.removeIf([](const QString &id) { return !id.startsWith(u"container-"); });
    found.sort();
    return found;
}

QString subjectOf(int vm, const Container &container)
{
    return u"trop01/vm/%1/container/%2"_s.arg(SwarmSample().names[SwarmSample::index(vm)], container.name);
}

Container plain(const char *name, const char *image = "nginx:1.25", const char *command = "nginx")
{
    Container made = container(name, name, image);
    made.command = str(command);
    return made;
}

Container composed(const char *name, const char *project, const char *service, int number)
{
    Container made = plain(name);
    made.labels = {{u"com.docker.compose.project"_s, str(project)},
                   {u"com.docker.compose.service"_s, str(service)},
                   {u"com.docker.compose.container-number"_s, QString::number(number)}};
    return made;
}

Fleet oneHost(const QList<Container> &containers)
{
    Fleet made = fleet({hypervisor("trop02", {dockerHost("Eterathiel", mac13, containers)})});
    (*made.hypervisors[0].domains)[0].guest->engine.containersRead = made.taken;
    return made;
}

PortMapping published(const char *address, int port, const char *protocol = "tcp")
{
    return {str(address), port, 80, str(protocol)};
}

QString onHost(const char *name)
{
    return u"trop02/vm/Eterathiel/container/"_s + str(name);
}

} // namespace

class TestContainerRules : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    // container-task-duplicate

    void oneSlotOnTwoVms()
    {
        const QStringList id{u"container-task-duplicate:trop02/vm/Araybwyn/service/web"_s};
        const Container first = task("web", 2, "4yzmmuh6jfiqvw4tmslylzox8", "web:1");
        const Container second = task("web", 2, "14o28ydavjbctxh8sirh1yp1i", "web:1");
        const Container other = task("web", 1, "rxfuqi2evdpkeeixz6khdhvin", "web:1");
        auto findings = judged(twoHosts({first, other}, {second}));
        QCOMPARE(wrongs(findings), id);
        QVERIFY2(findings.front().message.contains(u"slot 2 runs 2 times"_s),
                 qPrintable(findings.front().message));
        QVERIFY(!findings.front().message.contains(u"slot 1"_s));
        QCOMPARE(wrongs(twoHosts({second}, {other, first})), id);
        QCOMPARE(wrongs(twoHosts({first}, {other})), QStringList());
        QCOMPARE(wrongs(twoHosts({first, second}, {})),
                 QStringList(u"container-task-duplicate:trop02/vm/Eterathiel/service/web"_s));
    }

    void theManagersListTellsWhichCopyIsWanted()
    {
        const Container stale = task("web", 2, "4yzmmuh6jfiqvw4tmslylzox8", "web:1");
        const Container wanted = task("web", 2, "14o28ydavjbctxh8sirh1yp1i", "web:1");
        Fleet all = twoHosts({stale}, {wanted}, "", "c1");
        const Source list{u"tasks.json"_s, 1, 4};
        // Tables cut ids to twelve digits.
        (*all.hypervisors[0].domains)[1].guest->engine.tasks = QList<SwarmTask>{
            {u"4yzmmuh6jfiq"_s, u"web.2"_s, u"web"_s, 2, {}, {}, u"Shutdown"_s, {}, {}, list},
            {u"14o28ydavjbctxh8sirh1yp1i"_s, u"web.2"_s, u"web"_s, 2, {}, {}, u"Running"_s, {}, {}, list}};
        const Finding finding = findingOf(judged(all), "container-task-duplicate");
        QVERIFY2(finding.message.contains(
                     u"web.2.4yzmmuh6jfiqvw4tmslylzox8 on Eterathiel, which its manager wants shutdown"_s),
                 qPrintable(finding.message));
        QVERIFY2(finding.message.contains(
                     u"web.2.14o28ydavjbctxh8sirh1yp1i on Araybwyn, which its manager wants;"_s) ||
                     finding.message.contains(
                         u"web.2.14o28ydavjbctxh8sirh1yp1i on Araybwyn, which its manager wants)"_s),
                 qPrintable(finding.message));
        QVERIFY(finding.evidence.contains(Quote{list, {}}));
    }

    void twoSwarmsMayUseOneName()
    {
        const Container a = task("web", 1, "4yzmmuh6jfiqvw4tmslylzox8", "web:1", "s1");
        const Container b = task("web", 1, "14o28ydavjbctxh8sirh1yp1i", "web:1", "s2");
        QCOMPARE(wrongs(twoHosts({a}, {b})), QStringList());
        const Container plainA = task("web", 1, "4yzmmuh6jfiqvw4tmslylzox8", "web:1");
        const Container plainB = task("web", 1, "14o28ydavjbctxh8sirh1yp1i", "web:1");
        QCOMPARE(wrongs(twoHosts({plainA}, {plainB}, "c1", "c2")), QStringList());
        QCOMPARE(wrongs(twoHosts({plainA}, {plainB}, "c1", "c1")).size(), 1);
    }

    void oneThatTellsTooLittleJoinsNoTwo()
    {
        // A third engine that says neither service nor cluster must not make one service of two, whatever the
        // order in which they were read.
        const Container bare = task("web", 1, "zx12opk1k05luhlbkza0pa37l", "web:1");
        const Container a = task("web", 1, "4yzmmuh6jfiqvw4tmslylzox8", "web:1", "s1");
        const Container b = task("web", 1, "14o28ydavjbctxh8sirh1yp1i", "web:1", "s2");
        QList<Domain> vms{dockerHost("Eterathiel", mac13, {bare}), dockerHost("Araybwyn", mac08, {a}),
                          dockerHost("Ulov", "52:54:00:02:02:0a", {b})};
        for (int turn = 0; turn < 3; ++turn) {
            vms.append(vms.takeFirst());
            QCOMPARE(wrongs(fleet({hypervisor("trop02", vms)})), QStringList());
        }
    }

    void globalServicesRunOnEachNode()
    {
        const Container a = nodeTask("agent", "n1n1n1n1n1n1n1n1n1n1n1n1n", "4yzmmuh6jfiqvw4tmslylzox8");
        const Container b = nodeTask("agent", "n2n2n2n2n2n2n2n2n2n2n2n2n", "14o28ydavjbctxh8sirh1yp1i");
        QCOMPARE(wrongs(twoHosts({a}, {b})), QStringList());
        const Container c = nodeTask("agent", "n1n1n1n1n1n1n1n1n1n1n1n1n", "14o28ydavjbctxh8sirh1yp1i");
        QCOMPARE(wrongs(twoHosts({a, c}, {})).size(), 1);
    }

    void oldTasksOfASlotAreNoCopies()
    {
        const Container now = task("web", 1, "4yzmmuh6jfiqvw4tmslylzox8", "web:1");
        for (const ContainerState state :
             {ContainerState::Exited, ContainerState::Dead, ContainerState::Created, ContainerState::Removing,
              ContainerState::Unknown}) {
            Container old = task("web", 1, "14o28ydavjbctxh8sirh1yp1i", "web:1");
            old.state = state;
            QVERIFY(
                findingOf(judged(twoHosts({now, old}, {old})), "container-task-duplicate").rule.isEmpty());
        }
    }

    void twoServicesOnOneImageAreNoCopies()
    {
        const Container a = task("ft_carolina", 1, "zx12opk1k05luhlbkza0pa37l", "firethorn/postgres:2.1.36");
        const Container b = task("ft_bethany", 1, "sibtonwiibkdc7v08fpazjrt7", "firethorn/postgres:2.1.36");
        const auto findings = judged(twoHosts({a, b}, {}));
        QCOMPARE(wrongs(findings), QStringList());
        const Finding shared = findingOf(findings, "container-image-shared");
        QCOMPARE(shared.subject, u"trop02/vm/Eterathiel/service/ft_bethany"_s);
        QCOMPARE(shared.severity, Severity::Info);
        for (const QString &word : {u"ft_carolina"_s, u"ft_bethany"_s, u"firethorn/postgres:2.1.36"_s})
            QVERIFY2(shared.message.contains(word), qPrintable(shared.message));
        QVERIFY(findingOf(judged(twoHosts({a}, {b})), "container-image-shared").rule.isEmpty());
        const Container again =
            task("ft_carolina", 2, "4yzmmuh6jfiqvw4tmslylzox8", "firethorn/postgres:2.1.36");
        QVERIFY(findingOf(judged(twoHosts({a, again}, {})), "container-image-shared").rule.isEmpty());
    }

    void namesAreNotTakenForPlaceholders()
    {
        const Container a = task("%1%4", 1, "zx12opk1k05luhlbkza0pa37l", "%2:%3");
        const Container b = task("%2", 1, "sibtonwiibkdc7v08fpazjrt7", "%2:%3");
        const Container c = task("%2", 1, "14o28ydavjbctxh8sirh1yp1i", "%2:%3");
        const auto findings = judged(twoHosts({a, b, c}, {}));
        QVERIFY(findingOf(findings, "container-image-shared")
                    .message.startsWith(
                        u"%1%4 and %2 on Eterathiel run the same image %2:%3. They are 2 different"_s));
        QVERIFY(findingOf(findings, "container-task-duplicate")
                    .message.contains(u"slot 1 runs 2 times (%2.1.sibtonwiibkdc7v08fpazjrt7 on"_s));
    }

    void oneReadingIsNotConfirmed()
    {
        SwarmSample sample = healthySwarm();
        sample.run("web", 2, 2, "old");
        const Finding finding = findingOf(judged(sample.fleet()), "container-task-duplicate");
        QCOMPARE(finding.subject, u"trop01/vm/Araybwyn/service/web"_s);
        QCOMPARE(finding.sighting, Sighting::Once);
        QVERIFY(!finding.message.contains(u"reading"));
        QCOMPARE(finding.related.size(), 2);
    }

    // One cause, one finding: each fault of a Swarm by itself

    void aHealthySwarmIsSilent()
    {
        QCOMPARE(ids(healthySwarm().fleet()), QStringList());
        SwarmSample sample = healthySwarm();
        sample.answers = false;
        QCOMPARE(ids(sample.fleet()), QStringList());
    }

    void aDuplicateIsNothingElse()
    {
        const QStringList id{u"container-task-duplicate:trop01/vm/Araybwyn/service/web"_s};
        for (const char *desired : {"Shutdown", "Running"}) {
            SwarmSample sample = healthySwarm();
            sample.services[0].running = 3;
            sample.want("web", 2, 2, "old", desired);
            sample.run("web", 2, 2, "old");
            QCOMPARE(ids(sample.fleet()), id);
            QCOMPARE(ids(sample.fleet({2, 1, 0})), id);
            sample.nodes[2].status = u"Down"_s; // as when its link to the manager is cut
            QCOMPARE(ids(sample.fleet()), id);
        }
        SwarmSample sample = healthySwarm();
        sample.run("web", 2, 2, "fake"); // docker run with Swarm's labels
        QCOMPARE(ids(sample.fleet()), id);
        sample.answers = false;
        QCOMPARE(ids(sample.fleet()), id);
    }

    void anUpdateIsNoDuplicate()
    {
        SwarmSample sample = healthySwarm();
        sample.services[0].running = 3;
        sample.services[0].updateState = Sourced<QString>{u"updating"_s, {}};
        sample.want("web", 2, 2, "new", "Running", "Starting 2 seconds ago");
        sample.run("web", 2, 2, "new");
        QCOMPARE(ids(sample.fleet()), QStringList());
        sample.services[0].updateState->value = u"completed"_s;
        QCOMPARE(ids(sample.fleet()).size(), 1);
    }

    void moreThanTheServiceAsksFor()
    {
        const QStringList id{u"container-over-replicas:trop01/vm/Araybwyn/service/web"_s};
        SwarmSample sample = healthySwarm();
        sample.services[0].running = 3;
        sample.runWanted("web", 3, 2);
        QCOMPARE(ids(sample.fleet()), id);
        const Finding finding = findingOf(judged(sample.fleet()), "container-over-replicas");
        QVERIFY2(
            finding.message.startsWith(u"Swarm service web asks for 2 replicas and 1 more runs: slot 1 as "),
            qPrintable(finding.message));
        QCOMPARE(finding.sighting, Sighting::Once);
        QCOMPARE(finding.related.size(), 3);
        sample.tasks.back().desiredState = u"Shutdown"_s;
        QCOMPARE(ids(sample.fleet()), id);
        QCOMPARE(ids(sample.fleet({2, 0, 1})), id);
        // Scaled to three, it is as it should be.
        sample.tasks.back().desiredState = u"Running"_s;
        sample.services[0].desired = 3;
        QCOMPARE(ids(sample.fleet()), QStringList());
    }

    void theManagersCountWithoutItsTasks()
    {
        SwarmSample sample = healthySwarm();
        sample.services[0].running = 3;
        Fleet fleet = sample.fleet();
        (*fleet.hypervisors[0].domains)[0].guest->engine.tasks.reset();
        const Finding finding = findingOf(judged(fleet), "container-over-replicas");
        QVERIFY2(finding.message.contains(u"1 more runs, as its manager Thalorien counts"),
                 qPrintable(finding.message));
        sample.services[0].running = 1;
        fleet = sample.fleet();
        (*fleet.hypervisors[0].domains)[0].guest->engine.tasks.reset();
        QCOMPARE(ids(fleet), QStringList(u"container-not-running:trop01/vm/Thalorien/service/web"_s));
    }

    void whatItsSwarmDoesNotKnow()
    {
        SwarmSample sample = healthySwarm();
        const Container stray = sample.run("web", 5, 2);
        QCOMPARE(ids(sample.fleet()), QStringList(u"container-orphan:"_s + subjectOf(2, stray)));
        Finding finding = findingOf(judged(sample.fleet()), "container-orphan");
        QVERIFY2(finding.message.contains(u"which its manager does not know."), qPrintable(finding.message));
        QCOMPARE(finding.sighting, Sighting::Once);
        QVERIFY(finding.evidence.contains(Quote{{u"trop01/guests/Thalorien/docker/tasks.json"_s, 0, 0}, {}}));
        sample.containers[2].removeLast();
        const Container removed = sample.run("gone", 1, 2);
        QCOMPARE(ids(sample.fleet()), QStringList(u"container-orphan:"_s + subjectOf(2, removed)));
        finding = findingOf(judged(sample.fleet()), "container-orphan");
        QVERIFY2(finding.message.contains(u"service gone, which its manager Thalorien does not know."),
                 qPrintable(finding.message));
        sample.answers = false;
        QCOMPARE(ids(sample.fleet()), QStringList());
    }

    void aServiceMadeAnewIsAnotherOne()
    {
        SwarmSample sample = healthySwarm();
        Container &old = sample.run("web", 1, 2, "old");
        old.task->serviceId = swarmId(u"another"_s);
        QCOMPARE(ids(sample.fleet()), QStringList(u"container-orphan:"_s + subjectOf(2, old)));
        QVERIFY(findingOf(judged(sample.fleet()), "container-orphan")
                    .message.contains(u"The service of that name that it knows is another one."));
    }

    void anotherNodeIsAnOrphanToo()
    {
        SwarmSample sample = healthySwarm();
        sample.tasks[1].node = u"Araybwyn"_s;
        QCOMPARE(ids(sample.fleet()),
                 QStringList(u"container-orphan:"_s + subjectOf(1, sample.containers[1].front())));
    }

    void whatShouldHaveStopped()
    {
        SwarmSample sample = healthySwarm();
        sample.serve("old", 1, 1);
        sample.want("old", 1, 2, "", "Shutdown");
        const Container left = sample.run("old", 1, 2);
        QCOMPARE(ids(sample.fleet()), QStringList(u"container-not-wanted:"_s + subjectOf(2, left)));
        sample.want("old", 1, 1, "new", "Running", "Preparing 5 seconds ago");
        QCOMPARE(ids(sample.fleet()), QStringList());
    }

    void whatShouldRun()
    {
        SwarmSample sample = healthySwarm();
        sample.containers[1].removeFirst();
        sample.tasks[1].currentState = u"Pending 3 hours ago"_s;
        sample.tasks[1].error = u"no suitable node (insufficient resources)"_s;
        QCOMPARE(ids(sample.fleet()),
                 QStringList(u"container-not-running:trop01/vm/Thalorien/service/web"_s));
        const Finding finding = findingOf(judged(sample.fleet()), "container-not-running");
        QVERIFY2(
            finding.message.contains(u"Slot 2 is wanted, but its task is Pending 3 hours ago (no suitable "
                                     "node (insufficient resources))."),
            qPrintable(finding.message));
        QCOMPARE(finding.sighting, Sighting::Once);
        sample.tasks[1].error.clear();
        sample.tasks[1].currentState = u"Preparing 5 seconds ago"_s; // scaled up just now
        QCOMPARE(ids(sample.fleet()), QStringList());
        sample.tasks[1].currentState = u"Running 4 weeks ago"_s;
        sample.read[1] = false; // it may well run there
        QCOMPARE(ids(sample.fleet()), QStringList());
    }

    void anEngineThatItsManagerDoesNotHear()
    {
        SwarmSample sample = healthySwarm();
        sample.nodes[1].status = u"Down"_s;
        const QStringList id{u"container-node-down:trop01/vm/Wenebrith"_s};
        QCOMPARE(ids(sample.fleet()), id);
        QVERIFY(findingOf(judged(sample.fleet()), "container-node-down").message.contains(u"2377"));
        sample.nodes.removeAt(1);
        QCOMPARE(ids(sample.fleet()), id);
        sample.containers[1].clear(); // drained before it was taken away
        sample.tasks.removeIf([](const SwarmTask &task) { return task.node == u"Wenebrith"; });
        QCOMPARE(ids(sample.fleet()), QStringList());
    }

    void aMachineThatDiedDuplicatesNothing()
    {
        SwarmSample sample = healthySwarm();
        sample.services[0].running = 3; // newer managers count what ran on a node that is down
        sample.nodes[1].status = u"Down"_s;
        for (SwarmTask &task : sample.tasks)
            if (task.node == u"Wenebrith")
                task.desiredState = u"Shutdown"_s;
        sample.runWanted("web", 2, 2, "new");
        Fleet fleet = sample.fleet();
        fleet.hypervisors[0].errors = {
            {u"trop01"_s, u"guest Wenebrith"_s, u"no route"_s, fleet.taken.addSecs(9)}};
        QCOMPARE(ids(fleet), QStringList());
        fleet.hypervisors[0].errors.clear();
        (*fleet.hypervisors[0].domains)[1].state = DomainState::ShutOff;
        QCOMPARE(ids(fleet), QStringList());
    }

    // container-duplicate

    void theSameTwiceOnOneVm()
    {
        const QStringList id{u"container-duplicate:"_s + onHost("a")};
        QCOMPARE(ids(oneHost({plain("b"), plain("a")})), id);
        QCOMPARE(ids(oneHost({plain("a"), plain("b")})), id);
        const Finding finding = findingOf(judged(oneHost({plain("b"), plain("a")})), "container-duplicate");
        QCOMPARE(finding.related, QStringList(onHost("b")));
        QVERIFY2(finding.message.startsWith(u"a, b run the same command of the same image nginx:1.25 on "
                                            "Eterathiel: nginx."),
                 qPrintable(finding.message));
        QCOMPARE(ids(twoHosts({plain("a")}, {plain("b")})), QStringList());
    }

    void whatMakesTwoOfThem_data()
    {
        QTest::addColumn<QList<Container>>("containers");
        const auto changed = [](auto change) {
            Container other = plain("b");
            change(other);
            return QList<Container>{plain("a"), other};
        };
        QTest::newRow("another command") << QList<Container>{plain("a"), plain("b", "nginx:1.25", "sh")};
        QTest::newRow("another image") << QList<Container>{plain("a"), plain("b", "nginx:1.24")};
        QTest::newRow("a command cut short")
            << QList<Container>{plain("a", "nginx:1.25", "docker-entrypoint.s…"),
                                plain("b", "nginx:1.25", "docker-entrypoint.s…")};
        QTest::newRow("no command") << QList<Container>{plain("a", "nginx:1.25", ""),
                                                        plain("b", "nginx:1.25", "")};
        QTest::newRow("stopped") << changed([](Container &c) { c.state = ContainerState::Exited; });
        QTest::newRow("paused") << changed([](Container &c) { c.state = ContainerState::Paused; });
        QTest::newRow("another port")
            << changed([](Container &c) { c.ports = {published("0.0.0.0", 8081)}; });
        QTest::newRow("another volume") << changed([](Container &c) { c.mounts = {u"data2:/data"_s}; });
        QTest::newRow("a pod") << changed([](Container &c) {
            c.labels = {{u"io.kubernetes.pod.uid"_s, u"1"_s}};
        });
        QTest::newRow("compose --scale")
            << QList<Container>{composed("w-web-1", "w", "web", 1), composed("w-web-2", "w", "web", 2)};
        QTest::newRow("two projects")
            << QList<Container>{composed("v-web-1", "v", "web", 1), composed("w-web-1", "w", "web", 1)};
        Container once = composed("w-web-run", "w", "web", 1);
        once.labels.insert(u"com.docker.compose.oneoff"_s, u"True"_s);
        QTest::newRow("compose run") << QList<Container>{composed("w-web-1", "w", "web", 1), once};
    }
    void whatMakesTwoOfThem()
    {
        QFETCH(QList<Container>, containers);
        QCOMPARE(ids(oneHost(containers)), QStringList());
    }

    void portsThatTheEngineChoseExplainNothing()
    {
        Container a = plain("a");
        Container b = plain("b");
        a.ports = {published("0.0.0.0", 32768)};
        b.ports = {published("0.0.0.0", 32769)};
        QCOMPARE(ids(oneHost({a, b})), QStringList(u"container-duplicate:"_s + onHost("a")));
    }

    void composeExplainsItsOwnOnly()
    {
        QCOMPARE(ids(oneHost({composed("w-web-1", "w", "web", 1), plain("web")})),
                 QStringList(u"container-duplicate:"_s + onHost("w-web-1")));
        QCOMPARE(ids(oneHost({composed("one", "w", "web", 1), composed("two", "w", "web", 1)})),
                 QStringList(u"container-duplicate:"_s + onHost("one")));
    }

    // container-unhealthy

    void howContainersAre_data()
    {
        QTest::addColumn<ContainerState>("state");
        QTest::addColumn<Health>("health");
        QTest::addColumn<QString>("status");
        QTest::addColumn<bool>("found");
        using State = ContainerState;
        QTest::newRow("healthy") << State::Running << Health::Healthy << u"Up 5 days (healthy)"_s << false;
        QTest::newRow("no check") << State::Running << Health::None << u"Up 5 days"_s << false;
        QTest::newRow("unhealthy") << State::Running << Health::Unhealthy << u"Up 5 days (unhealthy)"_s
                                   << true;
        QTest::newRow("ended unhealthy")
            << State::Exited << Health::Unhealthy << u"Exited (1) 2 days ago"_s << false;
        QTest::newRow("restarting") << State::Restarting << Health::Unknown
                                    << u"Restarting (1) 5 seconds ago"_s << true;
        QTest::newRow("dead") << State::Dead << Health::Unknown << u"Dead"_s << true;
        QTest::newRow("paused") << State::Paused << Health::Unknown << u"Up 5 days (Paused)"_s << false;
        QTest::newRow("starting") << State::Running << Health::Starting
                                  << u"Up 3 minutes (health: starting)"_s << false;
        QTest::newRow("starting for long")
            << State::Running << Health::Starting << u"Up 45 minutes (health: starting)"_s << true;
        QTest::newRow("starting, for how long is not said")
            << State::Running << Health::Starting << QString() << false;
        QTest::newRow("not known") << State::Unknown << Health::Unknown << QString() << false;
    }
    void howContainersAre()
    {
        QFETCH(ContainerState, state);
        QFETCH(Health, health);
        QFETCH(QString, status);
        QFETCH(bool, found);
        Container one = plain("web");
        one.state = state;
        one.health = health;
        one.status = status;
        const Fleet fleet = oneHost({one});
        QCOMPARE(ids(fleet), found ? QStringList(u"container-unhealthy:"_s + onHost("web")) : QStringList());
        QVERIFY(findingOf(judged(fleet), "container-unhealthy").message.contains(found ? status : QString()));
    }

    // container-restarted-apart

    void theSeedsStack()
    {
        QList<Container> tasks;
        const char *const services[] = {"ft_jarmila", "ft_gillian", "ft_firethorn-py", "ft_carolina",
                                        "ft_bethany"};
        for (int i = 0; i < 5; ++i) {
            Container one =
                task(services[i], 1, qPrintable(swarmId(str(services[i]).remove(u'_').remove(u'-'))),
                     qPrintable(u"image%1:1"_s.arg(i)));
            one.status = i < 2 ? u"Up 5 days (healthy)"_s : u"Up 4 weeks"_s;
            tasks.append(one);
        }
        const QStringList id{u"container-restarted-apart:trop02/vm/Eterathiel/service/ft_bethany"_s};
        QCOMPARE(ids(oneHost(tasks)), id);
        const Finding finding = findingOf(judged(oneHost(tasks)), "container-restarted-apart");
        QCOMPARE(finding.severity, Severity::Info);
        QVERIFY2(
            finding.message.startsWith(
                u"Of the stack ft, ft_gillian, ft_jarmila have been up for 5 days; ft_bethany, ft_carolina, "
                "ft_firethorn-py have been up for 4 weeks."),
            qPrintable(finding.message));
        QCOMPARE(finding.related.size(), 4);
        std::reverse(tasks.begin(), tasks.end());
        QCOMPARE(ids(oneHost(tasks)), id);
        tasks[0].labels = {{u"maintainer"_s, u"me"_s}}; // labels were read, and name no stack
        tasks[1].labels = tasks[0].labels;
        for (Container &one : tasks)
            one.labels = tasks[0].labels;
        QCOMPARE(ids(oneHost(tasks)), QStringList());
        for (Container &one : tasks)
            one.labels.insert(u"com.docker.stack.namespace"_s, u"firethorn"_s);
        QCOMPARE(ids(oneHost(tasks)), id);
    }

    void whatStartedTogether_data()
    {
        QTest::addColumn<QStringList>("statuses");
        QTest::addColumn<bool>("found");
        QTest::newRow("the same") << QStringList{u"Up 4 weeks"_s, u"Up 4 weeks"_s} << false;
        QTest::newRow("a day") << QStringList{u"Up 5 days"_s, u"Up 6 days"_s} << false;
        QTest::newRow("two days") << QStringList{u"Up 5 days"_s, u"Up 8 days"_s} << true;
        QTest::newRow("hours") << QStringList{u"Up 2 hours"_s, u"Up 9 hours"_s} << false;
        QTest::newRow("12 days and 2 weeks may be one moment")
            << QStringList{u"Up 13 days"_s, u"Up 2 weeks"_s} << false;
        QTest::newRow("not said") << QStringList{u"Up 5 days"_s, QString()} << false;
    }
    void whatStartedTogether()
    {
        QFETCH(QStringList, statuses);
        QFETCH(bool, found);
        QList<Container> tasks;
        for (qsizetype i = 0; i < statuses.size(); ++i) {
            const QString name = u"ft_s%1"_s.arg(i);
            Container one = task(qPrintable(name), 1, qPrintable(swarmId(u"t%1"_s.arg(i))),
                                 qPrintable(u"image%1:1"_s.arg(i)));
            one.status = statuses[i];
            tasks.append(one);
        }
        QCOMPARE(ids(oneHost(tasks)).size(), found ? 1 : 0);
    }

    void aReplicaThatWasAddedWasNotRestarted()
    {
        SwarmSample sample = healthySwarm();
        sample.services[0].desired = sample.services[0].running = 3;
        sample.runWanted("web", 3, 2);
        sample.containers[2].back().started = sample.time.addDays(-1);
        for (QList<Container> &list : sample.containers)
            for (Container &one : list)
                one.labels.insert(u"com.docker.stack.namespace"_s, u"mon"_s);
        QCOMPARE(ids(sample.fleet()), QStringList());
        for (QList<Container> &list : sample.containers)
            for (Container &one : list)
                if (one.task->service == u"web")
                    one.started = sample.time.addDays(-1);
        QCOMPARE(ids(sample.fleet()),
                 QStringList(u"container-restarted-apart:trop01/vm/Araybwyn/service/agent"_s));
    }

    // container-port-clash

    void ports_data()
    {
        QTest::addColumn<PortMapping>("a");
        QTest::addColumn<PortMapping>("b");
        QTest::addColumn<bool>("clash");
        QTest::newRow("the same") << published("192.168.202.13", 80) << published("192.168.202.13", 80)
                                  << true;
        QTest::newRow("every address and one")
            << published("0.0.0.0", 80) << published("192.168.202.13", 80) << true;
        QTest::newRow("every address twice") << published("0.0.0.0", 80) << published("0.0.0.0", 80) << true;
        QTest::newRow("two addresses")
            << published("192.168.202.13", 80) << published("127.0.0.1", 80) << false;
        QTest::newRow("two ports") << published("0.0.0.0", 80) << published("0.0.0.0", 81) << false;
        QTest::newRow("tcp and udp") << published("0.0.0.0", 53) << published("0.0.0.0", 53, "udp") << false;
        QTest::newRow("IPv4 and IPv6") << published("0.0.0.0", 80) << published("::", 80) << false;
        QTest::newRow("IPv6") << published("::", 80) << published("fe80::1", 80) << true;
        QTest::newRow("address not said") << published("", 80) << published("::1", 80) << true;
        QTest::newRow("only exposed")
            << PortMapping{{}, {}, 80, u"tcp"_s} << PortMapping{{}, {}, 80, u"tcp"_s} << false;
    }
    void ports()
    {
        QFETCH(PortMapping, a);
        QFETCH(PortMapping, b);
        QFETCH(bool, clash);
        Container one = plain("one");
        Container two = plain("two", "httpd:2");
        one.ports = {a};
        two.ports = {b};
        const QStringList id =
            clash ? QStringList(u"container-port-clash:"_s + onHost("one")) : QStringList();
        QCOMPARE(ids(oneHost({one, two})), id);
        QCOMPARE(ids(oneHost({two, one})), id);
        QCOMPARE(ids(twoHosts({one}, {two})), QStringList());
        two.state = ContainerState::Exited;
        QCOMPARE(ids(oneHost({one, two})), QStringList());
    }

    void onePortForBothKindsOfAddressesIsOneContainers()
    {
        Container web = plain("web");
        web.ports = {published("0.0.0.0", 80), published("::", 80)};
        QCOMPARE(ids(oneHost({web})), QStringList());
    }

    void oneThatFoundItsPortTaken()
    {
        Container one = plain("one");
        one.ports = {published("0.0.0.0", 80)};
        Container two = plain("two", "httpd:2");
        two.state = ContainerState::Created;
        two.bindings = {published("", 80)};
        QCOMPARE(ids(oneHost({one, two})), QStringList());
        two.error =
            u"driver failed programming external connectivity: Bind for 0.0.0.0:80 failed: port is already allocated"_s;
        QCOMPARE(ids(oneHost({one, two})), QStringList(u"container-port-clash:"_s + onHost("one")));
        QVERIFY(findingOf(judged(oneHost({one, two})), "container-port-clash")
                    .message.contains(u"two (does not run)"));
    }

    // container-os-eol

    void anImagePastItsEnd()
    {
        Container apache = plain("apache");
        apache.os =
            OsRelease{u"fedora"_s, u"28"_s, u"Fedora release 28 (Twenty Eight)"_s, {u"os.txt"_s, 1, 1}};
        const Fleet fleet = oneHost({apache});
        QCOMPARE(ids(fleet, bundledTable()), QStringList(u"container-os-eol:"_s + onHost("apache")));
        const Finding finding = findingOf(judged(fleet, policy(), bundledTable()), "container-os-eol");
        QVERIFY2(finding.message.contains(
                     u"Fedora release 28 (Twenty Eight), whose life ended on 2019-05-28, 4 years"),
                 qPrintable(finding.message));
        QVERIFY(finding.evidence.contains(Quote{{u"os.txt"_s, 1, 1}, {}}));
        QCOMPARE(ids(fleet), QStringList()); // without a table
        apache.os->version = u"38"_s;
        QCOMPARE(ids(oneHost({apache}), bundledTable()), QStringList());
        apache.os->version = u"99"_s;
        QCOMPARE(ids(oneHost({apache}), bundledTable()), QStringList());
        apache.os->version = u"28"_s;
        apache.state = ContainerState::Exited;
        QCOMPARE(ids(oneHost({apache}), bundledTable()), QStringList());
    }

    void theTasksOfAServiceAreOfOneImage()
    {
        SwarmSample sample = healthySwarm();
        sample.services[0].desired = sample.services[0].running = 3;
        sample.runWanted("web", 3, 1);
        for (QList<Container> &list : sample.containers)
            for (Container &one : list)
                if (one.task->service == u"web")
                    one.os = OsRelease{u"fedora"_s, u"28"_s, {}, {u"os.txt"_s, 1, 1}};
        QCOMPARE(ids(sample.fleet(), bundledTable()),
                 (QStringList{u"container-os-eol:trop01/vm/Thalorien/service/web"_s,
                              u"container-os-eol:trop01/vm/Wenebrith/service/web"_s}));
    }

    // container-image-latest

    void namesOfImages_data()
    {
        QTest::addColumn<QString>("image");
        QTest::addColumn<bool>("loose");
        QTest::newRow("a tag") << u"nginx:1.25.1"_s << false;
        QTest::newRow("latest") << u"firethorn/apache:latest"_s << true;
        QTest::newRow("no tag") << u"nginx"_s << true;
        QTest::newRow("a registry's port is no tag") << u"registry:5000/team/app"_s << true;
        QTest::newRow("a registry and a tag") << u"registry:5000/team/app:3"_s << false;
        const QString digest = u"@sha256:"_s + QString(64, u'a');
        QTest::newRow("a digest") << u"nginx"_s + digest << false;
        QTest::newRow("latest, with a digest") << u"nginx:latest"_s + digest << false;
        QTest::newRow("an id") << u"3f8a4339aadd"_s << true;
        QTest::newRow("a whole id") << u"sha256:"_s + QString(64, u'b') << true;
        QTest::newRow("latest-alpine") << u"nginx:latest-alpine"_s << false;
        QTest::newRow("not known") << QString() << false;
    }
    void namesOfImages()
    {
        QFETCH(QString, image);
        QFETCH(bool, loose);
        Container one = plain("web", "");
        one.image = image;
        QCOMPARE(ids(oneHost({one})),
                 loose ? QStringList(u"container-image-latest:"_s + onHost("web")) : QStringList());
        one.state = ContainerState::Exited;
        QCOMPARE(ids(oneHost({one})), QStringList());
    }

    void aServiceOnLatestIsOneNote()
    {
        const Container a = task("web", 1, "4yzmmuh6jfiqvw4tmslylzox8", "web:latest");
        const Container b = task("web", 2, "14o28ydavjbctxh8sirh1yp1i", "web:latest");
        QCOMPARE(ids(oneHost({a, b})),
                 QStringList(u"container-image-latest:trop02/vm/Eterathiel/service/web"_s));
    }

    void thousandsOfContainersAreBounded()
    {
        QList<Container> many;
        for (int i = 0; i < 3000; ++i) {
            many.append(plain(qPrintable(u"c%1"_s.arg(i))));
            many.back().ports = {published("0.0.0.0", 80)};
        }
        const auto findings = judged(oneHost(many));
        QCOMPARE(ids(oneHost(many)).size(), 2);
        for (const Finding &finding : findings)
            QVERIFY(finding.message.size() < 2000);
    }
};

QTEST_GUILESS_MAIN(TestContainerRules)
#include "test_container_rules.moc"
