#include "tests/session/sshd.h"

#include <atomic>
#include <csignal>
#include <thread>

using namespace tropo;
using namespace tropo::test;

/// Connections that die or fall silent.
class TestLoss : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_sshd = std::make_unique<Sshd>(m_place.folder());
        m_place.knows(*m_sshd);
        const auto session = SshSession::connect(m_place.target(*m_sshd), {});
        QVERIFY(session);
        m_session = *session;
    }
    void cleanup()
    {
        signalThem(SIGCONT);
        m_stopped.clear();
        m_session.reset();
        m_sshd.reset();
    }

    void killedWhileCommandsAndStreamsRun()
    {
        int port = 0;
        const int listening = listenOnLoopback(port);
        QList<int> streams;
        for (int i = 0; i < 5; ++i) {
            const auto fd = m_session->openTcp(u"127.0.0.1"_s, port, 5s, {});
            QVERIFY(fd);
            streams.append(*fd);
        }
        std::atomic<int> failed{0};
        std::vector<std::jthread> threads;
        for (int i = 0; i < 12; ++i) // more than run at once: some still wait for their turn
            threads.emplace_back([&] {
                const auto result = m_session->exec("sleep 60", {});
                failed += !result && result.error().kind == ErrorKind::Unreachable ? 1 : 0;
            });
        QTRY_VERIFY(m_sshd->children().size() >= 6);
        const auto start = Clock::now();
        stopThem(SIGKILL);
        threads.clear();
        for (const int fd : std::as_const(streams)) {
            char byte = 0;
            QVERIFY(::recv(fd, &byte, 1, 0) <= 0);
            ::close(fd);
        }
        qInfo("all failed after %lld ms", static_cast<long long>(millisecondsSince(start)));
        QVERIFY(millisecondsSince(start) < 1'000);
        QCOMPARE(failed.load(), 12);
        QVERIFY(!m_session->isAlive());
        const auto after = Clock::now();
        QCOMPARE(m_session->exec("true", {}).error().kind, ErrorKind::Unreachable);
        QVERIFY(!m_session->openTcp(u"127.0.0.1"_s, port, 5s, {}));
        QVERIFY(millisecondsSince(after) < 200);
        m_stopped.clear();
        ::close(listening);
    }

    void killedWhileIdleIsSeenWithoutAsking()
    {
        QVERIFY(m_session->exec("true", {}));
        stopThem(SIGKILL);
        m_stopped.clear();
        QTRY_VERIFY(!m_session->isAlive());
        const double before = cpuSeconds();
        std::this_thread::sleep_for(500ms); // what is measured
        QVERIFY(cpuSeconds() - before < 0.02);
    }

    /// A machine that vanishes says nothing: its sshd, stopped, does neither.
    void vanishedWhileIdleAndThenUsed()
    {
        QVERIFY(m_session->exec("true", {}));
        stopThem(SIGSTOP);
        ExecOptions options;
        options.silence = 1s;
        const auto start = Clock::now();
        const auto result = m_session->exec("true", options);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::Timeout);
        QVERIFY2(millisecondsSince(start) < 2'000, qPrintable(result.error().text()));
        QVERIFY(!m_session->isAlive());
    }

    /// With the ordinary limits: the machine is asked after five seconds, and given up after ten more.
    void vanishedWhileACommandRuns()
    {
        std::atomic<bool> started{false};
        ExecOptions options;
        options.onOut = [&](const QByteArray &) { started = true; };
        Result<ExecResult> result;
        Clock::time_point start;
        std::jthread command([&] { result = m_session->exec("echo x; sleep 60", options); });
        QTRY_VERIFY(started.load());
        start = Clock::now();
        stopThem(SIGSTOP);
        command.join();
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::Unreachable);
        QVERIFY2(result.error().message.contains(u"stopped answering"_s), qPrintable(result.error().text()));
        QVERIFY(millisecondsSince(start) < 18'000);
        QVERIFY(!m_session->isAlive());
    }

    /// The same question, answered, leaves a long silent command alone.
    void silentCommandOfALiveMachineGoesOn()
    {
        const auto result = m_session->exec("sleep 7; echo done", {});
        QVERIFY2(result, result ? "" : qPrintable(result.error().text()));
        QCOMPARE(result->out, QByteArray("done\n"));
    }

    void silentSessionIsDestroyedAtOnce()
    {
        ExecOptions options;
        options.limit = 300ms;
        options.input = QByteArray(8 * 1024 * 1024, 'x'); // more than the sockets take
        stopThem(SIGSTOP);
        QVERIFY(!m_session->exec("cat >/dev/null", options));
        const auto start = Clock::now();
        m_session.reset();
        QVERIFY(millisecondsSince(start) < 1'000);
    }

    /// The thread must not be held in a send to a machine that reads nothing.
    void frozenInTheMiddleOfAnUpload()
    {
        ExecOptions options;
        options.input = QByteArray(64 * 1024 * 1024, 'x');
        options.limit = 1s;
        std::jthread freezer([&] {
            std::this_thread::sleep_for(150ms); // lets the upload start
            stopThem(SIGSTOP);
        });
        QVERIFY(!m_session->exec("sleep 30; cat >/dev/null", options));
        freezer.join();
        const auto start = Clock::now();
        m_session.reset();
        QVERIFY2(millisecondsSince(start) < 1'000, qPrintable(QString::number(millisecondsSince(start))));
    }

    void cutEndsEverything()
    {
        Result<ExecResult> result;
        std::jthread command([&] { result = m_session->exec("echo x; sleep 60", {}); });
        QTRY_VERIFY(m_sshd->children().size() >= 2);
        const auto start = Clock::now();
        m_session->cut();
        command.join();
        QVERIFY(!result);
        QVERIFY(millisecondsSince(start) < 1'000);
        QVERIFY(!m_session->isAlive());
    }

    void manySessionsComeAndGo()
    {
        const int before = openDescriptors();
        for (int i = 0; i < 20; ++i) {
            const auto session = SshSession::connect(m_place.target(*m_sshd), {});
            QVERIFY(session);
            if (i % 2)
                QVERIFY((*session)->exec("true", {}));
            if (i % 3 == 0)
                (*session)->cut();
        }
        QCOMPARE(openDescriptors(), before);
    }

private:
    void stopThem(int signal)
    {
        m_stopped = m_sshd->children();
        signalThem(signal);
    }
    void signalThem(int signal) const
    {
        for (const qint64 child : m_stopped)
            ::kill(static_cast<pid_t>(child), signal);
    }

    Place m_place;
    std::unique_ptr<Sshd> m_sshd;
    std::shared_ptr<SshSession> m_session;
    QList<qint64> m_stopped;
};

TROPO_SSHD_TEST(TestLoss)
#include "test_loss.moc"
