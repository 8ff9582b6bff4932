#include "models/redact/replaced_text.h"

#include "models/text/plain_text.h"
#include "models/text/words.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

QString replacedText(const QList<StandIn> &standIns)
{
    QString text;
    for (const StandIn &one : standIns)
        text += one.isReplaced()
                    ? u"%1 %2 is shown as %3\n"_s.arg(redactedKindName(one.kind), one.real, one.shown)
                    : u"%1 %2 STAYS AS IT IS: %3\n"_s.arg(redactedKindName(one.kind), one.real, one.why);
    return text;
}

QString staysText(const QList<StandIn> &standIns)
{
    constexpr qsizetype mostLetters = 60;
    QStringList names;
    for (const StandIn &one : standIns)
        if (!one.isReplaced())
            names.append(visibleText(one.real, mostLetters));
    if (names.isEmpty())
        return {};
    return u"NOT hidden, since they are too short or words that documents are written with: %1. Look for "
           u"them "
           "before you give the note away."_s.arg(listed(names));
}

} // namespace tropo
