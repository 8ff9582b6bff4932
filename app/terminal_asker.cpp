#include "app/terminal_asker.h"

#include "models/text/plain_text.h"

#include <fcntl.h>
#include <memory>
#include <mutex>
#include <poll.h>
#include <unistd.h>

namespace tropo {

using namespace Qt::StringLiterals;

namespace {

void say(int terminal, const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    [[maybe_unused]] const ssize_t put =
        ::write(terminal, bytes.constData(), static_cast<std::size_t>(bytes.size()));
}

QByteArray readLine(int terminal, const std::stop_token &stop)
{
    QByteArray line;
    while (!stop.stop_requested() && !line.endsWith('\n')) {
        pollfd wait{terminal, POLLIN, 0};
        if (::poll(&wait, 1, 100) <= 0)
            continue;
        char c = 0;
        if (::read(terminal, &c, 1) != 1)
            break;
        line.append(c);
    }
    return line.trimmed();
}

} // namespace

HostKeyAsker terminalAsker()
{
    if (!::isatty(STDIN_FILENO))
        return {};
    auto turn = std::make_shared<std::mutex>();
    return [turn](const HostKeyQuestion &question, const std::stop_token &stop) {
        const std::scoped_lock lock(*turn);
        const int terminal = ::open("/dev/tty", O_RDWR | O_CLOEXEC);
        if (terminal < 0)
            return HostKeyAnswer::Refuse;
        say(terminal,
            u"%1 shows a host key that known_hosts does not have:\n  %2 %3\n"
            "Compare it with what the machine's keeper says. Connect? [yes: and remember it / once / no] "_s
                .arg(visibleText(question.machine), visibleText(question.keyType),
                     visibleText(question.fingerprint)));
        const QByteArray answer = readLine(terminal, stop).toLower();
        ::close(terminal);
        if (answer == "yes")
            return HostKeyAnswer::Remember;
        return answer == "once" ? HostKeyAnswer::Once : HostKeyAnswer::Refuse;
    };
}

} // namespace tropo
