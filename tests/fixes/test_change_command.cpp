#include "models/fixes/change_command.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace tropo;
using namespace Qt::Literals::StringLiterals;
using Outcome = ChangeAnswer::Outcome;

namespace {

QByteArray script()
{
    QFile file(u"" PROJECT_SOURCE "/resources/change/change.sh"_s);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no script");
    return file.readAll();
}

/// A guest of our own: a folder that the script takes for the root, and the shell that a login would have.
class MockGuest
{
public:
    MockGuest()
    {
        for (const char *folder :
             {"etc/netplan", "etc/sysconfig/network-scripts", "var/lib", "sys/class/net"})
            QDir(m_folder.path()).mkpath(QString::fromLatin1(folder));
        m_environment = QProcessEnvironment::systemEnvironment();
        m_environment.insert(u"TROPOSCOPE_CHANGE_ROOT"_s, m_folder.path());
        m_environment.remove(u"SSH_CONNECTION"_s);
    }

    void setEnvironment(const QString &name, const QString &value) { m_environment.insert(name, value); }
    QString path(const QString &below) const { return m_folder.path() + below; }

    void addTool(const QString &name, const QByteArray &text)
    {
        QDir(m_folder.path()).mkpath(u"tools"_s);
        QFile file(path(u"/tools/"_s + name));
        if (!file.open(QIODevice::WriteOnly) || file.write("#!/bin/sh\n" + text) < 0)
            qFatal("no tool");
        file.setPermissions(QFile::ReadOwner | QFile::ExeOwner);
        setEnvironment(u"PATH"_s, path(u"/tools:"_s) + qEnvironmentVariable("PATH"));
    }

    QByteArray text(const QString &below) const
    {
        QFile file(path(below));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(none)");
    }

    void write(const QString &below, const QByteArray &text) const
    {
        QFile file(path(below));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("no file");
    }

    Result<ChangeAnswer> run(const ChangeCall &call, const QString &shell = u"/bin/sh"_s) const
    {
        const auto command = changeCommand(script(), call);
        if (!command)
            return tl::unexpected<Error>(command.error());
        QProcess process;
        process.setProcessEnvironment(m_environment);
        process.start(shell, {u"-c"_s, QString::fromUtf8(*command)});
        process.write(call.content);
        process.closeWriteChannel();
        if (!process.waitForFinished())
            return failure(ErrorKind::Timeout, {}, {});
        return parseChangeAnswer(process.readAllStandardOutput(), process.readAllStandardError(),
                                 process.exitCode());
    }

private:
    QTemporaryDir m_folder;
    QProcessEnvironment m_environment;
};

QString errorOf(const Result<ChangeAnswer> &answer)
{
    return answer ? u"none"_s : answer.error().message;
}

const QString ifcfg = u"/etc/sysconfig/network-scripts/ifcfg-ens5"_s;
const QString plan = u"20210208-float1"_s;

} // namespace

