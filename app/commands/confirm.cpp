#include "app/commands/confirm.h"

#include "models/text/plain_text.h"

#include <QFile>

#include <climits>
#include <cstdio>
#include <poll.h>
#include <unistd.h>

namespace tropo {

using namespace Qt::StringLiterals;

namespace {

void ask(const QString &question)
{
    const QByteArray text = visibleText(question).toUtf8() + ' ';
    std::fwrite(text.constData(), 1, static_cast<std::size_t>(text.size()), stderr);
    std::fflush(stderr);
}

std::optional<QString> readLine()
{
    QFile in;
    if (!in.open(stdin, QIODevice::ReadOnly | QIODevice::Text))
        return {};
    return QString::fromLocal8Bit(in.readLine(1000)).trimmed();
}

/// A line from the terminal; nothing where there is none.
std::optional<QString> answerOf(const QString &question)
{
    if (!::isatty(STDIN_FILENO))
        return {};
    ask(question);
    return readLine();
}

/// Whether there is something to read on the terminal before that time; false too when interrupted.
bool isAnsweredBefore(const QDateTime &until)
{
    pollfd in{STDIN_FILENO, POLLIN, 0};
    const qint64 left = QDateTime::currentDateTime().msecsTo(until);
    return left > 0 && ::poll(&in, 1, static_cast<int>(qMin<qint64>(left, INT_MAX))) > 0;
}

} // namespace

bool isToBeKept(const QDateTime &until)
{
    if (!::isatty(STDIN_FILENO))
        return false;
    ask(u"The change is made. It takes itself back at %1 unless it is kept. Type keep:"_s.arg(
        until.toLocalTime().toString(u"HH:mm:ss"_s)));
    return isAnsweredBefore(until) && readLine() == u"keep";
}

Result<void> confirmed(const Plan &plan, bool yes)
{
    if (yes)
        return {};
    const bool asksNames = !plan.confirm.isEmpty();
    for (const QString &word : asksNames ? plan.confirm : QStringList{u"yes"_s}) {
        const auto answer = answerOf(asksNames ? u"This cuts off what %1 serves. Type its name:"_s.arg(word)
                                               : u"Carry it out? Type yes:"_s);
        if (!answer)
            return failure(ErrorKind::Usage, {},
                           u"there is no terminal to confirm the plan on; look at it with \"troposcope "
                           u"plan\", then give "
                           u"--yes"_s);
        if (*answer != word)
            return failure(ErrorKind::Cancelled, {}, u"not confirmed; nothing was done"_s);
    }
    return {};
}

} // namespace tropo
