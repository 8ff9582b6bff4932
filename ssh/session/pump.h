#pragma once

#include "ssh/session/handshake.h"

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <list>
#include <mutex>
#include <thread>

namespace tropo {

/// One channel's work: a command, or a stream to a port or socket. The upper part is the pump thread's alone,
/// the lower is shared under the mutex.
struct ChannelJob
{
    enum Kind { Exec, Tcp, Unix };
    enum State { Waiting, Opening, Requesting, Running };

    Kind kind = Exec;
    QByteArray command; ///< or the host, or the socket's path
    int port = 0;
    QByteArray toSend;

    State state = Waiting;
    ssh_channel channel = nullptr;
    int attempts = 0;
    std::chrono::steady_clock::time_point notBefore{};
    bool eofSent = false;
    int fd = -1;              ///< the pump's end of a stream
    QByteArray toLocal;       ///< read from the channel, not yet taken by the local side
    bool localEnded = false;  ///< nothing more comes from the local side
    bool localGone = false;   ///< and nobody there reads any more
    bool remoteEnded = false; ///< the local side was told so

    std::mutex mutex;
    std::condition_variable_any changed;
    QByteArray out;
    QByteArray error;
    bool started = false; ///< its turn came; until then it waits for other commands, not for the machine
    bool opened = false;  ///< the machine accepted it
    bool done = false;
    bool abandoned = false;
    int status = -1;
    std::optional<Error> failed;
};

/// Commands at once on a connection: sshd's MaxSessions is 10, and counts channels that are still closing.
inline constexpr std::ptrdiff_t execsAtOnce = 6;

/// Drives one connection on a thread of its own: opens channels, moves their bytes, never blocks in libssh.
class Pump
{
public:
    Pump(Handshake handshake, int watchFd, QString machine);
    ~Pump();
    Pump(const Pump &) = delete;
    Pump &operator=(const Pump &) = delete;

    void submit(const std::shared_ptr<ChannelJob> &job);
    void wake();
    /// Shuts the socket down; everything under way fails, and nothing new is taken.
    void cut();
    bool isAlive() const { return !m_lost; }
    SshTraffic traffic() const;
    const QString &machine() const { return m_machine; }

private:
    using Job = std::shared_ptr<ChannelJob>;

    void run(const std::stop_token &stop);
    void takeNew();
    void takeIn();
    bool stepAll();
    bool isConnected() const;
    bool hasWorkThere() const;
    std::uint64_t bytesMoved() const;
    bool stopsAnswering();
    int patience() const;
    void waitForWork();
    void finish(const Job &job, std::optional<Error> error);
    void failAll(const QString &why);
    QString lastError() const;

    bool step(const Job &job);
    bool start(const Job &job);
    bool open(const Job &job);
    bool request(const Job &job);
    bool moveExec(const Job &job);
    bool moveStream(const Job &job);
    bool sendInput(const Job &job);
    bool receive(const Job &job, bool isError);
    bool toLocal(const Job &job);
    bool fromLocal(const Job &job);
    void endLocal(const Job &job);
    bool retryLater(const Job &job);
    void giveUp(const Job &job);
    void refuse(const Job &job);
    void markOpened(const Job &job);
    std::ptrdiff_t execsUnderWay() const;

    std::unique_ptr<ssh_counter_struct> m_counter;
    SessionHandle m_session;
    ssh_event m_event = nullptr;
    int m_fd; ///< of our own, to shut the connection down
    int m_wakeFd;
    QString m_machine;
    std::mutex m_mutex;
    std::deque<Job> m_new;
    std::list<Job> m_jobs; ///< the pump thread's
    QByteArray m_buffer;
    std::ptrdiff_t m_mostExecs; ///< at once; fewer where sshd refuses more
    std::chrono::steady_clock::time_point m_heard;
    std::chrono::steady_clock::time_point m_asked;
    bool m_gaveUp = false; ///< a command that may still run
    bool m_asking = false; ///< whether it is still there
    std::atomic<int> m_roundTrips;
    std::atomic<qint64> m_received{0};
    std::atomic<qint64> m_sent{0};
    std::atomic<bool> m_lost{false};
    std::jthread m_thread; ///< last: it uses all the others
};

} // namespace tropo
