#include "app/commands/commands.h"
#include "models/redact/replaced_text.h"
#include "models/text/plain_text.h"

#include <QJsonDocument>

#include <cerrno>
#include <cstdio>

namespace tropo {

namespace {

/// JSON leaves the upper control characters and the marks that turn the writing direction as they are, and a
/// terminal obeys them. They stand inside of strings only, where an escape means the same.
QString escapedControls(const QString &json)
{
    QString text;
    text.reserve(json.size());
    for (QChar c : json) {
        if (c.unicode() >= 0x7f && visibleText(c) != c)
            text += QStringLiteral("\\u%1").arg(c.unicode(), 4, 16, QLatin1Char('0'));
        else
            text += c;
    }
    return text;
}

} // namespace

void printOut(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stdout);
    std::fflush(stdout);
}

int printResult(const QString &text, ExitStatus status)
{
    errno = 0;
    printOut(text);
    if (!std::ferror(stdout))
        return status;
    return fail({ErrorKind::Io, QStringLiteral("standard output"),
                 QStringLiteral("does not take the result: %1").arg(qt_error_string(errno))});
}

int printResult(const QJsonObject &object, ExitStatus status)
{
    return printResult(escapedControls(QString::fromUtf8(QJsonDocument(object).toJson())), status);
}

QString toldOf(const Redaction &redaction)
{
    const QList<StandIn> standIns = redaction.standIns();
    if (const QString stays = staysText(standIns); !stays.isEmpty())
        printError(QLatin1String("troposcope: ") + stays);
    return replacedText(standIns);
}

void printError(const QString &text)
{
    const QByteArray bytes = visibleText(text).toUtf8() + '\n';
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stderr);
}

int fail(const Error &error)
{
    printError(QLatin1String("troposcope: ") + error.text());
    return Failed;
}

} // namespace tropo
