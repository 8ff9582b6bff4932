#include "ssh/session/agent_filter.h"
#include "ssh/session/ssh_target.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

#include <pwd.h>
#include <unistd.h>

using namespace tropo;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

QByteArray number(quint32 value)
{
    QByteArray text(4, Qt::Uninitialized);
    qToBigEndian(value, text.data());
    return text;
}

QByteArray identities(const QList<QByteArray> &blobs)
{
    QByteArray text = QByteArray(1, 12) + number(static_cast<quint32>(blobs.size()));
    for (const QByteArray &blob : blobs)
        text += number(static_cast<quint32>(blob.size())) + blob + number(1) + 'c';
    return text;
}

} // namespace

/// Texts of ssh: what ssh -G prints, what an agent says.
class TestSshText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void printedConfiguration()
    {
        const SshTarget target =
            parseSshConfig("host trop02\nuser root\nhostname 10.77.0.3\nport 2222\n"
                           "identitiesonly yes\nidentityfile /a/one\nidentityfile /a/with space\n"
                           "globalknownhostsfile /etc/g1 /etc/g2\nuserknownhostsfile /u1 /u2\n"
                           "proxyjump root@[::1]:2200,hop\nhostkeyalias alias\n"
                           "hostkeyalgorithms ssh-ed25519,rsa-sha2-512\nproxycommand none\n");
        QCOMPARE(target.host, u"10.77.0.3"_s);
        QCOMPARE(target.user, u"root"_s);
        QCOMPARE(target.port, 2222);
        QVERIFY(target.identitiesOnly);
        QCOMPARE(target.identityFiles, (QStringList{u"/a/one"_s, u"/a/with space"_s}));
        QCOMPARE(target.knownHostsFiles, (QStringList{u"/u1"_s, u"/u2"_s, u"/etc/g1"_s, u"/etc/g2"_s}));
        QCOMPARE(target.proxyJump, (QStringList{u"root@[::1]:2200"_s, u"hop"_s}));
        QCOMPARE(target.knownHostNames, QStringList{u"alias"_s});
        QCOMPARE(target.hostKeyAlgorithms, (QStringList{u"ssh-ed25519"_s, u"rsa-sha2-512"_s}));
        QVERIFY(target.proxyCommand.isEmpty());
    }

    void brokenPrintedConfiguration()
    {
        const SshTarget target = parseSshConfig("port\nport x\n\n \nuser\nhostname\0x\n\xff\xfe hi\n");
        QVERIFY(target.host.size() < 5);
        QVERIFY(target.port >= 0);
    }

    void throughTheRealSsh_data()
    {
        QTest::addColumn<QString>("destination");
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("user");
        QTest::addColumn<int>("port");
        QTest::newRow("name") << u"plain"_s << u"plain"_s << u"fromfile"_s << 22;
        QTest::newRow("user") << u"me@plain"_s << u"plain"_s << u"me"_s << 22;
        QTest::newRow("port") << u"me@plain:2222"_s << u"plain"_s << u"me"_s << 2222;
        QTest::newRow("address") << u"[::1]:2222"_s << u"::1"_s << u"fromfile"_s << 2222;
        QTest::newRow("bare address") << u"fe80::1"_s << u"fe80::1"_s << u"fromfile"_s << 22;
        QTest::newRow("url") << u"ssh://me@plain:2222"_s << u"plain"_s << u"me"_s << 2222;
        QTest::newRow("host name") << u"alias"_s << u"10.1.2.3"_s << u"fromfile"_s << 2022;
    }
    void throughTheRealSsh()
    {
        QFETCH(QString, destination);
        QFETCH(QString, host);
        QFETCH(QString, user);
        QFETCH(int, port);
        const auto target = resolveTarget(destination, {config(), 10s, {}});
        QVERIFY2(target, target ? "" : qPrintable(target.error().text()));
        QCOMPARE(target->host, host);
        QCOMPARE(target->user, user);
        QCOMPARE(target->port, port);
    }

    void tokensAndTheHomeOfTheAccount()
    {
        const auto target = resolveTarget(u"alias"_s, {config(), 10s, {}});
        QVERIFY(target);
        const QString home = QString::fromLocal8Bit(::getpwuid(::getuid())->pw_dir);
        QCOMPARE(target->identityFiles,
                 (QStringList{home + u"/keys/10.1.2.3-2022-fromfile"_s, u"/k/alias%"_s, home + u"/x"_s}));
        QCOMPARE(target->knownHostNames, QStringList{u"[10.1.2.3]:2022"_s});
    }

    void destinationsThatAreNone_data()
    {
        QTest::addColumn<QString>("destination");
        for (const char *text :
             {"", "@", "user@", "-oProxyCommand=x", "-x@host", "user@-x", ":22", "[]:22", "a b"})
            QTest::newRow(text) << QString::fromLatin1(text);
    }
    void destinationsThatAreNone()
    {
        QFETCH(QString, destination);
        const auto target = resolveTarget(destination, {config(), 10s, {}});
        QVERIFY(!target);
        QCOMPARE(target.error().kind, ErrorKind::Usage);
    }

    void slowMatchExec()
    {
        QFile file(m_folder.filePath(u"slow"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("Match exec \"exec sleep 5\"\n User x\n");
        file.close();
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(resolveTarget(u"a"_s, {file.fileName(), 300ms, {}}).error().kind, ErrorKind::Timeout);
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(resolveTarget(u"a"_s, {file.fileName(), 10s, stop.get_token()}).error().kind,
                 ErrorKind::Cancelled);
        QVERIFY(timer.elapsed() < 2'000);
    }

    void aConfigurationThatDoesNotArriveIsAskedForAgain()
    {
        QTemporaryDir tools;
        const auto put = [&tools](const QByteArray &text) {
            QFile file(tools.filePath(u"ssh"_s));
            QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
            file.write("#!/bin/sh\n" + text);
            file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        };
        const QByteArray path = qgetenv("PATH");
        const auto restore = qScopeGuard([&path] { qputenv("PATH", path); });
        qputenv("PATH", tools.path().toLocal8Bit() + ':' + path);
        const QByteArray mark = tools.filePath(u"asked"_s).toLocal8Bit();
        put("[ -e " + mark + " ] || { : >" + mark + "; exit 0; }\nprintf 'hostname h\\nport 2200\\n'\n");
        const auto target = resolveTarget(u"a"_s, {{}, 10s, {}});
        QVERIFY2(target, qPrintable(target ? QString() : target.error().text()));
        QCOMPARE(target->port, 2200);
        put("exit 0\n");
        const auto none = resolveTarget(u"a"_s, {{}, 10s, {}});
        QVERIFY(!none);
        QVERIFY2(none.error().message.contains(u"printed no configuration"), qPrintable(none.error().text()));
    }

    void agentsIdentities()
    {
        const QByteArray all = identities({"a", "b", "c", "d"});
        QCOMPARE(filteredIdentities(all, {}, false, 9), all);
        QCOMPARE(filteredIdentities(all, {"c"}, false, 9), identities({"c", "a", "b", "d"}));
        QCOMPARE(filteredIdentities(all, {"c"}, false, 2), identities({"c", "a"}));
        QCOMPARE(filteredIdentities(all, {"c"}, true, 9), identities({"c"}));
        QCOMPARE(filteredIdentities(all, {}, true, 9), identities({}));
    }

    void brokenAnswersOfAnAgent()
    {
        QCOMPARE(filteredIdentities({}, {}, false, 5), QByteArray());
        QCOMPARE(filteredIdentities(QByteArray(1, 5), {}, true, 5), QByteArray(1, 5));
        const QByteArray all = identities({"a", "b"});
        for (qsizetype size = 5; size < all.size(); ++size) // cut anywhere: whole ones only
            QVERIFY(filteredIdentities(all.first(size), {}, false, 5).size() <= all.size());
        QCOMPARE(
            filteredIdentities(QByteArray(1, 12) + number(0xffffffffu) + number(0xffffffffu), {}, false, 5),
            identities({}));
    }

private:
    QString config() const
    {
        const QString path = m_folder.filePath(u"config"_s);
        QFile file(path);
        if (file.open(QIODevice::WriteOnly))
            file.write("Host alias\n HostName 10.1.2.3\n Port 2022\n IdentityFile ~/keys/%h-%p-%r\n"
                       " IdentityFile /k/%n%%\n IdentityFile %d/x\nHost *\n User fromfile\n");
        return path;
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestSshText)
#include "test_ssh_text.moc"
