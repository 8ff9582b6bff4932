#include "tests/session/sshd.h"

#include "ssh/session/local_forward.h"

#include <atomic>
#include <poll.h>
#include <sys/un.h>
#include <thread>

using namespace tropo;
using namespace tropo::test;

namespace {

sockaddr_un unixAddress(const QString &path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const QByteArray name = QFile::encodeName(path);
    std::memcpy(address.sun_path, name.constData(), static_cast<std::size_t>(name.size()));
    return address;
}

/// Sends back what it gets, and ends when the other side has ended; "hello" first where it greets.
class EchoServer
{
public:
    explicit EchoServer(const QString &path, bool onlyGreets = false)
    {
        const sockaddr_un address = unixAddress(path);
        m_listening = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        ::bind(m_listening, reinterpret_cast<const sockaddr *>(&address), sizeof address);
        ::listen(m_listening, 64);
        start(onlyGreets);
    }
    explicit EchoServer(int &port) : m_listening(listenOnLoopback(port)) { start(false); }
    ~EchoServer()
    {
        ::shutdown(m_listening, SHUT_RDWR);
        m_thread.join();
        m_clients.clear();
        ::close(m_listening);
    }
    EchoServer(const EchoServer &) = delete;
    EchoServer &operator=(const EchoServer &) = delete;
    int open() const { return m_open; }

private:
    void start(bool onlyGreets)
    {
        m_thread = std::jthread([this, onlyGreets] {
            for (int fd = ::accept(m_listening, nullptr, nullptr); fd >= 0;
                 fd = ::accept(m_listening, nullptr, nullptr))
                m_clients.emplace_back([this, fd, onlyGreets] { serve(fd, onlyGreets); });
        });
    }
    void serve(int fd, bool onlyGreets)
    {
        ++m_open;
        std::vector<char> buffer(65536);
        if (onlyGreets)
            ::send(fd, "hello", 5, MSG_NOSIGNAL);
        for (ssize_t got = onlyGreets ? 0 : ::recv(fd, buffer.data(), buffer.size(), 0); got > 0;
             got = ::recv(fd, buffer.data(), buffer.size(), 0))
            if (::send(fd, buffer.data(), static_cast<std::size_t>(got), MSG_NOSIGNAL) != got)
                break;
        ::close(fd);
        --m_open;
    }

