#include "models/text/words.h"

#include <array>

namespace tropo {

namespace {

constexpr std::array<const char *, 13> numbers{"no",    "one",   "two",  "three", "four",   "five",  "six",
                                               "seven", "eight", "nine", "ten",   "eleven", "twelve"};
constexpr std::array<const char *, 13> ordinals{"",      "first",    "second",  "third",  "fourth",
                                                "fifth", "sixth",    "seventh", "eighth", "ninth",
                                                "tenth", "eleventh", "twelfth"};

} // namespace

QString listed(const QStringList &items, qsizetype most)
{
    QStringList shown = items.first(qMin(items.size(), most));
    QString last = items.size() > most ? QStringLiteral("%1 more").arg(items.size() - most)
                   : shown.isEmpty()   ? QString()
                                       : shown.takeLast();
    return shown.isEmpty() ? last : QString(shown.join(QLatin1String(", ")) + QLatin1String(" and ") + last);
}

QString numberWord(qsizetype number)
{
    return number >= 0 && number < qsizetype(numbers.size())
               ? QString::fromLatin1(numbers[static_cast<std::size_t>(number)])
               : QString::number(number);
}

QString ordinalWord(qsizetype number)
{
    if (number > 0 && number < qsizetype(ordinals.size()))
        return QString::fromLatin1(ordinals[static_cast<std::size_t>(number)]);
    const qsizetype last = number % 10;
    const bool teen = number / 10 % 10 == 1;
    const char *end = teen || last > 3 || last == 0 ? "th" : last == 1 ? "st" : last == 2 ? "nd" : "rd";
    return QString::number(number) + QLatin1String(end);
}

QString timesWord(qsizetype number)
{
    return number == 1   ? QStringLiteral("once")
           : number == 2 ? QStringLiteral("twice")
                         : QString(numberWord(number) + QLatin1String(" times"));
}

} // namespace tropo
