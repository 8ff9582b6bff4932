#include "models/items/findings_model.h"
#include "tests/support/sample_fleet.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QTest>

#include <random>

using namespace tropo;

class TestFindingsModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void acceptedOnesAreFoldedAway()
    {
        FindingsModel model;
        model.setFindings(sample::fleet().findings, {});
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
        model.setFindings(findings, first);
        findings.append(late);
        model.setFindings(findings, first.addSecs(60));
        QCOMPARE(model.since(findings.first()), first);
        QCOMPARE(model.since(late), first.addSecs(60));
    }

    void rowsKeepTheirFinding()
    {
        std::mt19937 dice(7);
        FindingsModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        for (int turn = 0; turn < 1000; ++turn) {
            QList<Finding> findings;
            for (int i = 0; i < 20; ++i)
                if (dice() % 3 > 0)
                    findings.append({QStringLiteral("rule-%1").arg(i),
                                     QStringLiteral("subject"),
                                     static_cast<Severity>(dice() % 3),
                                     QString::number(dice() % 3),
                                     {},
                                     {},
                                     {},
                                     {}});
            std::shuffle(findings.begin(), findings.end(), dice);
            QHash<QString, QPersistentModelIndex> held;
            for (int i = 0; i < model.rowCount(); ++i)
                held.insert(model.index(i, 0).data(FindingsModel::IdRole).toString(), model.index(i, 0));
            if (turn % 7 == 0)
                model.sort(static_cast<int>(dice() % 6) - 1,
                           dice() % 2 ? Qt::AscendingOrder : Qt::DescendingOrder);
            model.setFindings(findings, {});
            QCOMPARE(model.rowCount(), static_cast<int>(findings.size()));
            for (auto it = held.begin(); it != held.end(); ++it) {
                QCOMPARE(it->isValid(), model.indexOf(it.key()).isValid());
                if (it->isValid())
                    QCOMPARE(it->data(FindingsModel::IdRole).toString(), it.key());
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestFindingsModel)
#include "test_findings_model.moc"
