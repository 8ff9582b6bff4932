#include "tests/session/sshd.h"

#include "ssh/collect/ssh_machine.h"

#include <atomic>
#include <csignal>
#include <thread>

using namespace tropo;
using namespace tropo::test;

/// From one sshd to another, by hand and as a configuration file says.
class TestJump : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_outer = std::make_unique<Sshd>(m_place.folder());
        m_inner = std::make_unique<Sshd>(m_place.folder());
        m_place.knows(*m_outer);
        m_place.knows(*m_inner);
        m_config = m_place.path(u"config"_s);
        const QByteArray common = " IdentityFile " + m_place.path(u"id"_s).toUtf8() +
                                  "\n IdentityAgent none\n User " + Place::userName().toUtf8() +
                                  "\n UserKnownHostsFile " + m_place.path(u"known_hosts"_s).toUtf8() + "\n";
        QVERIFY(writeFile(
            m_config, "Host outer\n HostName 127.0.0.1\n Port " + port(*m_outer) +
                          "\nHost inner\n HostName 127.0.0.1\n ProxyJump outer\n Port " + port(*m_inner) +
                          "\nHost third\n HostName 127.0.0.1\n ProxyJump outer,inner\n Port " +
                          port(*m_outer) + "\nHost round\n ProxyJump about\nHost about\n ProxyJump round\n" +
                          "Host aliased\n HostName 127.0.0.1\n HostKeyAlias other-name\n Port " +
                          port(*m_outer) + "\nHost command\n ProxyCommand nc %h %p\n" + "Host *\n" + common));
    }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        const auto session = SshSession::connect(m_place.target(*m_outer), {});
        QVERIFY(session);
        m_session = *session;
    }
    void cleanup() { m_session.reset(); }

    void throughOneToAnother()
    {
        const auto start = Clock::now();
        const auto nested = m_session->jump(m_place.target(*m_inner), {});
        QVERIFY2(nested, nested ? "" : qPrintable(nested.error().text()));
        qInfo("a jump: %lld ms", static_cast<long long>(millisecondsSince(start)));
        QCOMPARE((*nested)->exec("echo $SSH_CONNECTION", {})->out.simplified().split(' ').last(),
                 port(*m_inner));
        const QByteArray large = QByteArray(5 * 1024 * 1024, 'x');
        ExecOptions options;
        options.input = large;
        QVERIFY((*nested)->exec("cat", options)->out == large);
    }

    void nestedOneKeepsItsCarrier()
    {
        auto nested = m_session->jump(m_place.target(*m_inner), {});
        QVERIFY(nested);
        m_session.reset();
        QCOMPARE((*nested)->exec("echo hi", {})->out, QByteArray("hi\n"));
        const auto start = Clock::now();
        nested->reset();
        QVERIFY(millisecondsSince(start) < 1'000);
    }

    void twentyAtOnceWithCommands()
    {
        std::atomic<int> good{0};
        const auto start = Clock::now();
        const double cpu = cpuSeconds();
        std::vector<std::jthread> threads;
        for (int i = 0; i < 20; ++i)
            threads.emplace_back([&, i] {
                const auto nested = m_session->jump(m_place.target(*m_inner), {30s, {}, {}});
                if (!nested)
                    return;
                for (int round = 0; round < 3; ++round) {
                    const QByteArray text = QByteArray(QByteArray::number(i * 10 + round) + "!");
                    const auto result = (*nested)->exec("head -c 50000 /dev/zero; echo " + text, {});
                    good += result && result->out.size() == 50'000 + text.size() + 1 &&
                                    result->out.trimmed().endsWith(text)
                                ? 1
                                : 0;
                }
            });
        threads.clear();
        qInfo("20 jumps with 3 commands each: %lld ms, CPU here %.0f ms",
              static_cast<long long>(millisecondsSince(start)), (cpuSeconds() - cpu) * 1e3);
        QCOMPARE(good.load(), 60);
        QVERIFY(m_session->isAlive());
    }

    void carrierDiesUnderTheNested()
    {
        const auto nested = m_session->jump(m_place.target(*m_inner), {});
        QVERIFY(nested);
        Result<ExecResult> result;
        std::jthread command([&] { result = (*nested)->exec("echo x; sleep 60", {}); });
        QTRY_VERIFY(m_inner->children().size() >= 2);
        const auto start = Clock::now();
        m_session->cut();
        command.join();
        QVERIFY(!result);
        QVERIFY(millisecondsSince(start) < 1'000);
        QTRY_VERIFY(!(*nested)->isAlive());
    }

    void whereNobodyListens()
    {
        SshTarget target = m_place.target(*m_inner);
        target.port = 1;
        const auto nested = m_session->jump(target, {});
        QVERIFY(!nested);
        QCOMPARE(nested.error().kind, ErrorKind::Unreachable);
        QVERIFY2(nested.error().message.contains(u"cannot be reached from the machine"_s),
                 qPrintable(nested.error().text()));
    }

    void targetsFromAConfigurationFile()
    {
        const auto target = resolveTarget(u"inner"_s, {m_config, 10s, {}});
        QVERIFY(target);
        QCOMPARE(target->host, u"127.0.0.1"_s);
        QCOMPARE(target->port, m_inner->port());
        QCOMPARE(target->proxyJump, QStringList{u"outer"_s});
        QCOMPARE(target->identityFiles, QStringList{m_place.path(u"id"_s)});
        QCOMPARE(target->knownHostNames, QStringList{u"[127.0.0.1]:%1"_s.arg(m_inner->port())});
        QCOMPARE(target->agentSocket, QString());
        QCOMPARE(target->configFile, m_config);
        const auto aliased = resolveTarget(u"aliased"_s, {m_config, 10s, {}});
        QCOMPARE(aliased->knownHostNames, QStringList{u"other-name"_s});
    }

    void hopsComeFromTheSameFile_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("where");
        QTest::newRow("outer") << u"outer"_s << port(*m_outer);
        QTest::newRow("inner") << u"inner"_s << port(*m_inner);
        QTest::newRow("third") << u"third"_s << port(*m_outer);
    }
    void hopsComeFromTheSameFile()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, where);
        const auto target = resolveTarget(name, {m_config, 10s, {}});
        QVERIFY(target);
        const auto session = SshSession::connect(*target, {20s, {}, {}});
        QVERIFY2(session, session ? "" : qPrintable(session.error().text()));
        QCOMPARE((*session)->exec("echo $SSH_CONNECTION", {})->out.simplified().split(' ').last(), where);
    }

    void circleOfHops()
    {
        const auto target = resolveTarget(u"round"_s, {m_config, 10s, {}});
        QVERIFY(target);
        const auto session = SshSession::connect(*target, {20s, {}, {}});
        QVERIFY(!session);
        QVERIFY2(session.error().message.contains(u"circle"_s), qPrintable(session.error().text()));
    }

    void proxyCommandOfAConfigurationFile()
    {
        const auto target = resolveTarget(u"command"_s, {m_config, 10s, {}});
        QVERIFY(target);
        QCOMPARE(SshSession::connect(*target, {}).error().kind, ErrorKind::Unsupported);
    }

    void configurationFileThatIsMissing()
    {
        const auto target = resolveTarget(u"inner"_s, {m_place.path(u"no-config"_s), 10s, {}});
        QVERIFY(!target);
        QCOMPARE(target.error().kind, ErrorKind::Usage);
    }

    /// As the collector uses it.
    void machineAndItsGuest()
    {
        const RemoteConnector connector = sshConnector({m_config, 10s, {}});
        const auto machine = connector(u"outer"_s, {});
        QVERIFY2(machine, machine ? "" : qPrintable(machine.error().text()));
        const auto guest = (*machine)->jump({u"inner"_s, u"127.0.0.1"_s, {}}, {});
        QVERIFY2(guest, guest ? "" : qPrintable(guest.error().text()));
        QByteArray out;
        RemoteCommand command;
        command.line = "cat; exit 4";
        command.input = "text";
        command.onOutput = [&](QByteArrayView piece) { out += piece; };
        const auto status = (*guest)->run(command, {});
        QVERIFY(status);
        QCOMPARE(*status, 4);
        QCOMPARE(out, QByteArray("text"));
        QVERIFY((*guest)->isAlive());
        QVERIFY((*guest)->usage().bytesReceived > 4);
        m_inner->children();
        for (const qint64 child : m_inner->children())
            ::kill(static_cast<pid_t>(child), SIGKILL);
        QTRY_VERIFY(!(*guest)->isAlive());
        QVERIFY((*machine)->isAlive());
    }

private:
    static QByteArray port(const Sshd &sshd) { return QByteArray::number(sshd.port()); }

    Place m_place;
    std::unique_ptr<Sshd> m_outer;
    std::unique_ptr<Sshd> m_inner;
    std::shared_ptr<SshSession> m_session;
    QString m_config;
};

TROPO_SSHD_TEST(TestJump)
#include "test_jump.moc"