class TestChangeCommand : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void aFilesWholeLife()
    {
        MockGuest guest;
        const QByteArray one = "DEVICE=ens5\n\xff\n";
        const QByteArray two = "DEVICE=ens5\nONBOOT=no";
        const auto is = [&guest](const ChangeCall &call, Outcome outcome) {
            const auto answer = guest.run(call);
            return answer && answer->outcome == outcome;
        };
        QVERIFY(is(ChangeCall::write(ifcfg, {}, one, 0600, plan), Outcome::Done));
        QVERIFY(is(ChangeCall::write(ifcfg, {}, one, 0600, plan), Outcome::Already));
        QVERIFY(is(ChangeCall::write(ifcfg, {}, two, 0600, plan), Outcome::Moved));
        const auto read = guest.run(ChangeCall::read(ifcfg));
        QVERIFY2(read, qPrintable(errorOf(read)));
        QCOMPARE(read->content, std::optional(one));
        QCOMPARE(read->fact(u"mode"), std::optional(u"600"_s));
        QCOMPARE(read->fact(u"nothing"), std::optional<QString>());
        QVERIFY(is(ChangeCall::write(ifcfg, one, two, 0600, plan), Outcome::Done));
        QCOMPARE(guest.text(ifcfg), two);
        QVERIFY(is(ChangeCall::restore(ifcfg, plan, one, two), Outcome::Done));
        QCOMPARE(guest.text(ifcfg), one);
        QVERIFY(is(ChangeCall::remove(ifcfg, two, plan), Outcome::Moved));
        QVERIFY(is(ChangeCall::remove(ifcfg, one, plan), Outcome::Done));
        QVERIFY(is(ChangeCall::restore(ifcfg, plan, one, {}), Outcome::Done));
        QCOMPARE(guest.text(ifcfg), one);
        const auto absent = guest.run(ChangeCall::read(u"/etc/netplan/a.yaml"_s));
        QVERIFY(absent && !absent->content);
        QCOMPARE(absent->fact(u"sha256"), std::optional(u"absent"_s));
    }

    void hostileArgumentsStayArguments_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString &name : {u"a;touch pwned"_s, u"$(touch pwned)"_s, u"`touch pwned`"_s, u"it's"_s,
                                    u"'; touch pwned; '"_s, u"a\" b"_s, u"a\\"_s, u"$HOME"_s, u"*"_s,
                                    u"a & touch pwned"_s, u"-n"_s, u"ä€"_s, u"!!"_s, u"a#b"_s, u"%s%n"_s})
            QTest::addRow("%s", qPrintable(name)) << name;
    }
    void hostileArgumentsStayArguments()
    {
        QFETCH(QString, name);
        MockGuest guest;
        const QString file = u"/etc/netplan/x"_s + name + u".yaml"_s;
        for (const QString &shell : {u"/bin/sh"_s, u"/bin/bash"_s}) {
            const QByteArray text = "network: {} # " + name.toUtf8() + "\n";
            const auto answer = guest.run(ChangeCall::write(file, {}, text, 0600, plan), shell);
            QVERIFY2(answer && answer->isDone(), qPrintable(errorOf(answer)));
            QCOMPARE(guest.text(file), text);
            const auto gone = guest.run(ChangeCall::remove(file, text, plan), shell);
            QVERIFY2(gone && gone->outcome == Outcome::Done, qPrintable(errorOf(gone)));
        }
        QCOMPARE(QDir(guest.path(u"/etc/netplan"_s)).entryList(QDir::Files), QStringList());
        QVERIFY(!QFile::exists(u"pwned"_s));
    }

    void refusesWhatTheScriptRefuses()
    {
        MockGuest guest;
        for (const QString &path :
             {u"/etc/passwd"_s, u"/etc/netplan/../x.yaml"_s, u"/etc/netplan/a\nb.yaml"_s})
            QCOMPARE(guest.run(ChangeCall::read(path)).error().kind, ErrorKind::Usage);
        QCOMPARE(guest.run(ChangeCall::read(u"a\0b"_s)).error().kind, ErrorKind::Usage);
        QCOMPARE(guest.run({u"carrier"_s, {u"x"_s.repeated(140'000)}, {}}).error().kind, ErrorKind::Limit);
    }

    void goesThroughSudo()
    {
        MockGuest guest;
        guest.addTool(u"id"_s, "echo 1000\n");
        guest.addTool(
            u"sudo"_s,
            "[ \"$1\" = -n ] || exit 9\nshift\necho \"$1 $4 $5 $6\" >\"$TROPOSCOPE_CHANGE_ROOT/log\"\n"
            "exec \"$@\"\n");
        guest.setEnvironment(u"SSH_CONNECTION"_s, u"10.77.0.1 4711 192.168.202.15 22"_s);
        const auto answer = guest.run({u"carrier"_s, {u"ens5"_s, u"ens6"_s}, {}});
        QVERIFY2(answer, qPrintable(errorOf(answer)));
        QCOMPARE(answer->allFacts(u"carrier"), (QStringList{u"ens5 absent"_s, u"ens6 absent"_s}));
        QCOMPARE(guest.text(u"/log"_s), QByteArray("sh troposcope-change 192.168.202.15 carrier\n"));

        guest.addTool(u"sudo"_s, "echo 'sudo: a password is required' >&2; exit 1\n");
        const auto refused = guest.run({u"carrier"_s, {u"ens5"_s}, {}});
        QCOMPARE(refused.error().kind, ErrorKind::Refused);
        QVERIFY(refused.error().message.contains(u"a password is required"_s));
    }

    void understandsAnswers()
    {
        const QByteArray body =
            "troposcope-change 1\nsha256 absent\naddress 10.0.0.1/24\naddress 10.0.0.2/24\n"
            "result moved\nreason it has gone\nend\n";
        for (const QByteArray &noise : {QByteArray(), QByteArray("Welcome!\ntroposcope\n\n")}) {
            const auto answer = parseChangeAnswer(noise + body + "logout\n", "warning", 3);
            QVERIFY2(answer, qPrintable(errorOf(answer)));
            QCOMPARE(answer->outcome, Outcome::Moved);
            QVERIFY(!answer->isDone());
            QCOMPARE(answer->reason, u"it has gone"_s);
            QCOMPARE(answer->allFacts(u"address"), (QStringList{u"10.0.0.1/24"_s, u"10.0.0.2/24"_s}));
        }
        for (const auto &[result, status] :
             {std::pair{"done", 0}, {"already", 0}, {"impossible", 4}, {"failed", 1}})
            QVERIFY(parseChangeAnswer(QByteArray("troposcope-change 1\nresult ") + result + "\nend\n", {},
                                      status));
    }

    void contentIsNoAnswer()
    {
        const QByteArray content = "result failed\nend\ntroposcope-change 1\n";
        const QByteArray head =
            "troposcope-change 1\nsha256 " + fileSum(content).toLatin1() + "\ncontent 38\n";
        const auto answer = parseChangeAnswer(head + content + "\nresult done\nend\n", {}, 0);
        QVERIFY2(answer, qPrintable(errorOf(answer)));
        QCOMPARE(answer->content, std::optional(content));
        QCOMPARE(answer->outcome, Outcome::Done);
        QByteArray other = content;
        other[3] = 'X';
        QCOMPARE(parseChangeAnswer(head + other + "\nresult done\nend\n", {}, 0).error().kind, ErrorKind::Io);
    }

    void anAnswerThatIsCutIsNone()
    {
        const QByteArray whole =
            "troposcope-change 1\nsha256 ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb41"
            "0ff61f20015ad\ncontent 3\nabc\nresult done\nend\n";
        QVERIFY(parseChangeAnswer(whole, {}, 0));
        for (qsizetype size = 0; size < whole.size(); ++size) {
            const auto answer = parseChangeAnswer(whole.first(size), {}, 0);
            QVERIFY2(!answer, whole.first(size));
            QCOMPARE(answer.error().kind, size > 19 ? ErrorKind::Unreachable : ErrorKind::Format);
        }
    }

    void aStrangeAnswerIsNone_data()
    {
        QTest::addColumn<QByteArray>("out");
        QTest::addColumn<int>("status");
        QTest::addColumn<ErrorKind>("kind");
        const auto row = [](const char *name, const char *out, int status, ErrorKind kind) {
            QTest::newRow(name) << QByteArray(out) << status << kind;
        };
        row("nothing", "", 0, ErrorKind::Format);
        row("csh", "Unmatched '''.\n", 1, ErrorKind::Format);
        row("no shell", "", 127, ErrorKind::Format);
        row("another version", "troposcope-change 2\nresult done\nend\n", 0, ErrorKind::Unsupported);
        row("another status", "troposcope-change 1\nresult done\nend\n", 3, ErrorKind::Format);
        row("killed", "troposcope-change 1\nresult failed\nend\n", 137, ErrorKind::Format);
        row("no result", "troposcope-change 1\nend\n", 0, ErrorKind::Format);
        row("unknown result", "troposcope-change 1\nresult good\nend\n", 0, ErrorKind::Format);
        row("negative content", "troposcope-change 1\ncontent -1\n\nresult done\nend\n", 0,
            ErrorKind::Unreachable);
        row("endless content", "troposcope-change 1\ncontent 9223372036854775807\n\nresult done\nend\n", 0,
            ErrorKind::Unreachable);
        row("misused", "troposcope-change 1\nresult misused\nreason no\nend\n", 2, ErrorKind::Usage);
    }
    void aStrangeAnswerIsNone()
    {
        QFETCH(QByteArray, out);
        QFETCH(int, status);
        QFETCH(ErrorKind, kind);
        QCOMPARE(parseChangeAnswer(out, {}, status).error().kind, kind);
    }

    void wordsAreBoundedAndVisible()
    {
        const auto answer = parseChangeAnswer("troposcope-change 1\nresult failed\nreason " +
                                                  QByteArray("\x1b[31m").repeated(10'000) + "\nend\n",
                                              {}, 1);
        QVERIFY(answer);
        QVERIFY(answer->reason.size() <= 601 && !answer->reason.contains(u'\x1b'));
    }
};

QTEST_GUILESS_MAIN(TestChangeCommand)
#include "test_change_command.moc"
