#include "tests/session/fake_agent.h"
#include "tests/session/sshd.h"

#include "ssh/session/known_hosts.h"

#include <signal.h>
#include <sys/un.h>

using namespace tropo;
using namespace tropo::test;

/// Keys, agents and host keys, on a real sshd and a real ssh-agent.
class TestConnect : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_sshd = std::make_unique<Sshd>(m_place.folder());
        m_place.knows(*m_sshd);
        for (int i = 0; i < 8; ++i)
            m_place.makeKey(u"other%1"_s.arg(i));
    }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void byIdentityFile()
    {
        const auto session = SshSession::connect(m_place.target(*m_sshd), {});
        QVERIFY2(session, qPrintable(said(session)));
        QCOMPARE((*session)->exec("echo hi", {})->out, QByteArray("hi\n"));
        QVERIFY((*session)->isAlive());
    }

    void byEveryTypeOfKey_data()
    {
        QTest::addColumn<QString>("type");
        for (const char *type : {"rsa", "ecdsa", "ed25519"})
            QTest::newRow(type) << QString::fromLatin1(type);
    }
    void byEveryTypeOfKey()
    {
        QFETCH(QString, type);
        const QString key = m_place.makeKey(u"user_"_s + type, type);
        const Sshd sshd(m_place.folder(), "AuthorizedKeysFile " + key.toUtf8() + ".pub\n", {type});
        m_place.knows(sshd);
        const auto session = SshSession::connect(m_place.target(sshd, u"user_"_s + type), {});
        QVERIFY2(session, qPrintable(said(session)));
        QVERIFY((*session)->exec("true", {}));
    }

    void wrongKeyIsRefusedWithWhatToDo()
    {
        const auto session = SshSession::connect(m_place.target(*m_sshd, u"other0"_s), {});
        QVERIFY(!session);
        QCOMPARE(session.error().kind, ErrorKind::Refused);
        QVERIFY2(said(session).contains(u"ssh-add"_s) && said(session).contains(u"other0"_s),
                 qPrintable(said(session)));
    }

    void noKeyAtAll()
    {
        const auto session = SshSession::connect(m_place.target(*m_sshd, {}), {});
        QVERIFY(!session);
        QCOMPARE(session.error().kind, ErrorKind::Refused);
        QVERIFY2(said(session).contains(u"no agent"_s), qPrintable(said(session)));
    }

    void keyWithAPassphraseAndNoAgent()
    {
        const QString key = m_place.makeKey(u"locked"_s, u"ed25519"_s, u"secret"_s);
        const auto session = SshSession::connect(m_place.target(*m_sshd, u"locked"_s), {});
        QVERIFY(!session);
        QCOMPARE(session.error().kind, ErrorKind::Refused);
        QVERIFY2(said(session).contains(key + u" could not be read or has a passphrase: run ssh-add"_s),
                 qPrintable(said(session)));
    }

    void byAgent()
    {
        const Agent agent(m_place, {u"id"_s});
        SshTarget target = m_place.target(*m_sshd, {});
        target.agentSocket = agent.socket();
        const auto session = SshSession::connect(target, {});
        QVERIFY2(session, qPrintable(said(session)));
        QVERIFY((*session)->exec("true", {}));
    }

    void byAgentWithRsaAndEcdsa()
    {
        for (const QString &type : {u"rsa"_s, u"ecdsa"_s}) {
            const QString key = m_place.makeKey(u"agent_"_s + type, type);
            const Sshd sshd(m_place.folder(), "AuthorizedKeysFile " + key.toUtf8() + ".pub\n");
            m_place.knows(sshd);
            const Agent agent(m_place, {u"agent_"_s + type});
            SshTarget target = m_place.target(sshd, {});
            target.agentSocket = agent.socket();
            const auto session = SshSession::connect(target, {});
            QVERIFY2(session, qPrintable(type + said(session)));
        }
    }

    /// ssh itself fails here with "Too many authentication failures".
    void agentWithEightKeysOffersTheNamedOneFirst()
    {
        const Agent agent(m_place, others() + QStringList{u"id"_s});
        SshTarget target = m_place.target(*m_sshd);
        target.agentSocket = agent.socket();
        QFile::rename(m_place.path(u"id"_s), m_place.path(u"id.away"_s)); // only its .pub is left
        auto session = SshSession::connect(target, {});
        target.identitiesOnly = true;
        auto only = SshSession::connect(target, {});
        QFile::rename(m_place.path(u"id.away"_s), m_place.path(u"id"_s));
        QVERIFY2(session, qPrintable(said(session)));
        QVERIFY2(only, qPrintable(said(only)));
    }

    void agentWithEightWrongKeysStillLetsTheFileDecide()
    {
        const Agent agent(m_place, others());
        SshTarget target = m_place.target(*m_sshd);
        target.agentSocket = agent.socket();
        const auto session = SshSession::connect(target, {});
        QVERIFY2(session, qPrintable(said(session)));
    }

    void identitiesOnlyOffersNothingElse()
    {
        const Agent agent(m_place, {u"id"_s});
        SshTarget target = m_place.target(*m_sshd, u"other1"_s);
        target.agentSocket = agent.socket();
        target.identitiesOnly = true;
        QVERIFY(!SshSession::connect(target, {}));
        target.identitiesOnly = false;
        QVERIFY(SshSession::connect(target, {}));
    }

    void lockedKeyInTheAgentWithoutItsPublicFile()
    {
        m_place.makeKey(u"locked2"_s, u"ed25519"_s, {});
        const Sshd sshd(m_place.folder(),
                        "AuthorizedKeysFile " + m_place.path(u"allowed2"_s).toUtf8() + '\n');
        m_place.knows(sshd);
        QFile::rename(m_place.path(u"locked2.pub"_s), m_place.path(u"allowed2"_s));
        const Agent agent(m_place, others() + QStringList{u"locked2"_s});
        runProgram(u"ssh-keygen"_s,
                   {u"-q"_s, u"-p"_s, u"-N"_s, u"secret"_s, u"-f"_s, m_place.path(u"locked2"_s)});
        SshTarget target = m_place.target(sshd, u"locked2"_s);
        target.agentSocket = agent.socket();
        target.identitiesOnly = true;
        const auto session = SshSession::connect(target, {});
        QVERIFY2(session, qPrintable(said(session)));
    }

    void agentThatIsGone()
    {
        SshTarget target = m_place.target(*m_sshd);
        target.agentSocket = m_place.path(u"no-such-agent"_s);
        const auto session = SshSession::connect(target, {});
        QVERIFY2(session, qPrintable(said(session)));
    }

    /// A write to it must not raise SIGPIPE, which would end the program.
    void agentThatHangsUp()
    {
        QVERIFY(::signal(SIGPIPE, SIG_DFL) != SIG_ERR);
        const FakeAgent agent(m_place.path(u"hanging-up"_s), true);
        SshTarget target = m_place.target(*m_sshd);
        target.agentSocket = agent.path();
        const auto session = SshSession::connect(target, {});
        QVERIFY2(session, qPrintable(said(session)));
    }

    void agentThatHangsLeavesTheFilesToDecide()
    {
        const FakeAgent agent(m_place.path(u"hanging"_s), false);
        SshTarget target = m_place.target(*m_sshd);
        target.agentSocket = agent.path();
        const auto start = Clock::now();
        const auto session = SshSession::connect(target, {});
        QVERIFY2(session, qPrintable(said(session)));
        QVERIFY(millisecondsSince(start) < 8'000);
    }

    void unknownHostKeyIsRefusedWithoutAnAsker()
    {
        SshTarget target = m_place.target(*m_sshd);
        target.knownHostsFiles = {m_place.path(u"none"_s)};
        const auto session = SshSession::connect(target, {});
        QVERIFY(!session);
        QCOMPARE(session.error().kind, ErrorKind::Refused);
        QVERIFY(said(session).contains(u"is not in known_hosts"_s));
        QVERIFY(!QFile::exists(m_place.path(u"none"_s)));
    }

    void askerSeesTheKeyAndOnceIsNotWritten()
    {
        SshTarget target = m_place.target(*m_sshd);
        target.knownHostsFiles = {m_place.path(u"once"_s)};
        ConnectOptions options;
        HostKeyQuestion asked;
        options.asker = [&](const HostKeyQuestion &question, const std::stop_token &) {
            asked = question;
            return HostKeyAnswer::Once;
        };
        QVERIFY(SshSession::connect(target, options));
        QCOMPARE(asked.host, u"[127.0.0.1]:%1"_s.arg(m_sshd->port()));
        QCOMPARE(asked.keyType, u"ssh-ed25519"_s);
        QCOMPARE(asked.file, m_place.path(u"once"_s));
        const QByteArray printed =
            runProgram(u"ssh-keygen"_s, {u"-l"_s, u"-f"_s, u"/dev/stdin"_s}, m_sshd->hostKey());
        QVERIFY2(printed.contains(asked.fingerprint.toUtf8()), printed.constData());
        QVERIFY(!QFile::exists(m_place.path(u"once"_s)));
    }

    void rememberedKeyIsTakenByThisAndBySsh()
    {
        SshTarget target = m_place.target(*m_sshd);
        const QString file = m_place.path(u"new/known_hosts"_s);
        target.knownHostsFiles = {file};
        ConnectOptions options;
        options.asker = [](const HostKeyQuestion &, const std::stop_token &) {
            return HostKeyAnswer::Remember;
        };
        QVERIFY(SshSession::connect(target, options));
        QVERIFY(SshSession::connect(target, {}));
        QCOMPARE(QFile::permissions(file) & ~(QFile::ReadUser | QFile::WriteUser),
                 QFile::ReadOwner | QFile::WriteOwner);
        QVERIFY(bySsh(file).contains("from-ssh"));
    }

    void rememberedBehindAFileWithoutALastLineEnd()
    {
        SshTarget target = m_place.target(*m_sshd);
        const QString file = m_place.path(u"unended"_s);
        QVERIFY(writeFile(file, "somehost ssh-ed25519 AAAA"));
        target.knownHostsFiles = {file};
        ConnectOptions options;
        options.asker = [](const HostKeyQuestion &, const std::stop_token &) {
            return HostKeyAnswer::Remember;
        };
        QVERIFY(SshSession::connect(target, options));
        QVERIFY(readFile(file).startsWith("somehost ssh-ed25519 AAAA\n[127.0.0.1]:"));
        QVERIFY(SshSession::connect(target, {}));
    }

    void changedKeyIsNeverAskedAbout()
    {
        SshTarget target = m_place.target(*m_sshd);
        const QString file = m_place.path(u"changed"_s);
        const QByteArray other = readFile(m_place.path(u"other0.pub"_s)).split(' ')[1];
        QVERIFY(writeFile(file, "# a comment\n[127.0.0.1]:" + QByteArray::number(m_sshd->port()) +
                                    " ssh-ed25519 " + other + '\n'));
        target.knownHostsFiles = {file};
        ConnectOptions options;
        options.asker = [](const HostKeyQuestion &, const std::stop_token &) {
            return HostKeyAnswer::Remember;
        };
        const auto session = SshSession::connect(target, options);
        QVERIFY(!session);
        QCOMPARE(session.error().kind, ErrorKind::Refused);
        QVERIFY2(said(session).contains(u"has changed"_s) && said(session).contains(u"line 2 of "_s + file),
                 qPrintable(said(session)));
    }

    void revokedKeyIsRefusedEvenWhereItIsKnown()
    {
        SshTarget target = m_place.target(*m_sshd);
        const QString file = m_place.path(u"revoked"_s);
        QVERIFY(writeFile(file, m_sshd->knownHostsLine() + "@revoked * " +
                                    m_sshd->hostKey().split(' ').first(2).join(' ') + '\n'));
        target.knownHostsFiles = {file};
        const auto session = SshSession::connect(target, {});
        QVERIFY(!session);
        QVERIFY(said(session).contains(u"@revoked"_s));
    }

    void hashedBySsh()
    {
        SshTarget target = m_place.target(*m_sshd);
        const QString file = m_place.path(u"hashed"_s);
        QVERIFY(writeFile(file, m_sshd->knownHostsLine()));
        runProgram(u"ssh-keygen"_s, {u"-q"_s, u"-H"_s, u"-f"_s, file});
        QVERIFY(readFile(file).startsWith("|1|"));
        target.knownHostsFiles = {file};
        const auto session = SshSession::connect(target, {});
        QVERIFY2(session, qPrintable(said(session)));
    }

    /// The server has several keys; the one that is known is asked for.
    void knownTypeIsAskedForFirst()
    {
        const Sshd sshd(m_place.folder(), {}, {u"rsa"_s, u"ecdsa"_s, u"ed25519"_s});
        m_place.knows(sshd); // its rsa key
        const auto session = SshSession::connect(m_place.target(sshd), {});
        QVERIFY2(session, qPrintable(said(session)));
    }

    void closedPort()
    {
        int port = 0;
        ::close(listenOnLoopback(port));
        SshTarget target = m_place.target(*m_sshd);
        target.port = port;
        const auto session = SshSession::connect(target, {});
        QVERIFY(!session);
        QCOMPARE(session.error().kind, ErrorKind::Unreachable);
        QVERIFY2(said(session).contains(u"port %1"_s.arg(port)), qPrintable(said(session)));
    }

    void unknownName()
    {
        SshTarget target = m_place.target(*m_sshd);
        target.host = u"no-such-host.invalid"_s;
        const auto session = SshSession::connect(target, {});
        QVERIFY(!session);
        QVERIFY(session.error().kind == ErrorKind::Unreachable || session.error().kind == ErrorKind::Timeout);
    }

    void proxyCommandIsSaidToBeUnsupported()
    {
        SshTarget target = m_place.target(*m_sshd);
        target.proxyCommand = u"nc %h %p"_s;
        QCOMPARE(SshSession::connect(target, {}).error().kind, ErrorKind::Unsupported);
    }

    /// Neither a leak nor a descriptor closed twice, whichever way it fails.
    void descriptorsAfterManyConnections_data()
    {
        QTest::addColumn<QString>("way");
        for (const char *way :
             {"good", "wrong key", "unknown host key", "closed port", "hangs up", "not ssh"})
            QTest::newRow(way) << QString::fromLatin1(way);
    }
    void descriptorsAfterManyConnections()
    {
        QFETCH(QString, way);
        const Sshd sshd(m_place.folder());
        m_place.knows(sshd);
        SshTarget target = m_place.target(sshd, way == u"wrong key" ? u"other0"_s : u"id"_s);
        const Agent agent(m_place, {u"other1"_s});
        target.agentSocket = agent.socket();
        if (way == u"unknown host key")
            target.knownHostsFiles.clear();
        int listening = -1;
        std::jthread server;
        if (way == u"hangs up" || way == u"not ssh" || way == u"closed port") {
            listening = listenOnLoopback(target.port, 64);
            if (way == u"closed port")
                ::close(std::exchange(listening, -1));
            else
                server = std::jthread([listening, talk = way == u"not ssh"] {
                    for (int fd = ::accept(listening, nullptr, nullptr); fd >= 0;
                         fd = ::accept(listening, nullptr, nullptr)) {
                        if (talk) [[maybe_unused]]
                            const auto put = ::write(fd, "HTTP/1.0 400 Bad\r\n\r\n", 20);
                        ::close(fd);
                    }
                });
        }
        SshSession::connect(target, {}); // what is opened once for all
        const int before = openDescriptors();
        for (int i = 0; i < 50; ++i)
            QCOMPARE(SshSession::connect(target, {}).has_value(), way == u"good");
        const int after = openDescriptors();
        if (listening >= 0)
            ::shutdown(listening, SHUT_RDWR);
        server = {};
        ::close(listening);
        QCOMPARE(after, before);
    }

private:
    /// A real ssh-agent with keys.
    class Agent
    {
    public:
        Agent(const Place &place, const QStringList &keys)
        {
            static int count = 0;
            m_socket = place.path(u"agent%1"_s.arg(++count));
            m_process.start(u"ssh-agent"_s, {u"-D"_s, u"-a"_s, m_socket});
            // The socket is there before the agent listens on it.
            QTRY_VERIFY(listens(m_socket));
            QProcess add;
            QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
            environment.insert(u"SSH_AUTH_SOCK"_s, m_socket);
            add.setProcessEnvironment(environment);
            QStringList paths;
            for (const QString &key : keys)
                paths.append(place.path(key));
            add.start(u"ssh-add"_s, QStringList{u"-q"_s} + paths);
            QVERIFY(add.waitForFinished(10'000) && add.exitCode() == 0);
        }
        ~Agent()
        {
            m_process.terminate();
            m_process.waitForFinished(5'000);
        }
        QString socket() const { return m_socket; }

    private:
        static bool listens(const QString &path)
        {
            const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
            sockaddr_un address{};
            address.sun_family = AF_UNIX;
            qstrncpy(address.sun_path, path.toLocal8Bit().constData(), sizeof address.sun_path);
            const bool taken = ::connect(fd, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0;
            ::close(fd);
            return taken;
        }

        QProcess m_process;
        QString m_socket;
    };

    static QString said(const Result<std::shared_ptr<SshSession>> &session)
    {
        return session ? QString() : session.error().text();
    }

    static QStringList others()
    {
        QStringList names;
        for (int i = 0; i < 8; ++i)
            names.append(u"other%1"_s.arg(i));
        return names;
    }

    QByteArray bySsh(const QString &knownHosts) const
    {
        return runProgram(u"ssh"_s,
                          {u"-F"_s, u"/dev/null"_s, u"-oBatchMode=yes"_s, u"-oStrictHostKeyChecking=yes"_s,
                           u"-oIdentityAgent=none"_s, u"-oGlobalKnownHostsFile=/dev/null"_s,
                           u"-oUserKnownHostsFile="_s + knownHosts, u"-i"_s, m_place.path(u"id"_s), u"-p"_s,
                           QString::number(m_sshd->port()), Place::userName() + u"@127.0.0.1"_s,
                           u"echo from-ssh"_s});
    }

    Place m_place;
    std::unique_ptr<Sshd> m_sshd;
};

TROPO_SSHD_TEST(TestConnect)
#include "test_connect.moc"
