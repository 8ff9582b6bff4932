#include "models/parse/date_text.h"

#include "models/parse/config_values.h"
#include "models/parse/numbered_lines.h"
#include "models/parse/problem_log.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Zone
{
    QStringView name;
    int minutes; ///< east of UTC
};

constexpr Zone zones[] = {
    {u"UTC", 0},    {u"GMT", 0},     {u"Z", 0},       {u"WET", 0},    {u"BST", 60},   {u"WEST", 60},
    {u"CET", 60},   {u"CEST", 120},  {u"EET", 120},   {u"EEST", 180}, {u"MSK", 180},  {u"SAST", 120},
    {u"EST", -300}, {u"EDT", -240},  {u"CDT", -300},  {u"MST", -420}, {u"MDT", -360}, {u"PST", -480},
    {u"PDT", -420}, {u"AKST", -540}, {u"AKDT", -480}, {u"HST", -600}, {u"JST", 540},  {u"KST", 540},
    {u"HKT", 480},  {u"AWST", 480},  {u"AEST", 600},  {u"AEDT", 660}, {u"NZST", 720}, {u"NZDT", 780},
};

constexpr QStringView months[] = {u"Jan", u"Feb", u"Mar", u"Apr", u"May", u"Jun",
                                  u"Jul", u"Aug", u"Sep", u"Oct", u"Nov", u"Dec"};
constexpr QStringView days[] = {u"Mon", u"Tue", u"Wed", u"Thu", u"Fri", u"Sat", u"Sun"};

/// "+01:00", "+0100", "+01", in minutes.
std::optional<int> offsetFrom(QStringView text)
{
    if (text.size() < 3 || (text[0] != u'+' && text[0] != u'-'))
        return {};
    const auto hours = plainNumber(text.sliced(1, 2), 14);
    QStringView rest = text.sliced(3);
    if (rest.startsWith(u':'))
        rest = rest.sliced(1);
    const auto minutes = rest.isEmpty() && text.size() == 3 ? std::optional(0) : plainNumber(rest, 59);
    if (!hours || !minutes || (!rest.isEmpty() && rest.size() != 2))
        return {};
    return (*hours * 60 + *minutes) * (text[0] == u'-' ? -1 : 1);
}

/// What the words of a line have told so far.
struct Moment
{
    int year = 0;
    int month = 0;
    int day = 0;
    QTime time;
    std::optional<bool> afternoon; ///< AM, PM
    QStringView zone;
    std::optional<int> offset; ///< minutes east of UTC
};

std::optional<QTime> timeFrom(QStringView word)
{
    const QList<QStringView> parts = word.split(u':');
    if (parts.size() < 2 || parts.size() > 3)
        return {};
    QStringView seconds = parts.size() == 3 ? parts[2] : QStringView(u"0");
    const qsizetype point = qMax(seconds.indexOf(u'.'), seconds.indexOf(u','));
    const auto hour = plainNumber(parts[0], 23);
    const auto minute = plainNumber(parts[1], 59);
    const auto second = plainNumber(point < 0 ? seconds : seconds.first(point), 60);
    if (!hour || !minute || !second)
        return {};
    return QTime(*hour, *minute, qMin(*second, 59)); // 60: a leap second
}

bool takeZone(Moment &moment, QStringView word)
{
    if (const auto offset = offsetFrom(word)) {
        moment.offset = offset;
        return true;
    }
    if (word.isEmpty() || word.size() > 5)
        return false;
    for (const QChar c : word)
        if (c < u'A' || c > u'Z')
            return false;
    moment.zone = word;
    for (const Zone &zone : zones)
        if (zone.name == word)
            moment.offset = zone.minutes;
    return true;
}

/// "16:20:48", with an offset behind it as in "16:20:48+01:00" or "16:20:48Z".
bool takeTime(Moment &moment, QStringView word)
{
    for (qsizetype i = 0; i < word.size(); ++i) {
        if (word[i] != u'+' && word[i] != u'-' && word[i] != u'Z')
            continue;
        if (!takeZone(moment, word.sliced(i)))
            return false;
        word = word.first(i);
        break;
    }
    const auto time = timeFrom(word);
    moment.time = time.value_or(QTime());
    return time.has_value();
}

bool takeIsoDate(Moment &moment, QStringView word)
{
    const auto year = plainNumber(word.first(4), 9999);
    const auto month = word[7] == u'-' ? plainNumber(word.sliced(5, 2), 12) : std::nullopt;
    const auto day = plainNumber(word.sliced(8, 2), 31);
    if (!year || !month || !day)
        return false;
    moment.year = *year;
    moment.month = *month;
    moment.day = *day;
    return word.size() == 10 || ((word[10] == u'T' || word[10] == u't') && takeTime(moment, word.sliced(11)));
}

bool takeWord(Moment &moment, QStringView word)
{
    if (word.endsWith(u',') || word.endsWith(u'.'))
        word.chop(1);
    if (word.size() >= 10 && word[4] == u'-')
        return takeIsoDate(moment, word);
    if (word.contains(u':') && !moment.time.isValid())
        return takeTime(moment, word);
    if (word == u"AM" || word == u"PM") {
        moment.afternoon = word == u"PM";
        return true;
    }
    for (const QStringView day : days)
        if (word == day)
            return true;
    for (int i = 0; i < 12; ++i)
        if (word == months[i]) {
            moment.month = i + 1;
            return true;
        }
    const auto number = plainNumber(word, 9999);
    if (number && word.size() == 4 && moment.year == 0)
        moment.year = *number;
    else if (number && word.size() <= 2 && moment.day == 0)
        moment.day = *number;
    else
        return !number && takeZone(moment, word);
    return true;
}

std::optional<QDateTime> dateTimeOf(Moment moment, int line, ProblemLog &problems)
{
    if (moment.afternoon && moment.time.isValid() && moment.time.hour() >= 1 && moment.time.hour() <= 12)
        moment.time = QTime(moment.time.hour() % 12 + (*moment.afternoon ? 12 : 0), moment.time.minute(),
                            moment.time.second());
    const QDate date(moment.year, moment.month, moment.day);
    if (!date.isValid() || !moment.time.isValid())
        return {};
    if (moment.offset)
        return QDateTime(date, moment.time, Qt::OffsetFromUTC, *moment.offset * 60);
    problems.add(line, moment.zone.isEmpty()
                           ? u"no time zone: taken as local time, line %1"_s.arg(line)
                           : u"time zone %1 is not known or means several: taken as local time, line %2"_s
                                 .arg(quoted(moment.zone))
                                 .arg(line));
    return QDateTime(date, moment.time);
}

} // namespace

Parsed<std::optional<QDateTime>> parseDate(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    std::optional<QDateTime> found;
    const QString decoded = decodedText(text);
    for (const NumberedLine &line : numberedLines(decoded)) {
        const std::vector<QStringView> words = wordsOf(line.text);
        if (words.empty())
            continue;
        Moment moment;
        bool understood = !found && words.size() <= 8;
        for (std::size_t i = 0; understood && i < words.size(); ++i)
            understood = takeWord(moment, words[i]);
        const auto time = understood ? dateTimeOf(moment, line.number, problems) : std::nullopt;
        if (time)
            found = time;
        else
            problems.notUnderstood(line.number, line.text);
    }
    if (!found)
        problems.add(0, u"no date"_s);
    return {found, problems.take()};
}

} // namespace tropo
