#pragma once

#include "models/rules/finding.h"

namespace tropo {

/// A finding as a rule makes it: its subject, its sentence, the lines it stands on and what else it concerns.
/// Name, severity, fixes and quotes are filled in by judge().
inline Finding about(const QString &subject, const QString &message, const QList<Source> &sources,
                     const QStringList &related = {})
{
    Finding finding;
    finding.subject = subject;
    finding.message = message;
    finding.related = related;
    for (const Source &source : sources)
        if (!source.isNull())
            finding.evidence.append({source, {}});
    return finding;
}

/// "one NIC", "3 NICs".
inline QString counted(qsizetype count, const QString &one, const QString &many)
{
    return count == 1 ? QString(QLatin1String("one ") + one) : QString(QString::number(count) + u' ' + many);
}

/// The items joined; of more than `most` the first, and how many more there are: a machine may have
/// thousands.
inline QString someOf(const QStringList &items, const QString &separator, qsizetype most = 12)
{
    if (items.size() <= most)
        return items.join(separator);
    return items.first(most).join(separator) +
           QStringLiteral("%1and %2 more").arg(separator, QString::number(items.size() - most));
}

} // namespace tropo
