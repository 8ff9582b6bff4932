#include "tests/session/sshd.h"

#include <atomic>
#include <thread>

using namespace tropo;
using namespace tropo::test;

/// Commands on one connection.
class TestExec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_sshd = std::make_unique<Sshd>(m_place.folder());
        m_place.knows(*m_sshd);
    }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        auto session = SshSession::connect(m_place.target(*m_sshd), {});
        QVERIFY2(session, session ? "" : qPrintable(session.error().text()));
        m_session = *session;
    }
    void cleanup() { m_session.reset(); }

    void statusOutputAndErrors()
    {
        const auto result = m_session->exec("printf out; printf err >&2; exit 7", {});
        QVERIFY(result);
        QCOMPARE(result->out, QByteArray("out"));
        QCOMPARE(result->error, QByteArray("err"));
        QCOMPARE(result->status, 7);
    }

    void endedByASignalHasNoStatus()
    {
        const auto result = m_session->exec("kill -9 $$", {});
        QVERIFY(result);
        QCOMPARE(result->status, -1);
    }

    void outputClosedLongBeforeTheEndStillGivesTheStatus()
    {
        const auto result = m_session->exec("exec >&- 2>&-; sleep 0.3; exit 5", {});
        QVERIFY(result);
        QCOMPARE(result->status, 5);
    }

    void standardInputEndsAtOnceWithoutInput()
    {
        const auto result = m_session->exec("cat; echo done", {});
        QVERIFY(result);
        QCOMPARE(result->out, QByteArray("done\n"));
    }

    void largeInput()
    {
        ExecOptions options;
        options.input = pattern(5 * 1024 * 1024);
        const auto result = m_session->exec("sha256sum", options);
        QVERIFY(result);
        QCOMPARE(result->out.first(64),
                 QCryptographicHash::hash(options.input, QCryptographicHash::Sha256).toHex());
    }

    void largeInputComesBackWhole()
    {
        ExecOptions options;
        options.input = pattern(5 * 1024 * 1024);
        const auto result = m_session->exec("cat", options);
        QVERIFY(result);
        QCOMPARE(result->out.size(), options.input.size());
        QVERIFY(result->out == options.input);
    }

    void commandThatDoesNotReadItsInput()
    {
        ExecOptions options;
        options.input = pattern(5 * 1024 * 1024);
        const auto result = m_session->exec("exit 3", options);
        QVERIFY(result);
        QCOMPARE(result->status, 3);
    }

    void largeOutput()
    {
        const auto start = Clock::now();
        const auto result = m_session->exec("head -c 20971520 /dev/zero | tr '\\0' x", {});
        QVERIFY(result);
        QCOMPARE(result->out.size(), 20 * 1024 * 1024);
        QCOMPARE(result->out.count('x'), result->out.size());
        qInfo("20 MiB out: %lld ms", static_cast<long long>(millisecondsSince(start)));
    }

    void streamedPiecesAddUpAndNothingIsKept()
    {
        ExecOptions options;
        qint64 bytes = 0;
        QByteArray errors;
        options.onOut = [&](const QByteArray &piece) { bytes += piece.size(); };
        options.onError = [&](const QByteArray &piece) { errors += piece; };
        const auto result = m_session->exec("seq 1 100000; echo e >&2", options);
        QVERIFY(result);
        QCOMPARE(bytes, qint64(588'895));
        QCOMPARE(errors, QByteArray("e\n"));
        QVERIFY(result->out.isEmpty() && result->error.isEmpty());
    }

    void piecesComeWhenTheyArePrinted()
    {
        ExecOptions options;
        const auto start = Clock::now();
        qint64 first = -1;
        options.onOut = [&](const QByteArray &) {
            if (first < 0)
                first = millisecondsSince(start);
        };
        const auto result = m_session->exec("echo a; sleep 0.8; echo b", options);
        QVERIFY(result);
        QVERIFY2(first < 500, qPrintable(QString::number(first)));
    }

    void slowReaderHoldsTheSenderBack()
    {
        ExecOptions options;
        qint64 bytes = 0;
        qsizetype largest = 0;
        options.onOut = [&](const QByteArray &piece) {
            bytes += piece.size();
            largest = std::max(largest, piece.size());
            if (bytes < 30 * 1024 * 1024)
                std::this_thread::sleep_for(20ms); // the reader is what is tested
        };
        const auto result = m_session->exec("head -c 62914560 /dev/zero", options);
        QVERIFY(result);
        QCOMPARE(bytes, qint64(60) * 1024 * 1024);
        QVERIFY2(largest <= 12 * 1024 * 1024, qPrintable(QString::number(largest)));
    }

    void outputBeyondTheBoundIsRefused()
    {
        ExecOptions options;
        options.mostBytes = 1024 * 1024;
        const auto start = Clock::now();
        const auto result = m_session->exec("yes", options);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::Limit);
        QVERIFY(millisecondsSince(start) < 2'000);
        QCOMPARE(m_session->exec("echo still", {})->out, QByteArray("still\n"));
    }

    void silenceLimit()
    {
        ExecOptions options;
        options.silence = 400ms;
        const auto start = Clock::now();
        const auto result = m_session->exec("echo a; sleep 30", options);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::Timeout);
        QVERIFY(result.error().message.contains(u"printed nothing"_s));
        QVERIFY(millisecondsSince(start) >= 400 && millisecondsSince(start) < 1'500);
        QVERIFY(m_session->isAlive()); // the machine answers, only the command did not
        QCOMPARE(m_session->exec("echo still", {})->out, QByteArray("still\n"));
    }

    void totalLimit()
    {
        ExecOptions options;
        options.limit = 500ms;
        const auto start = Clock::now();
        const auto result = m_session->exec("while :; do echo x; sleep 0.05; done", options);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::Timeout);
        QVERIFY(millisecondsSince(start) >= 500 && millisecondsSince(start) < 1'500);
    }

    void cancelWhileItRuns()
    {
        std::stop_source stop;
        ExecOptions options;
        options.stop = stop.get_token();
        Clock::time_point asked;
        std::jthread canceller([&] {
            std::this_thread::sleep_for(200ms); // lets the command start
            asked = Clock::now();
            stop.request_stop();
        });
        const auto result = m_session->exec("sleep 30", options);
        canceller.join();
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::Cancelled);
        QVERIFY(millisecondsSince(asked) < 1'000);
    }

    /// sshd keeps a session whose command still runs, and does not end it for root: once all are used up the
    /// connection says that it is of no use any more, so that a new one is made.
    void givenUpCommandsDoNotUseUpTheMachine()
    {
        for (int i = 0; i < 11; ++i) {
            ExecOptions options;
            options.limit = 150ms;
            QVERIFY(!m_session->exec("exec sleep 15", options));
        }
        const auto result = m_session->exec("echo still", {});
        QVERIFY(result || !m_session->isAlive());
        const auto anew = SshSession::connect(m_place.target(*m_sshd), {});
        QVERIFY(anew);
        QVERIFY((*anew)->exec("echo still", {}));
    }

    void thirtyAtOnceOnOneConnection()
    {
        std::atomic<int> good{0};
        std::vector<std::jthread> threads;
        const auto start = Clock::now();
        for (int i = 0; i < 30; ++i)
            threads.emplace_back([&, i] {
                const QByteArray number = QByteArray::number(i);
                const auto result = m_session->exec("sleep 0.1; echo " + number, {});
                if (result && result->out == number + '\n')
                    ++good;
            });
        threads.clear();
        QCOMPARE(good.load(), 30);
        qInfo("30 execs of 100 ms at once: %lld ms", static_cast<long long>(millisecondsSince(start)));
        QVERIFY(millisecondsSince(start) < 3'000);
    }

    /// Time in the queue behind other commands is not the command's silence.
    void waitingForATurnIsNotSilence()
    {
        std::atomic<int> good{0};
        std::vector<std::jthread> threads;
        for (int i = 0; i < 14; ++i)
            threads.emplace_back([&] {
                ExecOptions options;
                options.silence = 900ms;
                const auto result = m_session->exec("sleep 0.6", options);
                good += result ? 1 : 0;
            });
        threads.clear();
        QCOMPARE(good.load(), 14);
    }

    void fewSessionsAllowed()
    {
        Sshd narrow(m_place.folder(), "MaxSessions 2\n");
        m_place.knows(narrow);
        const auto session = SshSession::connect(m_place.target(narrow), {});
        QVERIFY(session);
        std::atomic<int> good{0};
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&] { good += (*session)->exec("sleep 0.7", {}) ? 1 : 0; });
        threads.clear();
        QCOMPARE(good.load(), 8);
    }

    void manyInARowStayQuick()
    {
        const auto start = Clock::now();
        for (int i = 0; i < 20; ++i)
            QVERIFY(m_session->exec("true", {}));
        qInfo("an exec: %.1f ms", static_cast<double>(millisecondsSince(start)) / 20);
        QVERIFY(millisecondsSince(start) < 3'000);
    }

    /// Bytes for one command that are read while another is looked at must not wait for the next wake-up.
    void sideBySideStaysQuick()
    {
        std::atomic<qint64> slowest{0};
        {
            std::vector<std::jthread> threads;
            for (int t = 0; t < 5; ++t)
                threads.emplace_back([&] {
                    for (int i = 0; i < 30; ++i) {
                        const auto start = Clock::now();
                        if (!m_session->exec("echo x; echo y >&2", {}))
                            slowest = 1'000'000;
                        slowest = std::max(slowest.load(), static_cast<qint64>(millisecondsSince(start)));
                    }
                });
        }
        qInfo("slowest of 150 execs by five threads: %lld ms", static_cast<long long>(slowest.load()));
        QVERIFY(slowest < 700);
    }

    void idleCostsNothing()
    {
        m_session->exec("true", {});
        const double before = cpuSeconds();
        std::this_thread::sleep_for(1s); // what is measured
        QVERIFY2(cpuSeconds() - before < 0.02, qPrintable(QString::number(cpuSeconds() - before)));
    }

    void waitingForACommandCostsNothing()
    {
        const double before = cpuSeconds();
        QVERIFY(m_session->exec("sleep 1.5", {}));
        qInfo("CPU of waiting 1.5 s: %.1f ms", (cpuSeconds() - before) * 1e3);
        QVERIFY2(cpuSeconds() - before < 0.04, qPrintable(QString::number(cpuSeconds() - before)));
    }

    void usageIsCounted()
    {
        const SshTraffic before = m_session->traffic();
        QVERIFY(m_session->exec("head -c 10000 /dev/zero", {}));
        const SshTraffic after = m_session->traffic();
        QCOMPARE(after.connections, 1);
        QCOMPARE(after.roundTrips - before.roundTrips, 2);
        QVERIFY(after.received - before.received >= 10'000);
        QVERIFY(before.roundTrips >= 5 && before.roundTrips <= 9);
    }

private:
    static QByteArray pattern(qsizetype size)
    {
        QByteArray text(size, Qt::Uninitialized);
        for (qsizetype i = 0; i < size; ++i)
            text[i] = static_cast<char>((i * 31 + (i >> 9)) & 0xff);
        return text;
    }

    Place m_place;
    std::unique_ptr<Sshd> m_sshd;
    std::shared_ptr<SshSession> m_session;
};

TROPO_SSHD_TEST(TestExec)
#include "test_exec.moc"
