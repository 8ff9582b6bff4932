#include "app/commands/commands.h"
#include "models/text/plain_text.h"

#include <cstdio>

namespace tropo {

void printOut(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stdout);
    std::fflush(stdout);
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
