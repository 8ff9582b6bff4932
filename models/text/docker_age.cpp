#include "models/text/docker_age.h"

#include <algorithm>
#include <array>

namespace tropo {

namespace {

struct Unit
{
    QStringView name; ///< in the singular
    qint64 seconds;
};

constexpr qint64 hour = 3600;
constexpr qint64 day = 24 * hour;

constexpr std::array<Unit, 7> units{{{u"second", 1},
                                     {u"minute", 60},
                                     {u"hour", hour},
                                     {u"day", day},
                                     {u"week", 7 * day},
                                     {u"month", 30 * day},
                                     {u"year", 365 * day}}};

const Unit *unitNamed(QStringView word)
{
    if (word.endsWith(u's'))
        word.chop(1);
    const auto it = std::find_if(units.begin(), units.end(), [word](const Unit &unit) {
        return unit.name.compare(word, Qt::CaseInsensitive) == 0;
    });
    return it == units.end() ? nullptr : &*it;
}

} // namespace

std::optional<Elapsed> elapsedFrom(QStringView text)
{
    text = text.trimmed();
    if (text.endsWith(u" ago"))
        text.chop(4);
    if (text.compare(u"less than a second", Qt::CaseInsensitive) == 0)
        return Elapsed{0, 1};
    if (text.compare(u"about a minute", Qt::CaseInsensitive) == 0)
        return Elapsed{60, 120};
    if (text.compare(u"about an hour", Qt::CaseInsensitive) == 0)
        return Elapsed{hour, 2 * hour};
    const qsizetype space = text.indexOf(u' ');
    if (space <= 0)
        return {};
    bool isNumber = false;
    const int number = text.first(space).toInt(&isNumber);
    const Unit *unit = unitNamed(text.sliced(space + 1));
    if (!isNumber || number < 0 || number > 100'000 || !unit)
        return {};
    // Hours are rounded before days and weeks are made of them.
    const qint64 rounding = unit->seconds >= hour ? hour / 2 : 0;
    return Elapsed{std::max<qint64>(0, number * unit->seconds - rounding), (number + 1) * unit->seconds};
}

std::optional<Elapsed> upFor(QStringView status)
{
    if (!status.startsWith(u"Up "))
        return {};
    status = status.sliced(3);
    const qsizetype bracket = status.indexOf(u'(');
    return elapsedFrom(bracket < 0 ? status : status.first(bracket));
}

} // namespace tropo