    int m_listening;
    std::atomic<int> m_open{0};
    std::vector<std::jthread> m_clients;
    std::jthread m_thread;
};

QByteArray pattern(qsizetype size)
{
    QByteArray text(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        text[i] = static_cast<char>((i * 31 + (i >> 9)) & 0xff);
    return text;
}

QByteArray readToEnd(int fd)
{
    QByteArray text;
    std::vector<char> buffer(65536);
    for (ssize_t got = ::recv(fd, buffer.data(), buffer.size(), 0); got > 0;
         got = ::recv(fd, buffer.data(), buffer.size(), 0))
        text.append(buffer.data(), got);
    return text;
}

/// Sends all, then the end, while it reads: what comes back.
QByteArray exchange(int fd, const QByteArray &text)
{
    std::jthread writer([&] {
        qsizetype at = 0;
        while (at < text.size()) {
            const ssize_t put =
                ::send(fd, text.constData() + at, static_cast<std::size_t>(text.size() - at), MSG_NOSIGNAL);
            if (put <= 0)
                break;
            at += put;
        }
        ::shutdown(fd, SHUT_WR);
    });
    return readToEnd(fd);
}

} // namespace

/// Streams to sockets and ports of the machine.
class TestStream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_sshd = std::make_unique<Sshd>(m_place.folder(), "LogLevel ERROR\n");
        m_rekeying = std::make_unique<Sshd>(m_place.folder(), "RekeyLimit 1M\n");
        m_place.knows(*m_sshd);
        m_place.knows(*m_rekeying);
    }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        const auto session = SshSession::connect(m_place.target(*m_sshd), {});
        QVERIFY(session);
        m_session = *session;
    }
    void cleanup() { m_session.reset(); }

    void largeBothWaysThroughAUnixSocket()
    {
        const EchoServer echo(m_place.path(u"echo1"_s));
        const auto fd = m_session->openUnixSocket(m_place.path(u"echo1"_s), 5s, {});
        QVERIFY(fd);
        const QByteArray text = pattern(16 * 1024 * 1024);
        const auto start = Clock::now();
        QVERIFY(exchange(*fd, text) == text);
        qInfo("16 MiB there and back: %lld ms", static_cast<long long>(millisecondsSince(start)));
        ::close(*fd);
    }

    void largeBothWaysThroughAPort()
    {
        int port = 0;
        const EchoServer echo(port);
        const auto fd = m_session->openTcp(u"127.0.0.1"_s, port, 5s, {});
        QVERIFY(fd);
        const QByteArray text = pattern(4 * 1024 * 1024);
        QVERIFY(exchange(*fd, text) == text);
        ::close(*fd);
    }

    /// While keys are exchanged anew libssh takes no bytes: none may be lost.
    void whileKeysAreExchangedAnew()
    {
        const auto session = SshSession::connect(m_place.target(*m_rekeying), {});
        QVERIFY(session);
        const EchoServer echo(m_place.path(u"echo2"_s));
        const auto fd = (*session)->openUnixSocket(m_place.path(u"echo2"_s), 5s, {});
        QVERIFY(fd);
        const QByteArray text = pattern(8 * 1024 * 1024);
        QVERIFY(exchange(*fd, text) == text);
        ::close(*fd);
        ExecOptions options;
        options.input = text;
        const auto result = (*session)->exec("cat", options);
        QVERIFY(result && result->out == text);
    }

    void farEndThatSpeaksAndLeaves()
    {
        const EchoServer greeter(m_place.path(u"greeter"_s), true);
        for (int i = 0; i < 10; ++i) {
            const auto fd = m_session->openUnixSocket(m_place.path(u"greeter"_s), 5s, {});
            QVERIFY2(fd, fd ? "" : qPrintable(fd.error().text()));
            QCOMPARE(readToEnd(*fd), QByteArray("hello"));
            ::close(*fd);
        }
    }

    void closingHereEndsItThere()
    {
        const EchoServer echo(m_place.path(u"echo3"_s));
        const auto fd = m_session->openUnixSocket(m_place.path(u"echo3"_s), 5s, {});
        QVERIFY(fd);
        QTRY_COMPARE(echo.open(), 1);
        ::close(*fd);
        QTRY_COMPARE(echo.open(), 0);
    }

    void missingSocketIsSaidAtOnceAndHurtsNobody()
    {
        // Channel 0 is the first: the end of a stream that never opened must not reach it.
        std::jthread other;
        Result<ExecResult> running;
        other = std::jthread([&] { running = m_session->exec("sleep 0.7; echo whole", {}); });
        std::this_thread::sleep_for(150ms); // the command takes channel 0
        const auto fd = m_session->openUnixSocket(m_place.path(u"missing"_s), 5s, {});
        QVERIFY(!fd);
        QCOMPARE(fd.error().kind, ErrorKind::Unreachable);
        QVERIFY(!m_session->openTcp(u"127.0.0.1"_s, 1, 5s, {}));
        other.join();
        QVERIFY(running);
        QCOMPARE(running->out, QByteArray("whole\n"));
        QCOMPARE(running->status, 0);
    }

    void blockedAndIdleStreamsCostNothing()
    {
        const EchoServer echo(m_place.path(u"echo4"_s));
        const auto idle = m_session->openUnixSocket(m_place.path(u"echo4"_s), 5s, {});
        const auto blocked = m_session->openUnixSocket(m_place.path(u"echo4"_s), 5s, {});
        const auto halfClosed = m_session->openUnixSocket(m_place.path(u"echo4"_s), 5s, {});
        QVERIFY(idle && blocked && halfClosed);
        // The echo is not read here, until nothing moves any more.
        const QByteArray text = pattern(1024 * 1024);
        while (true) {
            pollfd wait{*blocked, POLLOUT, 0};
            if (::poll(&wait, 1, 500) == 0)
                break;
            ::send(*blocked, text.constData(), static_cast<std::size_t>(text.size()),
                   MSG_DONTWAIT | MSG_NOSIGNAL);
        }
        ::shutdown(*blocked, SHUT_WR);
        const double before = cpuSeconds();
        std::this_thread::sleep_for(1s); // what is measured
        const double used = cpuSeconds() - before;
        qInfo("CPU of a blocked stream: %.1f ms a second", used * 1e3);
        QVERIFY2(used < 0.03, qPrintable(QString::number(used)));
        QVERIFY(m_session->exec("true", {})); // and stands in nobody's way
        for (const int fd : {*idle, *blocked, *halfClosed})
            ::close(fd);
        QTRY_COMPARE(echo.open(), 0);
    }

    void sessionGoneWhileStreamsAreOpen()
    {
        const EchoServer echo(m_place.path(u"echo5"_s));
        const int before = openDescriptors();
        QList<int> streams;
        for (int i = 0; i < 10; ++i) {
            const auto fd = m_session->openUnixSocket(m_place.path(u"echo5"_s), 5s, {});
            QVERIFY(fd);
            streams.append(*fd);
            ::send(*fd, "x", 1, MSG_NOSIGNAL);
        }
        const auto start = Clock::now();
        m_session.reset();
        QVERIFY(millisecondsSince(start) < 1'000);
        for (const int fd : std::as_const(streams)) {
            readToEnd(fd);
            ::close(fd);
        }
        QTRY_COMPARE(echo.open(), 0);
        QVERIFY(openDescriptors() <= before);
    }

    void localForwardToAnEcho()
    {
        const EchoServer echo(m_place.path(u"echo6"_s));
        auto forward = LocalForward::open(m_session, m_place.path(u"echo6"_s), 5s, {});
        QVERIFY(forward);
        const int fd = connectTo((*forward)->path());
        QVERIFY(fd >= 0);
        const QByteArray text = pattern(16 * 1024 * 1024);
        QVERIFY(exchange(fd, text) == text);
        ::close(fd);
        QCOMPARE(connectTo((*forward)->path()), -1); // one client
        const QString path = (*forward)->path();
        forward->reset();
        QVERIFY(!QFile::exists(path));
    }

    void localForwardSocketIsForThisUserAlone()
    {
        const EchoServer echo(m_place.path(u"echo7"_s));
        const auto forward = LocalForward::open(m_session, m_place.path(u"echo7"_s), 5s, {});
        QVERIFY(forward);
        struct stat folder
        {
        };
        QCOMPARE(::stat(QFile::encodeName(QFileInfo((*forward)->path()).path()).constData(), &folder), 0);
        QCOMPARE(folder.st_mode & 077, 0u);
    }

    void localForwardEndsAtOnce_data()
    {
        QTest::addColumn<QString>("how");
        for (const char *how :
             {"cut", "destroyed", "destroyed while the client does not read", "session cut"})
            QTest::newRow(how) << QString::fromLatin1(how);
    }
    void localForwardEndsAtOnce()
    {
        QFETCH(QString, how);
        const EchoServer echo(m_place.path(u"echo8"_s + how));
        auto forward = LocalForward::open(m_session, m_place.path(u"echo8"_s + how), 5s, {});
        QVERIFY(forward);
        const int fd = connectTo((*forward)->path());
        const QByteArray text = pattern(1024 * 1024);
        if (how.contains(u"not read"_s))
            for (pollfd wait{fd, POLLOUT, 0}; ::poll(&wait, 1, 500) > 0;)
                ::send(fd, text.constData(), static_cast<std::size_t>(text.size()),
                       MSG_DONTWAIT | MSG_NOSIGNAL);
        const auto start = Clock::now();
        if (how == u"cut")
            (*forward)->cut();
        else if (how == u"session cut")
            m_session->cut();
        else
            forward->reset();
        readToEnd(fd);
        QVERIFY2(millisecondsSince(start) < 1'000, qPrintable(QString::number(millisecondsSince(start))));
        ::close(fd);
    }

    void localForwardOfAMissingSocket()
    {
        QVERIFY(!LocalForward::open(m_session, m_place.path(u"missing"_s), 5s, {}));
    }

private:
    static int connectTo(const QString &path)
    {
        const sockaddr_un address = unixAddress(path);
        const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (::connect(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0)
            return fd;
        ::close(fd);
        return -1;
    }

    Place m_place;
    std::unique_ptr<Sshd> m_sshd;
    std::unique_ptr<Sshd> m_rekeying;
    std::shared_ptr<SshSession> m_session;
};

TROPO_SSHD_TEST(TestStream)
#include "test_stream.moc"
