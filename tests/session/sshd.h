#pragma once

#include "ssh/session/ssh_session.h"

#include <QByteArray>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <arpa/inet.h>
#include <chrono>
#include <cstdio>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

/// A folder with keys, and real sshds on loopback ports. Header only: each test is one executable.
namespace tropo::test {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

inline qint64 millisecondsSince(Clock::time_point start)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start).count();
}

/// Runs a program to its end; its standard output. An empty array when it fails.
inline QByteArray runProgram(const QString &program, const QStringList &arguments,
                             const QByteArray &input = {})
{
    QProcess process;
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(20'000) || process.exitCode() != 0)
        return {};
    return process.readAllStandardOutput();
}

inline bool writeFile(const QString &path, const QByteArray &text)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
}

inline QByteArray readFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Listens on a loopback port of its own; -1 when it cannot.
inline int listenOnLoopback(int &port, int backlog = 16)
{
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (fd < 0 || ::bind(fd, reinterpret_cast<sockaddr *>(&address), size) != 0 ||
        ::listen(fd, backlog) != 0 || ::getsockname(fd, reinterpret_cast<sockaddr *>(&address), &size) != 0)
        return -1;
    port = ntohs(address.sin_port);
    return fd;
}

inline int connectToLoopback(int port)
{
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    if (::connect(fd, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0)
        return fd;
    ::close(fd);
    return -1;
}

inline int openDescriptors()
{
    return static_cast<int>(
        QDir(u"/proc/self/fd"_s).entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System).size());
}

/// Processor time of this process so far, all threads.
inline double cpuSeconds()
{
    timespec now{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

class Sshd
{
public:
    /// Starts one in `folder`, with a host key of each type named, for the keys in folder/authorized_keys.
    Sshd(const QString &folder, const QByteArray &more = {}, const QStringList &keyTypes = {u"ed25519"_s})
    {
        static int count = 0;
        const QString base = folder + u"/sshd"_s + QString::number(++count);
        // SHLVL: bash as a login shell would read the user's own .bashrc otherwise, which may take a second.
        QByteArray config =
            more +
            "SetEnv SHLVL=3\nListenAddress 127.0.0.1\nUsePAM no\nStrictModes no\nPermitRootLogin yes\n"
            "PasswordAuthentication no\nKbdInteractiveAuthentication no\nPidFile none\n"
            "MaxStartups 100\nUseDNS no\nAuthorizedKeysFile " +
            folder.toUtf8() + "/authorized_keys\n";
        for (const QString &type : keyTypes) {
            const QString key = base + u"_host_"_s + type;
            runProgram(u"ssh-keygen"_s, {u"-q"_s, u"-t"_s, type, u"-N"_s, {}, u"-f"_s, key});
            config += "HostKey " + key.toUtf8() + '\n';
            m_hostKeys.append(readFile(key + u".pub"_s).simplified());
        }
        const int probe = listenOnLoopback(m_port);
        ::close(probe);
        config += "Port " + QByteArray::number(m_port) + '\n';
        writeFile(base + u".conf"_s, config);
        m_process.setStandardErrorFile(base + u".log"_s);
        m_process.start(u"/usr/sbin/sshd"_s, {u"-D"_s, u"-e"_s, u"-f"_s, base + u".conf"_s});
        m_log = base + u".log"_s;
        const Clock::time_point start = Clock::now();
        int fd = -1;
        while (fd < 0 && millisecondsSince(start) < 10'000) {
            fd = connectToLoopback(m_port);
            if (fd < 0)
                m_process.waitForFinished(10);
        }
        ::close(fd);
    }

    ~Sshd()
    {
        m_process.terminate();
        m_process.waitForFinished(5'000);
    }
    Sshd(const Sshd &) = delete;
    Sshd &operator=(const Sshd &) = delete;

    int port() const { return m_port; }
    qint64 processId() const { return m_process.processId(); }
    /// The processes that serve its connections, and theirs.
    QList<qint64> children() const
    {
        QList<qint64> all{processId()};
        for (qsizetype i = 0; i < all.size(); ++i)
            for (const QByteArray &line :
                 runProgram(u"pgrep"_s, {u"-P"_s, QString::number(all[i])}).split('\n'))
                if (!line.isEmpty())
                    all.append(line.toLongLong());
        all.removeFirst();
        return all;
    }
    QByteArray hostKey(qsizetype at = 0) const { return m_hostKeys[at]; }
    QByteArray log() const { return readFile(m_log); }
    QByteArray knownHostsLine() const
    {
        const QList<QByteArray> key = m_hostKeys[0].split(' ');
        return "[127.0.0.1]:" + QByteArray::number(m_port) + ' ' + key[0] + ' ' + key[1] + '\n';
    }

private:
    QProcess m_process;
    QString m_log;
    QList<QByteArray> m_hostKeys;
    int m_port = 0;
};

/// Keys, authorized_keys and known_hosts in a folder of its own.
class Place
{
public:
    Place()
    {
        makeKey(u"id"_s);
        writeFile(path(u"authorized_keys"_s), readFile(path(u"id.pub"_s)));
    }

    QString path(const QString &name) const { return m_folder.filePath(name); }
    QString folder() const { return m_folder.path(); }

    QString makeKey(const QString &name, const QString &type = u"ed25519"_s, const QString &passphrase = {})
    {
        runProgram(u"ssh-keygen"_s,
                   {u"-q"_s, u"-t"_s, type, u"-N"_s, passphrase, u"-C"_s, name, u"-f"_s, path(name)});
        return path(name);
    }

    void knows(const Sshd &sshd)
    {
        QFile file(path(u"known_hosts"_s));
        if (file.open(QIODevice::Append))
            file.write(sshd.knownHostsLine());
    }

    SshTarget target(const Sshd &sshd, const QString &key = u"id"_s) const
    {
        SshTarget target;
        target.machine = u"the machine"_s;
        target.host = u"127.0.0.1"_s;
        target.port = sshd.port();
        target.user = userName();
        target.knownHostNames = {u"[127.0.0.1]:%1"_s.arg(sshd.port())};
        target.knownHostsFiles = {path(u"known_hosts"_s)};
        if (!key.isEmpty())
            target.identityFiles = {path(key)};
        return target;
    }

    static QString userName() { return QString::fromLocal8Bit(runProgram(u"id"_s, {u"-un"_s})).trimmed(); }

private:
    QTemporaryDir m_folder;
};

/// False where sshd cannot be run: then the test says so and main returns 77.
inline bool canRunSshd()
{
    const char *why = nullptr;
    if (!QFile::exists(u"/usr/sbin/sshd"_s) || runProgram(u"ssh-keygen"_s, {u"-?"_s}).size() > 0)
        why = "openssh-server is not installed";
    else if (::geteuid() == 0 && ::mkdir("/run/sshd", 0755) != 0 && !QFile::exists(u"/run/sshd"_s))
        why = "/run/sshd cannot be made";
    if (why)
        std::fprintf(stderr, "SKIPPED: the session tests need a real sshd: %s\n", why);
    return !why;
}

} // namespace tropo::test

/// main for a test on a real sshd.
#define TROPO_SSHD_TEST(Class)                                                                               \
    int main(int argc, char **argv)                                                                          \
    {                                                                                                        \
        if (!tropo::test::canRunSshd())                                                                      \
            return 77;                                                                                       \
        QCoreApplication app(argc, argv);                                                                    \
        Class test;                                                                                          \
        return QTest::qExec(&test, argc, argv);                                                              \
    }
