#include "models/items/export_role.h"
#include "models/items/findings_model.h"
#include "tests/support/sample_fleet.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <random>

using namespace tropo;

namespace {

QList<Finding> some(int count)
{
    QList<Finding> findings;
    for (int i = 0; i < count; ++i) {
        Finding finding;
        finding.rule = QStringLiteral("rule-%1").arg(i);
        finding.subject = QStringLiteral("subject");
        findings.append(finding);
    }
    return findings;
}

Story storyOf(const QList<Finding> &findings)
{
    Story story;
    story.cause = QStringLiteral("cause");
    story.subject = findings.first().rule;
    story.title = QStringLiteral("told");
    for (const Finding &finding : findings) {
        story.findings.append(finding.id());
        story.severity = qMax(story.severity, finding.severity);
    }
    return story;
}

QString idOf(const QModelIndex &index)
{
    return index.data(FindingsModel::IdRole).toString();
}

QString parentOf(const QModelIndex &index)
{
    return idOf(index.parent());
}

QStringList topRows(const FindingsModel &model)
{
    QStringList ids;
    for (int i = 0; i < model.rowCount(); ++i)
        ids.append(idOf(model.index(i, 0)));
    return ids;
}

QHash<QString, QPersistentModelIndex> rowsOf(const FindingsModel &model)
{
    QHash<QString, QPersistentModelIndex> rows;
    for (int i = 0; i < model.rowCount(); ++i) {
        const QModelIndex top = model.index(i, 0);
        rows.insert(idOf(top), top);
        for (int j = 0; j < model.rowCount(top); ++j)
            rows.insert(idOf(model.index(j, 0, top)), model.index(j, 0, top));
    }
    return rows;
}

} // namespace

class TestFindingsModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void otherProgramsGetTheWholeText()
    {
        FindingsModel model;
        QList<Finding> findings = some(1);
        findings[0].message = QString(700, u'm');
        findings[0].subject = QString(300, u's');
        const QDateTime taken(QDate(2023, 7, 18), QTime(15, 20, 48), Qt::UTC);
        model.setFindings(findings, {}, taken);
        const auto whole = [&model](int column) {
            return model.index(0, column).data(exportRole).toString();
        };
        QCOMPARE(whole(FindingsModel::Message), findings[0].message);
        QCOMPARE(whole(FindingsModel::Subject), findings[0].subject);
        QCOMPARE(whole(FindingsModel::Since), QStringLiteral("2023-07-18T15:20:48Z"));
        QVERIFY(model.index(0, FindingsModel::Message).data().toString().size() < 700);
    }

    void acceptedOnesAreFoldedAway()
    {
        FindingsModel model;
        model.setFindings(sample::fleet().findings, {}, {});
        QCOMPARE(model.rowCount(), 6);
        FindingFilter filter;
        filter.accepted = true;
        model.setFilter(filter);
        QCOMPARE(model.rowCount(), 7);
        const QModelIndex accepted = model.indexOf(QStringLiteral("guest-os-eol:trop02/vm/Acilamwen"));
        QCOMPARE(accepted.data().toString(), QStringLiteral("warning, accepted"));
    }

    void filtersBySeverityHostFamilyAndText()
    {
        const QList<Finding> findings = sample::fleet().findings;
        const auto rows = [&findings](const FindingFilter &filter) {
            return std::count_if(findings.begin(), findings.end(),
                                 [&filter](const Finding &f) { return filter.admits(f); });
        };
        FindingFilter errors;
        errors.warnings = errors.infos = false;
        QCOMPARE(rows(errors), 3);
        FindingFilter host;
        host.hypervisor = QStringLiteral("trop03");
        QCOMPARE(rows(host), 1);
        FindingFilter family;
        family.family = QStringLiteral("float");
        QCOMPARE(rows(family), 3);
        FindingFilter text;
        text.text = QStringLiteral("POSTGRES bethany");
        QCOMPARE(rows(text), 1);
        text.text = QStringLiteral("postgres trop03");
        QCOMPARE(rows(text), 0);
    }

    void sinceStaysThroughARefresh()
    {
        FindingsModel model;
        const QDateTime first(QDate(2026, 1, 1), QTime(12, 0), Qt::UTC);
        QList<Finding> findings = sample::fleet().findings;
        const Finding late = findings.takeLast();
        model.setFindings(findings, {}, first);
        findings.append(late);
        model.setFindings(findings, {}, first.addSecs(60));
        QCOMPARE(model.since(findings.first()), first);
        QCOMPARE(model.since(late), first.addSecs(60));
    }

    void findingsOfAStoryStandBelowIt()
    {
        FindingsModel model;
        const QList<Finding> findings = some(5);
        model.setFindings(findings, {storyOf({findings[3], findings[1]})}, {});
        QCOMPARE(topRows(model), QStringList({QStringLiteral("cause:rule-3"), findings[0].id(),
                                              findings[2].id(), findings[4].id()}));
        const QModelIndex story = model.index(0, 0);
        QVERIFY(model.story(story));
        QVERIFY(!model.finding(story));
        QVERIFY(story.data(FindingsModel::StoryRole).toBool());
        QCOMPARE(story.siblingAtColumn(FindingsModel::Message).data().toString(), QStringLiteral("told"));
        QCOMPARE(story.siblingAtColumn(FindingsModel::Rule).data().toString(),
                 QStringLiteral("one cause, 2 findings"));
        // As the story tells them, not as they came.
        QCOMPARE(model.rowCount(story), 2);
        QCOMPARE(model.finding(model.index(0, 0, story))->id(), findings[3].id());
        QCOMPARE(model.indexOf(findings[1].id()).parent(), story);
        model.setGrouped(false);
        QCOMPARE(topRows(model).size(), 5);
        QCOMPARE(topRows(model).first(), findings[0].id());
    }

    void aStoryShowsWhatPassesTheFilter()
    {
        FindingsModel model;
        QList<Finding> findings = some(3);
        findings[0].severity = Severity::Error;
        findings[2].severity = Severity::Warning;
        model.setFindings(findings, {storyOf({findings[0], findings[1]})}, {});
        FindingFilter filter;
        filter.infos = false;
        model.setFilter(filter);
        QCOMPARE(model.rowCount(model.index(0, 0)), 1);
        filter.errors = false;
        model.setFilter(filter);
        QCOMPARE(topRows(model), QStringList(findings[2].id()));
    }

    void whatHangsTogetherComesFirstAmongEquals()
    {
        FindingsModel model;
        QList<Finding> findings = some(4);
        findings[0].severity = Severity::Error;
        model.setFindings(findings, {storyOf({findings[2], findings[3]})}, {});
        QCOMPARE(topRows(model),
                 QStringList({findings[0].id(), QStringLiteral("cause:rule-2"), findings[1].id()}));
        model.sort(FindingsModel::Rule, Qt::DescendingOrder);
        QCOMPARE(topRows(model),
                 QStringList({findings[1].id(), findings[0].id(), QStringLiteral("cause:rule-2")}));
        QCOMPARE(model.finding(model.index(0, 0, model.index(2, 0)))->id(), findings[3].id());
    }

    void rowsKeepTheirFinding()
    {
        std::mt19937 dice(7);
        FindingsModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        for (int turn = 0; turn < 1000; ++turn) {
            QList<Finding> findings;
            for (const Finding &one : some(20))
                if (dice() % 3 > 0) {
                    findings.append(one);
                    findings.last().severity = static_cast<Severity>(dice() % 3);
                    findings.last().message = QString::number(dice() % 3);
                }
            std::shuffle(findings.begin(), findings.end(), dice);
            QList<Story> stories;
            for (qsizetype i = 0; i + 1 < findings.size() && dice() % 4 > 0; i += 3)
                stories.append(storyOf({findings[i], findings[i + 1]}));
            if (turn % 7 == 0)
                model.sort(static_cast<int>(dice() % 6) - 1,
                           dice() % 2 ? Qt::AscendingOrder : Qt::DescendingOrder);
            if (turn % 11 == 0)
                model.setGrouped(dice() % 2);
            const QHash<QString, QPersistentModelIndex> held = rowsOf(model);
            QHash<QString, QString> parents;
            for (auto it = held.begin(); it != held.end(); ++it)
                parents.insert(it.key(), parentOf(*it));
            model.setFindings(findings, stories, {});
            for (const Finding &finding : findings)
                QCOMPARE(model.finding(model.indexOf(finding.id()))->message, finding.message);
            for (auto it = held.begin(); it != held.end(); ++it) {
                const QModelIndex now = rowsOf(model).value(it.key());
                if (now.isValid() && parentOf(now) == parents[it.key()])
                    QVERIFY2(it->isValid(), qPrintable(it.key()));
                if (it->isValid())
                    QCOMPARE(it->data(FindingsModel::IdRole).toString(), it.key());
            }
        }
        QCOMPARE(resets.size(), 0);
    }
};

QTEST_GUILESS_MAIN(TestFindingsModel)
#include "test_findings_model.moc"
