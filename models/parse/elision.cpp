#include "models/parse/elision.h"

#include <algorithm>

namespace tropo {

bool isElision(QStringView line)
{
    const QStringView mark = line.trimmed();
    if (mark.isEmpty() || (mark.size() < 3 && mark != u"…"))
        return false;
    return std::all_of(mark.begin(), mark.end(), [](QChar c) { return c == u'.' || c == u'…'; });
}

} // namespace tropo
