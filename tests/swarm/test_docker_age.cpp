#include "models/swarm/task_words.h"

#include <QRegularExpression>
#include <QTest>

using namespace tropo;
using namespace Qt::Literals::StringLiterals;

class TestDockerAge : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void ages_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("least");
        QTest::addColumn<qint64>("most");
        constexpr qint64 day = 86400;
        QTest::newRow("less than a second") << u"Less than a second ago"_s << qint64(0) << qint64(1);
        QTest::newRow("one second") << u"1 second ago"_s << qint64(1) << qint64(2);
        QTest::newRow("seconds") << u"40 seconds"_s << qint64(40) << qint64(41);
        QTest::newRow("about a minute") << u"about a minute ago"_s << qint64(60) << qint64(120);
        QTest::newRow("minutes") << u"3 minutes ago"_s << qint64(180) << qint64(240);
        QTest::newRow("about an hour") << u"About an hour ago"_s << qint64(3600) << qint64(7200);
        QTest::newRow("days") << u"5 days"_s << 5 * day - 1800 << 6 * day;
        QTest::newRow("weeks") << u" 4 weeks ago"_s << 28 * day - 1800 << 35 * day;
        QTest::newRow("years") << u"2 years ago"_s << 730 * day - 1800 << 1095 * day;
    }
    void ages()
    {
        QFETCH(QString, text);
        QFETCH(qint64, least);
        QFETCH(qint64, most);
        QCOMPARE(elapsedFrom(text), std::optional(Elapsed{least, most}));
    }

    void whatIsNoAge()
    {
        for (const char16_t *text : {u"", u" ", u"ago", u"5", u"days", u"-3 days", u"many days",
                                     u"5 fortnights", u"5 days 3 hours", u"999999999999 years"})
            QVERIFY2(!elapsedFrom(text), qPrintable(QStringView(text).toString()));
    }

    void upOfAStatus()
    {
        QCOMPARE(upFor(u"Up 5 days (healthy)"), elapsedFrom(u"5 days"));
        QCOMPARE(upFor(u"Up About an hour"), elapsedFrom(u"About an hour"));
        QVERIFY(!upFor(u"Exited (0) 5 days ago"));
        QVERIFY(!upFor(u"Up"));
        QVERIFY(!upFor(u"running"));
    }

    void statesOfTasks()
    {
        QCOMPARE(taskNow(u"Running 4 weeks ago"), (TaskNow{TaskState::Running, elapsedFrom(u"4 weeks")}));
        QCOMPARE(taskNow(u"Preparing about a minute ago"),
                 (TaskNow{TaskState::Preparing, elapsedFrom(u"about a minute")}));
        QVERIFY(taskNow(u"Starting 1 second ago").isOnItsWay());
        QVERIFY(taskNow(u"Rejected 1 second ago").hasFailed());
        QVERIFY(!taskNow(u"Running").since);
        QCOMPARE(taskNow(u"Dancing 4 weeks ago").state, TaskState::Unknown);
        QVERIFY(!taskNow(u"").isOnItsWay());
    }

    void whatIsWanted()
    {
        QCOMPARE(wantedState(u"Running"), WantedState::Running);
        QCOMPARE(wantedState(u"Shutdown"), WantedState::Stopped);
        QCOMPARE(wantedState(u"Remove"), WantedState::Stopped);
        QCOMPARE(wantedState(u"Ready"), WantedState::Prepared);
        QCOMPARE(wantedState(u"Complete"), WantedState::Complete);
        QCOMPARE(wantedState(u"whatever"), WantedState::Unknown);
    }
};

QTEST_GUILESS_MAIN(TestDockerAge)
#include "test_docker_age.moc"
