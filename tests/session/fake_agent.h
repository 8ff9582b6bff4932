#pragma once

#include <QFile>
#include <QString>

#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace tropo::test {

/// A socket where an agent should be, which hangs up on everyone, or takes everyone and never answers.
class FakeAgent
{
public:
    FakeAgent(const QString &path, bool hangsUp) : m_path(path)
    {
        const QByteArray name = QFile::encodeName(path);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, name.constData(), static_cast<std::size_t>(name.size()));
        m_listening = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        ::bind(m_listening, reinterpret_cast<const sockaddr *>(&address), sizeof address);
        ::listen(m_listening, 16);
        m_thread = std::jthread([this, hangsUp] {
            for (int fd = ::accept(m_listening, nullptr, nullptr); fd >= 0;
                 fd = ::accept(m_listening, nullptr, nullptr)) {
                if (hangsUp)
                    ::close(fd);
                else
                    m_held.push_back(fd);
            }
        });
    }
    ~FakeAgent()
    {
        ::shutdown(m_listening, SHUT_RDWR);
        m_thread.join();
        for (const int fd : m_held)
            ::close(fd);
        ::close(m_listening);
    }
    FakeAgent(const FakeAgent &) = delete;
    FakeAgent &operator=(const FakeAgent &) = delete;

    QString path() const { return m_path; }

private:
    QString m_path;
    int m_listening = -1;
    std::vector<int> m_held;
    std::jthread m_thread;
};

} // namespace tropo::test
