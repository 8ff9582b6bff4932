#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::Literals::StringLiterals;

namespace {

struct Run
{
    int status = -1;
    QString out;
    QString err;
};

} // namespace

/// `troposcope plan` and `troposcope apply` as processes, on the demo.
class TestPlanCommands : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_room;

    Run run(const char *line) const
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
            environment.remove(QString::fromLatin1(name));
        for (const char *name : {"XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "HOME"})
            environment.insert(QString::fromLatin1(name), m_room->path());
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(PROGRAM), QString::fromUtf8(line).split(u' '));
        process.closeWriteChannel();
        if (!process.waitForFinished(60'000) || process.exitStatus() != QProcess::NormalExit)
            QTest::qFail(line, __FILE__, __LINE__);
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
                QString::fromUtf8(process.readAllStandardError())};
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_room = std::make_unique<QTemporaryDir>();
    }

    void printsAPlanAsText()
    {
        const Run ran = run("plan nic-remove-duplicates Acilamwen --demo");
        QCOMPARE(ran.status, 0);
        QCOMPARE(ran.err, QString());
        QVERIFY2(ran.out.startsWith(
                     u"Leave one NIC of each MAC on Acilamwen of trop02, the one that it really uses\n"),
                 qPrintable(ran.out));
        QVERIFY(ran.out.contains(u"mind: This is a simulation: nothing is changed on any machine."));
        QVERIFY(ran.out.contains(u"mind: Assumed, as it was not read: Acilamwen on trop02"));
        QVERIFY(
            ran.out.contains(u"virsh -c qemu+ssh://trop02/system detach-device Acilamwen /dev/stdin --live"));
        QVERIFY(ran.out.contains(u"\n     undo: "));
    }

    void printsThePlanJsonThatIsDescribed()
    {
        const Run ran = run("plan --demo --format json nic-remove-duplicates Acilamwen");
        QCOMPARE(ran.status, 0);
        const QJsonObject plan = QJsonDocument::fromJson(ran.out.toUtf8()).object();
        QCOMPARE(plan.keys(), QStringList({u"intent"_s, u"plan"_s, u"steps"_s, u"warnings"_s}));
        QCOMPARE(plan.value(u"plan"_s).toString(), u"nic-remove-duplicates"_s);
        const QJsonArray steps = plan.value(u"steps"_s).toArray();
        QCOMPARE(steps.size(), 7); // three NICs, live and persistent, and a look at what is left
        for (const QJsonValue &step : steps)
            QCOMPARE(step.toObject().keys(),
                     QStringList({u"before"_s, u"command"_s, u"diff"_s, u"disruptive"_s, u"machine"_s,
                                  u"title"_s, u"undo"_s, u"verify"_s}));
    }

    void printsARunbookThatAShellReads()
    {
        const Run ran = run("plan --demo --format sh nic-remove-duplicates Acilamwen");
        QCOMPARE(ran.status, 0);
        QVERIFY(ran.out.startsWith(u"#!/usr/bin/env bash\n"));
        QProcess shell;
        shell.start(u"bash"_s, {u"-n"_s});
        shell.write(ran.out.toUtf8());
        shell.closeWriteChannel();
        QVERIFY(shell.waitForFinished());
        QCOMPARE(shell.exitCode(), 0);
    }

    void saysWhyAPlanIsNotMade()
    {
        const Run ran = run("plan --demo float-reassign float1 Ulov");
        QCOMPARE(ran.status, 2);
        QCOMPARE(ran.out, QString());
        QVERIFY2(ran.err.startsWith(u"troposcope: trop02/vm/Ulov: "), qPrintable(ran.err));
        QCOMPARE(ran.err.count(u'\n'), 1);
        QCOMPARE(run("plan --demo nonsense Ulov").status, 2);
    }

    void appliesNothingWithoutAYes()
    {
        const Run ran = run("apply --demo nic-remove-duplicates Acilamwen");
        QCOMPARE(ran.status, 2);
        QVERIFY(ran.err.contains(u"there is no terminal to confirm the plan on"));
        QVERIFY(!ran.err.contains(u"done"));
    }

    void simulatesAndSaysSo()
    {
        const Run ran = run("apply --demo --yes nic-remove-duplicates Acilamwen");
        QCOMPARE(ran.status, 0);
        QVERIFY(ran.out.contains(u"This is a simulation: nothing is changed on any machine."));
        QVERIFY2(ran.err.contains(u"7/7 done: "), qPrintable(ran.err));
        QVERIFY(ran.err.contains(u"All steps are done and were read back."));
        QVERIFY(ran.err.endsWith(u"This was a simulation: nothing was changed on any machine.\n"));
        QVERIFY(QDir(m_room->path()).isEmpty()); // no journal
    }

    void aSimulationCannotBeTakenUp()
    {
        const Run ran = run("apply --demo --resume j.jsonl");
        QCOMPARE(ran.status, 2);
        QVERIFY(ran.err.contains(u"a simulation keeps no journal"));
    }

    void namesEveryPlanInItsHelp()
    {
        const Run ran = run("--help");
        for (const char *plan :
             {"float-reassign FLOAT VM", "float-repair FLOAT --keep ip|mac", "nic-remove-duplicates VM",
              "network-restore", "reservation-fix", "container-remove-duplicates", "autostart-on"})
            QVERIFY2(ran.out.contains(QString::fromLatin1(plan)), plan);
    }
};

QTEST_GUILESS_MAIN(TestPlanCommands)
#include "test_plan_commands.moc"
