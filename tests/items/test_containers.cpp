#include "models/items/containers_model.h"
#include "models/items/export_role.h"
#include "models/items/services_model.h"
#include "tests/support/swarm_sample.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QTest>

#include <random>

using namespace tropo;
using namespace tropo::build;
using namespace Qt::Literals::StringLiterals;

namespace {

const ServiceLine *line(const ContainerOverview &overview, const QString &name)
{
    for (const ServiceLine &one : overview.services)
        if (one.name == name)
            return &one;
    return nullptr;
}

QString cell(const ContainerOverview &overview, const QString &service, const QString &vm)
{
    const ServiceLine *one = line(overview, service);
    return one ? one->cells.value(u"trop01/vm/"_s + vm).lines.join(u'|') : u"no such service"_s;
}

Container composed(const char *name, const char *service)
{
    Container made = container(name, name, "grafana:10");
    made.labels = {{u"com.docker.compose.project"_s, u"graphs"_s},
                   {u"com.docker.compose.service"_s, str(service)}};
    return made;
}

} // namespace

class TestContainers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void servicesByVm()
    {
        const ContainerOverview overview = containerOverview(healthySwarm().fleet());
        QStringList vms;
        for (const ContainerVm &vm : overview.vms)
            vms.append(vm.name);
        QCOMPARE(vms, (QStringList{u"Araybwyn"_s, u"Thalorien"_s, u"Wenebrith"_s}));
        QCOMPARE(overview.services.size(), 2);
        const ServiceLine *web = line(overview, u"web"_s);
        QCOMPARE(web->origin, u"Swarm of Thalorien"_s);
        QCOMPARE(web->replicas, u"2 of 2 run"_s);
        QCOMPARE(web->verdict, std::optional(SwarmVerdict::AsWanted));
        QVERIFY(web->why.isEmpty());
        QCOMPARE(cell(overview, u"web"_s, u"Wenebrith"_s), u"slot 2: Up 4 weeks"_s);
        QCOMPARE(cell(overview, u"web"_s, u"Araybwyn"_s), QString());
        QCOMPARE(cell(overview, u"agent"_s, u"Araybwyn"_s), u"Up 4 weeks"_s);
        QCOMPARE(overview.containers.size(), 5);
        QCOMPARE(overview.unread, QStringList());
    }

    void otherProgramsGetEveryLine()
    {
        ContainerOverview overview = containerOverview(healthySwarm().fleet());
        const QString vm = overview.vms[0].subject;
        ServiceCell &cell = overview.services[0].cells[vm];
        cell.read = true;
        cell.lines.clear();
        for (int i = 0; i < 6; ++i)
            cell.lines.append(QString(90, QChar(static_cast<char16_t>(u'a' + i))));
        const QStringList lines = cell.lines;
        ServicesModel model;
        model.setOverview(overview);
        const QModelIndex index = model.index(0, ServicesModel::FirstVm);
        QCOMPARE(index.data(exportRole).toString(), lines.join(u'\n'));
        QVERIFY(index.data().toString() != lines.join(u'\n'));
    }

    void duplicatesStandOut()
    {
        SwarmSample sample = healthySwarm();
        sample.want("web", 2, 2, "old", "Shutdown");
        sample.run("web", 2, 2, "old").status = u"Up 2 hours"_s;
        const ContainerOverview overview = containerOverview(sample.fleet());
        QCOMPARE(overview.services.front().name, u"web"_s); // the worst comes first
        QCOMPARE(overview.services.front().replicas, u"3 of 2 run"_s);
        QCOMPARE(cell(overview, u"web"_s, u"Araybwyn"_s), u"slot 2: Up 2 hours, runs 2 times"_s);
        QCOMPARE(cell(overview, u"web"_s, u"Wenebrith"_s), u"slot 2: Up 4 weeks, runs 2 times"_s);
        QCOMPARE(overview.services.front().cells.value(u"trop01/vm/Thalorien"_s).verdict,
                 std::optional(SwarmVerdict::AsWanted));
        QStringList often;
        for (const ContainerLine &one : overview.containers)
            if (one.verdict == SwarmVerdict::OverCount)
                often.append(one.vm);
        QCOMPARE(often, (QStringList{u"Araybwyn"_s, u"Wenebrith"_s}));
    }

    void whatDoesNotRunIsSaidWhereItIsWanted()
    {
        SwarmSample sample = healthySwarm();
        sample.containers[1].removeFirst();
        const ContainerOverview overview = containerOverview(sample.fleet());
        QCOMPARE(cell(overview, u"web"_s, u"Wenebrith"_s), u"slot 2: does not run"_s);
        QCOMPARE(line(overview, u"web"_s)->replicas, u"1 of 2 run"_s);
        QVERIFY(line(overview, u"web"_s)->why.contains(u"no container there does"));
    }

    void whatIsNotKnownIsSaid()
    {
        SwarmSample sample = healthySwarm();
        sample.answers = false;
        sample.read[1] = false;
        const ContainerOverview overview = containerOverview(sample.fleet());
        QCOMPARE(line(overview, u"web"_s)->replicas, u"1 run, wanted: not known"_s);
        QCOMPARE(line(overview, u"web"_s)->origin, u"Swarm, no manager read"_s);
        QVERIFY(!line(overview, u"web"_s)->cells.value(u"trop01/vm/Wenebrith"_s).read);
        QCOMPARE(overview.unread, QStringList(u"Wenebrith on trop01"_s));
    }

    void projectsAndContainersOfTheirOwn()
    {
        SwarmSample sample;
        sample.answers = false;
        Container sick = composed("graphs-grafana-2", "grafana");
        sick.health = Health::Unhealthy;
        Container ended = composed("graphs-old-1", "old");
        ended.state = ContainerState::Exited;
        ended.status = u"Exited (0) 2 weeks ago"_s;
        sample.containers[1] = {composed("graphs-grafana-1", "grafana"), sick, ended,
                                container("a1", "apache", "firethorn/apache:latest")};
        const ContainerOverview overview = containerOverview(sample.fleet());
        QCOMPARE(overview.services.size(), 1);
        QCOMPARE(overview.services[0].origin, u"Compose project graphs"_s);
        QCOMPARE(overview.services[0].replicas, u"2 run"_s);
        QVERIFY(!overview.services[0].verdict);
        QVERIFY(overview.services[0].cells.value(u"trop01/vm/Wenebrith"_s).unhealthy);
        QCOMPARE(overview.vms.size(), 1);
        QCOMPARE(overview.containers.size(), 4);
        QCOMPARE(overview.containers[0].service, u"grafana of graphs"_s);
        QCOMPARE(overview.containers[2].state, NodeState::Off);
        QCOMPARE(overview.containers[3].service, QString());
    }

    void aVmThatWasNotReadAgain()
    {
        SwarmSample sample = healthySwarm();
        Fleet fleet = sample.fleet();
        fleet.hypervisors[0].errors = {{u"trop01"_s, u"guest Wenebrith"_s, u"no"_s, sample.time.addSecs(30)}};
        const ContainerOverview overview = containerOverview(fleet);
        QVERIFY(!line(overview, u"web"_s)->cells.value(u"trop01/vm/Wenebrith"_s).read);
        for (const ContainerLine &one : overview.containers)
            QCOMPARE(one.stale, one.vm == u"Wenebrith");
        QCOMPARE(overview.unread, QStringList(u"Wenebrith on trop01"_s));
    }

    void tableOfServices()
    {
        ServicesModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        QCOMPARE(model.columnCount(), int(ServicesModel::FirstVm));
        SwarmSample sample = healthySwarm();
        sample.run("web", 2, 2, "old");
        model.setOverview(containerOverview(sample.fleet()));
        QCOMPARE(model.columnCount(), ServicesModel::FirstVm + 3);
        QCOMPARE(model.headerData(ServicesModel::FirstVm, Qt::Horizontal, Qt::DisplayRole).toString(),
                 u"Araybwyn"_s);
        QCOMPARE(model.headerData(ServicesModel::FirstVm, Qt::Horizontal, Qt::ToolTipRole).toString(),
                 u"trop01/vm/Araybwyn"_s);
        const QModelIndex twice = model.index(0, ServicesModel::FirstVm);
        QCOMPARE(twice.data().toString(), u"slot 2: Up 4 weeks, runs 2 times"_s);
        QCOMPARE(twice.data(ServicesModel::VerdictRole).toInt(), static_cast<int>(SwarmVerdict::OverCount));
        QVERIFY(twice.data(Qt::AccessibleTextRole).toString().endsWith(u"runs too often"));
        QVERIFY(model.cell(twice));
        QVERIFY(!model.cell(model.index(0, 0)));
        QCOMPARE(model.index(0, ServicesModel::Verdict).data().toString(), u"runs too often"_s);
        // A refresh that leaves the VMs leaves the rows.
        const QPersistentModelIndex held =
            model.indexOf(model.index(1, 0).data(ServicesModel::KeyRole).toString());
        sample.containers[2].removeLast();
        model.setOverview(containerOverview(sample.fleet()));
        QVERIFY(held.isValid());
        QCOMPARE(held.data().toString(), u"agent"_s);
    }

    void namesStayPlainText()
    {
        SwarmSample sample = healthySwarm();
        sample.answers = false;
        for (Container &one : sample.containers[0])
            one.status = u"<b>Up</b>\n\u202e evil"_s;
        ServicesModel model;
        model.setOverview(containerOverview(sample.fleet()));
        for (int row = 0; row < model.rowCount(); ++row)
            for (int column = 0; column < model.columnCount(); ++column) {
                const QString text = model.index(row, column).data().toString();
                QVERIFY2(!text.contains(QChar(0x202e)), qPrintable(text));
                QVERIFY(!model.index(row, column).data(Qt::ToolTipRole).toString().contains(u"<b>"));
            }
    }

    void tableOfContainers()
    {
        ContainersModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        SwarmSample sample = healthySwarm();
        sample.run("web", 2, 2, "old");
        model.setContainers(containerOverview(sample.fleet()).containers);
        QCOMPARE(model.rowCount(), 6);
        model.setFilter(u"WEB wenebrith"_s);
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.index(0, ContainersModel::Vm).data().toString(), u"Wenebrith on trop01"_s);
        QCOMPARE(model.index(0, ContainersModel::ServiceColumn).data().toString(), u"web, slot 2"_s);
        model.setFilter(u"nothing like it"_s);
        QCOMPARE(model.rowCount(), 0);
        model.setFilter({});
        model.sort(ContainersModel::Verdict, Qt::AscendingOrder);
        QCOMPARE(model.index(0, ContainersModel::Verdict).data().toString(), u"runs too often"_s);
        QCOMPARE(model.index(1, ContainersModel::Verdict).data().toString(), u"runs too often"_s);
        model.sort(-1, Qt::AscendingOrder);
        QCOMPARE(model.index(0, ContainersModel::Vm).data().toString(), u"Araybwyn on trop01"_s);
    }

    void rowsKeepTheirContainer()
    {
        std::mt19937 dice(5);
        ContainersModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        for (int turn = 0; turn < 300; ++turn) {
            QList<ContainerLine> lines;
            for (int i = 0; i < 12; ++i)
                if (dice() % 3 > 0) {
                    ContainerLine one;
                    one.key = u"k%1"_s.arg(i);
                    one.name = QString::number(dice() % 4);
                    lines.append(one);
                }
            std::shuffle(lines.begin(), lines.end(), dice);
            QHash<QString, QPersistentModelIndex> held;
            for (int i = 0; i < model.rowCount(); ++i)
                held.insert(model.index(i, 0).data(ContainersModel::KeyRole).toString(), model.index(i, 0));
            if (turn % 5 == 0)
                model.sort(static_cast<int>(dice() % 8) - 1,
                           dice() % 2 ? Qt::AscendingOrder : Qt::DescendingOrder);
            model.setContainers(lines);
            QCOMPARE(model.rowCount(), static_cast<int>(lines.size()));
            for (auto it = held.begin(); it != held.end(); ++it)
                if (it->isValid())
                    QCOMPARE(it->data(ContainersModel::KeyRole).toString(), it.key());
        }
    }
};

QTEST_GUILESS_MAIN(TestContainers)
#include "test_containers.moc"
