#include "ssh/session/known_hosts.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace tropo;
using namespace Qt::Literals::StringLiterals;
using Kind = HostKeyVerdict::Kind;

/// known_hosts as sshd(8) describes it.
class TestKnownHosts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judgement_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("line");
        const auto row = [](const char *what, const char *text, const QString &name, Kind kind, int line) {
            QTest::newRow(what) << QByteArray(text) << name << int(kind) << line;
        };
        row("empty", "", u"trop02"_s, Kind::Unknown, 0);
        row("plain", "trop02 ssh-ed25519 KEY\n", u"trop02"_s, Kind::Known, 1);
        row("no last line end", "trop02 ssh-ed25519 KEY", u"trop02"_s, Kind::Known, 1);
        row("carriage return", "trop02 ssh-ed25519 KEY\r\n", u"trop02"_s, Kind::Known, 1);
        row("tabs and a comment", "\ttrop02\tssh-ed25519  KEY root@trop02\n", u"trop02"_s, Kind::Known, 1);
        row("commented out", "# x\n#trop02 ssh-ed25519 KEY\n", u"trop02"_s, Kind::Unknown, 0);
        row("list", "a,trop02,10.77.0.3 ssh-ed25519 KEY\n", u"10.77.0.3"_s, Kind::Known, 1);
        row("part of a name", "trop0 ssh-ed25519 KEY\ntrop022 ssh-ed25519 KEY\n", u"trop02"_s, Kind::Unknown,
            0);
        row("star", "trop* ssh-ed25519 KEY\n", u"trop02"_s, Kind::Known, 1);
        row("star in the middle", "t*2 ssh-ed25519 KEY\n", u"trop02"_s, Kind::Known, 1);
        row("question mark", "trop0? ssh-ed25519 KEY\n", u"trop02"_s, Kind::Known, 1);
        row("question mark needs one", "trop02? ssh-ed25519 KEY\n", u"trop02"_s, Kind::Unknown, 0);
        row("negated", "trop*,!trop02 ssh-ed25519 KEY\n", u"trop02"_s, Kind::Unknown, 0);
        row("negated first", "!trop02,trop* ssh-ed25519 KEY\n", u"trop02"_s, Kind::Unknown, 0);
        row("another is negated", "trop*,!trop03 ssh-ed25519 KEY\n", u"trop02"_s, Kind::Known, 1);
        row("case", "TROP02 ssh-ed25519 KEY\n", u"trop02"_s, Kind::Known, 1);
        row("port", "[127.0.0.1]:2222 ssh-ed25519 KEY\n", u"[127.0.0.1]:2222"_s, Kind::Known, 1);
        row("brackets are no set", "[t]:2222 ssh-ed25519 KEY\n", u"t:2222"_s, Kind::Unknown, 0);
        row("other key", "trop02 ssh-ed25519 OTHER\n", u"trop02"_s, Kind::Changed, 1);
        row("other key, then this", "trop02 ssh-ed25519 OTHER\ntrop02 ssh-ed25519 KEY\n", u"trop02"_s,
            Kind::Known, 2);
        row("this, then another", "trop02 ssh-ed25519 KEY\ntrop02 ssh-ed25519 OTHER\n", u"trop02"_s,
            Kind::Known, 1);
        row("only another type", "trop02 ssh-rsa OTHER\n", u"trop02"_s, Kind::Unknown, 0);
        row("revoked", "@revoked * ssh-ed25519 KEY\n", u"trop02"_s, Kind::Revoked, 1);
        row("revoked after known", "trop02 ssh-ed25519 KEY\n@revoked trop02 ssh-ed25519 KEY\n", u"trop02"_s,
            Kind::Revoked, 2);
        row("revoked before known", "@revoked trop02 ssh-ed25519 KEY\ntrop02 ssh-ed25519 KEY\n", u"trop02"_s,
            Kind::Revoked, 1);
        row("another is revoked", "@revoked * ssh-ed25519 OTHER\n", u"trop02"_s, Kind::Unknown, 0);
        row("authority is no key", "@cert-authority * ssh-ed25519 KEY\n", u"trop02"_s, Kind::Unknown, 0);
        row("authority is no changed key", "@cert-authority * ssh-ed25519 OTHER\n", u"trop02"_s,
            Kind::Unknown, 0);
        row("unknown marker", "@wrong trop02 ssh-ed25519 KEY\n", u"trop02"_s, Kind::Unknown, 0);
        row("too few fields", "trop02 ssh-ed25519\n@revoked trop02 ssh-ed25519\n", u"trop02"_s, Kind::Unknown,
            0);
        row("broken hash", "|1|x ssh-ed25519 KEY\n|1|| ssh-ed25519 KEY\n|2|a|b ssh-ed25519 KEY\n",
            u"trop02"_s, Kind::Unknown, 0);
    }
    void judgement()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, name);
        QFETCH(int, kind);
        QFETCH(int, line);
        const HostKeyVerdict verdict = judgeHostKey({{u"file"_s, text}}, {name}, "ssh-ed25519", "KEY");
        QCOMPARE(int(verdict.kind), kind);
        QCOMPARE(verdict.line, line);
        QCOMPARE(verdict.file, line ? u"file"_s : QString());
    }

    void hashedByTheRealTool()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"known_hosts"_s);
        const QByteArray key = "AAAAC3NzaC1lZDI1NTE5AAAAIPKRbBkdcCGi8qPgtK3ne+jsQJSC2Qn83V0V2pEEw0tb";
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("trop02 ssh-ed25519 " + key + "\n[trop02]:2222 ssh-ed25519 " + key + '\n');
        file.close();
        QProcess tool;
        tool.start(u"ssh-keygen"_s, {u"-q"_s, u"-H"_s, u"-f"_s, path});
        QVERIFY(tool.waitForFinished());
        const QList<KnownHostsFile> files = readKnownHosts({path, folder.filePath(u"missing"_s)});
        QCOMPARE(files.size(), 1);
        QVERIFY(files[0].text.startsWith("|1|"));
        for (const QString &name : {u"trop02"_s, u"TROP02"_s, u"[trop02]:2222"_s})
            QCOMPARE(judgeHostKey(files, {name}, "ssh-ed25519", key).kind, Kind::Known);
        QCOMPARE(judgeHostKey(files, {u"trop03"_s}, "ssh-ed25519", key).kind, Kind::Unknown);
        QCOMPARE(judgeHostKey(files, {u"trop02"_s}, "ssh-ed25519", "OTHER").kind, Kind::Changed);
    }

    void anyNameOfSeveralAndAnyFile()
    {
        const QList<KnownHostsFile> files{{u"one"_s, "other ssh-ed25519 KEY\n"},
                                          {u"two"_s, "b ssh-ed25519 KEY\n"}};
        const HostKeyVerdict verdict = judgeHostKey(files, {u"a"_s, u"b"_s}, "ssh-ed25519", "KEY");
        QCOMPARE(verdict, (HostKeyVerdict{Kind::Known, u"two"_s, 1}));
    }

    void typesInTheFilesOrder()
    {
        const QList<KnownHostsFile> files{
            {u"one"_s, "a ssh-rsa K\n@revoked a ecdsa-sha2-nistp256 K\nb ssh-ed25519 K\na ssh-rsa L\n"},
            {u"two"_s, "a ssh-ed25519 K\n"}};
        QCOMPARE(knownKeyTypes(files, {u"a"_s}), (QList<QByteArray>{"ssh-rsa", "ssh-ed25519"}));
    }

    void names()
    {
        QCOMPARE(knownHostName(u"trop02"_s, 22), u"trop02"_s);
        QCOMPARE(knownHostName(u"trop02"_s, 2222), u"[trop02]:2222"_s);
    }

    void patternThatTriesEverythingEndsSoon()
    {
        const QByteArray text = QByteArray("*a").repeated(2000) + "b ssh-ed25519 KEY\n";
        QCOMPARE(judgeHostKey({{u"f"_s, text}}, {QString(4000, u'a')}, "ssh-ed25519", "KEY").kind,
                 Kind::Unknown);
    }

    void remembering()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"new/known_hosts"_s);
        QVERIFY(rememberHostKey(path, u"a"_s, "ssh-ed25519", "K"));
        QVERIFY(rememberHostKey(path, u"b"_s, "ssh-ed25519", "L"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QCOMPARE(file.readAll(), QByteArray("a ssh-ed25519 K\nb ssh-ed25519 L\n"));
        file.write("c"); // an unfinished line of someone else's
        file.close();
        QVERIFY(rememberHostKey(path, u"d"_s, "ssh-ed25519", "M"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().endsWith("\nc\nd ssh-ed25519 M\n"));
        QVERIFY(!(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup)));
    }

    void rememberingWhereItCannot()
    {
        QCOMPARE(rememberHostKey({}, u"a"_s, "t", "K").error().kind, ErrorKind::Io);
        const auto folder = rememberHostKey(QDir::tempPath(), u"a"_s, "t", "K");
        QCOMPARE(folder.error().kind, ErrorKind::Io);
        QCOMPARE(folder.error().where, QDir::tempPath());
    }
};

QTEST_GUILESS_MAIN(TestKnownHosts)
#include "test_known_hosts.moc"
