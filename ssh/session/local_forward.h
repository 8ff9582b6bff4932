#pragma once

#include "ssh/session/ssh_session.h"

#include <QTemporaryDir>

#include <thread>

namespace tropo {

/// A UNIX socket here that leads to a UNIX socket of the machine, for one client: libvirt's own library
/// connects to it. It stands in a folder that only this user can enter, and is gone with the object.
class LocalForward
{
public:
    /// Opens the far end first, so that a socket that is not there is told at once.
    static Result<std::unique_ptr<LocalForward>> open(const std::shared_ptr<SshSession> &session,
                                                      const QString &remotePath,
                                                      std::chrono::milliseconds limit,
                                                      const std::stop_token &stop);
    ~LocalForward();
    LocalForward(const LocalForward &) = delete;
    LocalForward &operator=(const LocalForward &) = delete;

    QString path() const;
    /// Ends what runs through it, at once, from any thread.
    void cut();

private:
    LocalForward(std::shared_ptr<SshSession> session, int remote);
    bool listen();
    void serve(const std::stop_token &stop);

    std::shared_ptr<SshSession> m_session;
    QTemporaryDir m_folder;
    int m_remote; ///< our end of the stream to the far socket
    int m_listening = -1;
    std::jthread m_thread;
};

} // namespace tropo
