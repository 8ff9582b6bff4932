#include "models/items/visible_text.h"

#include <QCoreApplication>
#include <QLocale>

namespace tropo {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Age)
};

bool hidesText(char16_t u)
{
    return (u >= 0x80 && u <= 0x9f) || u == 0xad || u == 0x61c || (u >= 0x200b && u <= 0x200f) ||
           (u >= 0x2028 && u <= 0x202e) || (u >= 0x2060 && u <= 0x206f) || u == 0xfeff ||
           (u >= 0xfff9 && u <= 0xfffb);
}

void appendVisible(QString &out, QChar c, bool lines)
{
    const char16_t u = c.unicode();
    if (lines && (u == u'\n' || u == u'\t'))
        out += c;
    else if (u < 0x20)
        out += QChar(static_cast<char16_t>(0x2400 + u));
    else if (u == 0x7f)
        out += QChar(u'\u2421');
    else if (hidesText(u))
        out += QStringLiteral("<U+%1>").arg(static_cast<uint>(u), 4, 16, QLatin1Char('0')).toUpper();
    else
        out += c;
}

} // namespace

QString visibleText(QStringView text, qsizetype limit, bool lines)
{
    const bool cut = text.size() > limit;
    if (cut) {
        text = text.first(limit);
        if (!text.isEmpty() && text.back().isHighSurrogate())
            text.chop(1);
    }
    QString out;
    out.reserve(text.size() + 1);
    for (QChar c : text)
        appendVisible(out, c, lines);
    if (cut)
        out += QChar(u'\u2026');
    return out;
}

QString ageText(const QDateTime &taken, const QDateTime &now)
{
    if (!taken.isValid())
        return {};
    const qint64 seconds = taken.secsTo(now);
    if (seconds < 2)
        return Words::tr("just now");
    if (seconds < 120)
        return Words::tr("%1 s").arg(seconds);
    if (seconds < 120 * 60)
        return Words::tr("%1 min").arg(seconds / 60);
    if (seconds < 48 * 3600)
        return Words::tr("%1 h").arg(seconds / 3600);
    const qint64 days = seconds / 86400;
    if (days < 2 * 365)
        return Words::tr("%1 days").arg(days);
    return Words::tr("%1 years").arg(days / 365);
}

QString timeText(const QDateTime &time)
{
    if (!time.isValid())
        return {};
    const QString zone = time.timeZoneAbbreviation();
    const QString text = QLocale::c().toString(time, QStringLiteral("d MMM yyyy HH:mm:ss"));
    return zone.isEmpty() ? text : QString(text + u' ' + zone);
}

} // namespace tropo
