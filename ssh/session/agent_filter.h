#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <chrono>
#include <mutex>
#include <stop_token>
#include <thread>

namespace tropo {

/// Stands between libssh and the user's agent, on a socket pair: libssh waits for an agent for ever and
/// offers every key it has; this answers within a limit, puts the keys that the configuration names first,
/// and offers no others where IdentitiesOnly says so, nor more than a server lets pass
/// (draft-miller-ssh-agent).
class AgentFilter
{
public:
    struct Options
    {
        QString socket;              ///< the agent's
        QList<QByteArray> preferred; ///< public keys of the identity files, as blobs
        bool onlyPreferred = false;
        int most = 5; ///< sshd's MaxAuthTries is 6
        std::chrono::milliseconds limit{
            5'000};           ///< for one answer; a signature may wait for a touch or a dialog
        std::stop_token stop; ///< refuses from then on
    };

    struct Seen
    {
        bool answered = false;     ///< it told its keys
        int held = 0;              ///< keys that it has
        QList<QByteArray> offered; ///< those that were passed on, as blobs
    };

    explicit AgentFilter(Options options);
    ~AgentFilter();
    AgentFilter(const AgentFilter &) = delete;
    AgentFilter &operator=(const AgentFilter &) = delete;

    /// libssh's end, libssh's to close; -1 where there is no agent.
    int takeSocket();
    /// What was learned so far.
    Seen seen() const;

private:
    void serve();
    QByteArray answer(int agent, const QByteArray &request);

    Options m_options;
    int m_ours = -1;
    int m_theirs = -1;
    mutable std::mutex m_mutex; ///< of what was seen
    Seen m_seen;
    bool m_outOfStep = false; ///< the agent owes an answer
    std::stop_source m_ending;
    std::jthread m_thread;
};

/// The identities of an answer, kept in order of preference, as the agent protocol writes them. `seen` learns
/// what was there, where it is given.
QByteArray filteredIdentities(const QByteArray &answer, const QList<QByteArray> &preferred,
                              bool onlyPreferred, int most, AgentFilter::Seen *seen = nullptr);

} // namespace tropo
