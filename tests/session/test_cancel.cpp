#include "tests/session/fake_agent.h"
#include "tests/session/sshd.h"

#include <csignal>

using namespace tropo;
using namespace tropo::test;

/// Limits and cancelling, at each phase of a connection.
class TestCancel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_sshd = std::make_unique<Sshd>(m_place.folder());
        m_place.knows(*m_sshd);
        m_agent = std::make_unique<FakeAgent>(m_place.path(u"hanging"_s), false);
        m_silent = listenOnLoopback(m_silentPort);
        m_full = listenOnLoopback(m_fullPort, 0);
        // With the queue full, Linux drops what comes: a connection hangs as with a black hole.
        for (int i = 0; i < 3; ++i) {
            const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
            sockaddr_in address{};
            address.sin_family = AF_INET;
            address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
            address.sin_port = htons(static_cast<std::uint16_t>(m_fullPort));
            ::connect(fd, reinterpret_cast<sockaddr *>(&address), sizeof address);
            m_fillers.push_back(fd);
        }
        m_banner = listenOnLoopback(m_bannerPort);
        m_bannerThread = std::jthread([this] {
            for (int fd = ::accept(m_banner, nullptr, nullptr); fd >= 0;
                 fd = ::accept(m_banner, nullptr, nullptr)) {
                [[maybe_unused]] const auto put = ::write(fd, "SSH-2.0-OpenSSH_9.2\r\n", 21);
                m_fillers.push_back(fd);
            }
        });
    }
    void cleanupTestCase()
    {
        ::shutdown(m_banner, SHUT_RDWR);
        m_bannerThread = {};
        for (const int fd : m_fillers)
            ::close(fd);
        for (const int fd : {m_silent, m_full, m_banner})
            ::close(fd);
    }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void phases_data()
    {
        QTest::addColumn<QString>("phase");
        for (const char *phase : {"black hole", "says nothing", "banner only", "hung agent"})
            QTest::newRow(phase) << QString::fromLatin1(phase);
    }

    void phases()
    {
        QFETCH(QString, phase);
        const SshTarget target = targetFor(phase);
        std::stop_source stop;
        Clock::time_point asked;
        std::jthread canceller([&] {
            std::this_thread::sleep_for(300ms); // lets it get there
            asked = Clock::now();
            stop.request_stop();
        });
        const int before = openDescriptors();
        const auto session = SshSession::connect(target, {20s, stop.get_token(), {}});
        const qint64 took = millisecondsSince(asked);
        canceller.join();
        QVERIFY(!session);
        QCOMPARE(session.error().kind, ErrorKind::Cancelled);
        QVERIFY2(took < 1'000, qPrintable(QString::number(took)));
        if (phase != u"banner only" && phase != u"hung agent") // whose other ends are held here
            QCOMPARE(openDescriptors(), before);
    }

    void limits_data() { phases_data(); }

    void limits()
    {
        QFETCH(QString, phase);
        if (phase == u"hung agent") // its limit leaves the identity files their turn
            return;
        const auto start = Clock::now();
        const auto session = SshSession::connect(targetFor(phase), {700ms, {}, {}});
        QVERIFY(!session);
        QCOMPARE(session.error().kind, ErrorKind::Timeout);
        QVERIFY2(millisecondsSince(start) >= 600 && millisecondsSince(start) < 1'700,
                 qPrintable(QString::number(millisecondsSince(start))));
    }

    void hungAgentIsWithinTheWholeLimit()
    {
        SshTarget target = targetFor(u"hung agent"_s);
        target.identityFiles.clear();
        const auto start = Clock::now();
        QVERIFY(!SshSession::connect(target, {1s, {}, {}}));
        QVERIFY2(millisecondsSince(start) < 2'000, qPrintable(QString::number(millisecondsSince(start))));
    }

    void whileTheAskerWaits()
    {
        SshTarget target = m_place.target(*m_sshd);
        target.knownHostsFiles = {m_place.path(u"none"_s)};
        std::stop_source stop;
        Clock::time_point asked;
        ConnectOptions options{20s, stop.get_token(), {}};
        options.asker = [&](const HostKeyQuestion &, const std::stop_token &token) {
            asked = Clock::now();
            stop.request_stop();
            std::mutex mutex;
            std::unique_lock lock(mutex);
            std::condition_variable_any never;
            never.wait(lock, token, [] { return false; });
            return HostKeyAnswer::Refuse;
        };
        const auto session = SshSession::connect(target, options);
        QVERIFY(!session);
        QCOMPARE(session.error().kind, ErrorKind::Cancelled);
        QVERIFY(millisecondsSince(asked) < 1'000);
    }

    void timeOfThePersonAskedDoesNotCount()
    {
        SshTarget target = m_place.target(*m_sshd);
        target.knownHostsFiles = {m_place.path(u"none"_s)};
        ConnectOptions options{2s, {}, {}};
        options.asker = [](const HostKeyQuestion &, const std::stop_token &) {
            std::this_thread::sleep_for(2500ms); // a person reads
            return HostKeyAnswer::Once;
        };
        const auto session = SshSession::connect(target, options);
        QVERIFY2(session, session ? "" : qPrintable(session.error().text()));
    }

    /// libssh itself would sleep on after a write that failed.
    void frozenInTheMiddle_data()
    {
        QTest::addColumn<bool>("stops");
        QTest::newRow("limit") << false;
        QTest::newRow("cancelled") << true;
    }
    void frozenInTheMiddle()
    {
        QFETCH(bool, stops);
        Sshd sshd(m_place.folder());
        SshTarget target = m_place.target(sshd);
        target.knownHostsFiles = {m_place.path(u"none"_s)};
        std::stop_source stop;
        Clock::time_point asked;
        QList<qint64> frozen;
        ConnectOptions options{stops ? 20s : 1s, stop.get_token(), {}};
        options.asker = [&](const HostKeyQuestion &, const std::stop_token &) {
            frozen = sshd.children();
            for (const qint64 child : std::as_const(frozen))
                ::kill(static_cast<pid_t>(child), SIGSTOP);
            return HostKeyAnswer::Once;
        };
        std::jthread canceller([&] {
            std::this_thread::sleep_for(700ms); // lets it get there
            asked = Clock::now();
            if (stops)
                stop.request_stop();
        });
        const auto session = SshSession::connect(target, options);
        canceller.join();
        for (const qint64 child : std::as_const(frozen))
            ::kill(static_cast<pid_t>(child), SIGCONT);
        QVERIFY(!frozen.isEmpty());
        QVERIFY(!session);
        QCOMPARE(session.error().kind, stops ? ErrorKind::Cancelled : ErrorKind::Timeout);
        QVERIFY2(millisecondsSince(asked) < 1'300, qPrintable(QString::number(millisecondsSince(asked))));
    }

    void stoppedBeforeItStarted()
    {
        std::stop_source stop;
        stop.request_stop();
        const auto session = SshSession::connect(m_place.target(*m_sshd), {20s, stop.get_token(), {}});
        QVERIFY(!session);
        QCOMPARE(session.error().kind, ErrorKind::Cancelled);
    }

    void stoppedBeforeTheCommand()
    {
        const auto session = SshSession::connect(m_place.target(*m_sshd), {});
        QVERIFY(session);
        std::stop_source stop;
        stop.request_stop();
        ExecOptions options;
        options.stop = stop.get_token();
        QCOMPARE((*session)->exec("sleep 5", options).error().kind, ErrorKind::Cancelled);
        QVERIFY((*session)->exec("true", {}));
    }

    void whileAStreamOpens()
    {
        const auto session = SshSession::connect(m_place.target(*m_sshd), {});
        QVERIFY(session);
        std::stop_source stop;
        Clock::time_point asked;
        std::jthread canceller([&] {
            std::this_thread::sleep_for(300ms); // lets it get there
            asked = Clock::now();
            stop.request_stop();
        });
        const auto stream = (*session)->openTcp(u"127.0.0.1"_s, m_fullPort, 20s, stop.get_token());
        canceller.join();
        QVERIFY(!stream);
        QCOMPARE(stream.error().kind, ErrorKind::Cancelled);
        QVERIFY(millisecondsSince(asked) < 1'000);
        // The channel that may yet open disturbs nobody.
        QVERIFY((*session)->exec("true", {}));
        const auto start = Clock::now();
        QVERIFY(!(*session)->openTcp(u"127.0.0.1"_s, m_fullPort, 400ms, {}));
        QVERIFY(millisecondsSince(start) < 1'400);
        QVERIFY((*session)->exec("true", {}));
    }

    void duringAJump()
    {
        const auto carrier = SshSession::connect(m_place.target(*m_sshd), {});
        QVERIFY(carrier);
        for (const QString &phase : {u"black hole"_s, u"says nothing"_s, u"banner only"_s, u"hung agent"_s}) {
            std::stop_source stop;
            Clock::time_point asked;
            std::jthread canceller([&] {
                std::this_thread::sleep_for(400ms); // lets it get there
                asked = Clock::now();
                stop.request_stop();
            });
            const auto session = (*carrier)->jump(targetFor(phase), {20s, stop.get_token(), {}});
            const qint64 took = millisecondsSince(asked);
            canceller.join();
            QVERIFY(!session);
            QCOMPARE(session.error().kind, ErrorKind::Cancelled);
            QVERIFY2(took < 1'000, qPrintable(phase));
        }
        QVERIFY((*carrier)->exec("true", {}));
    }

private:
    SshTarget targetFor(const QString &phase) const
    {
        SshTarget target = m_place.target(*m_sshd);
        if (phase == u"black hole")
            target.port = m_fullPort;
        else if (phase == u"says nothing")
            target.port = m_silentPort;
        else if (phase == u"banner only")
            target.port = m_bannerPort;
        else
            target.agentSocket = m_agent->path();
        return target;
    }

    Place m_place;
    std::unique_ptr<Sshd> m_sshd;
    std::unique_ptr<FakeAgent> m_agent;
    int m_silent = -1;
    int m_silentPort = 0;
    int m_full = -1;
    int m_fullPort = 0;
    int m_banner = -1;
    int m_bannerPort = 0;
    std::jthread m_bannerThread;
    std::vector<int> m_fillers;
};

TROPO_SSHD_TEST(TestCancel)
#include "test_cancel.moc"
