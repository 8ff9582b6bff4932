#include "models/parse/df.h"

#include "models/parse/elision.h"
#include "models/parse/line_cursor.h"
#include "models/parse/problem_log.h"

#include <limits>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Header
{
    qint64 blockBytes = 1024;
    bool hasType = false; ///< -T: the type of the file system stands behind the device
};

/// "1024-blocks", "1K-blocks", "512-blocks", "1M-blocks": bytes of one block.
std::optional<qint64> blockSize(QStringView word)
{
    if (!word.endsWith("-blocks"_L1))
        return {};
    QStringView size = word.chopped(7);
    qint64 unit = 1;
    if (size.endsWith(u'K') || size.endsWith(u'k'))
        unit = 1024;
    else if (size.endsWith(u'M'))
        unit = 1024 * 1024;
    if (unit > 1)
        size.chop(1);
    bool isNumber = false;
    const int count = size.toInt(&isNumber);
    return isNumber && count > 0 ? std::optional(count * unit) : std::nullopt;
}

/// The line over the numbers, translated or not; nothing where the line is none: no header has a path in it.
std::optional<Header> headerOf(const std::vector<QStringView> &words)
{
    if (words.size() < 5 || words[0].startsWith(u'/'))
        return {};
    for (std::size_t i = 1; i < words.size() && i < 3; ++i)
        if (const auto bytes = blockSize(words[i]))
            return Header{*bytes, i == 2};
    return {};
}

bool isDash(QStringView word)
{
    return word == u"-";
}

/// Whole, maybe negative: what root alone may use can exceed what is left.
std::optional<qint64> blocks(QStringView word)
{
    bool isNumber = false;
    const qint64 number = word.toLongLong(&isNumber);
    return isNumber ? std::optional(number) : std::nullopt;
}

bool isPercent(QStringView word)
{
    return word.endsWith(u'%') && blocks(word.chopped(1)).has_value();
}

/// Where size, used, available, capacity and mount point begin in the words of a line; nothing where they do
/// not stand there. Device and mount point may have blanks in them.
std::optional<std::size_t> numbersAt(const std::vector<QStringView> &words)
{
    for (std::size_t i = 0; i + 4 < words.size(); ++i) {
        bool fits = isPercent(words[i + 3]) || isDash(words[i + 3]);
        for (std::size_t k = i; fits && k < i + 3; ++k)
            fits = isDash(words[k]) || blocks(words[k]);
        if (fits && words[i + 4].startsWith(u'/'))
            return i;
    }
    return {};
}

qint64 kibOf(qint64 count, const Header &header)
{
    if (header.blockBytes == 1024)
        return count;
    const qint64 most = std::numeric_limits<qint64>::max() / header.blockBytes;
    return qBound(-most, count, most) * header.blockBytes / 1024;
}

/// A broken line's first half, the device.
struct Held
{
    QString device;
    int line = 0;
};

class DfReader
{
public:
    explicit DfReader(const QString &document) : m_problems(document) {}

    Parsed<QList<Filesystem>> read(const QString &text)
    {
        for (LineCursor at(text); at.next();)
            take(at);
        refuseHeld();
        if (!m_headed && m_found.isEmpty())
            m_problems.add(0, u"not a table as df prints it"_s);
        return {m_found, m_problems.take()};
    }

private:
    void take(const LineCursor &at)
    {
        const QStringView line = at.trimmed().first(qMin(at.trimmed().size(), longest));
        const auto words = wordsOf(line);
        if (isElision(line)) {
            refuseHeld();
            m_problems.add(at.number(), u"lines are left out here, line %1"_s.arg(at.number()));
        } else if (const auto header = headerOf(words)) {
            refuseHeld();
            m_header = *header;
            m_headed = true;
        } else if (const auto numbers = numbersAt(words)) {
            takeRow(at, line, words, *numbers);
        } else {
            refuseHeld();
            m_held = {line.toString(), at.number()};
        }
    }

    void takeRow(const LineCursor &at, QStringView line, const std::vector<QStringView> &words,
                 std::size_t numbers)
    {
        int first = at.number();
        QString device = line.first(words[numbers].data() - line.data()).trimmed().toString();
        if (device.isEmpty() && m_held.line > 0) {
            device = m_held.device;
            first = m_held.line;
            m_held = {};
        }
        refuseHeld();
        if (m_header.hasType && device.contains(u' '))
            device = device.first(device.lastIndexOf(u' ')).trimmed();
        const auto size = blocks(words[numbers]);
        const auto used = blocks(words[numbers + 1]);
        const auto available = blocks(words[numbers + 2]);
        if (device.isEmpty() || (size && *size < 0))
            m_problems.notUnderstood(at.number(), line);
        else if (size && used && available)
            m_found.append({bounded(device), bounded(line.sliced(words[numbers + 4].data() - line.data())),
                            kibOf(*size, m_header), kibOf(*used, m_header), kibOf(*available, m_header),
                            m_problems.at(first, at.number())});
    }

    void refuseHeld()
    {
        if (m_held.line > 0)
            m_problems.notUnderstood(m_held.line, m_held.device);
        m_held = {};
    }

    static constexpr qsizetype longest = 4096;

    ProblemLog m_problems;
    Header m_header;
    bool m_headed = false;
    Held m_held;
    QList<Filesystem> m_found;
};

} // namespace

Parsed<QList<Filesystem>> parseDf(const QByteArray &text, const QString &document)
{
    return DfReader(document).read(decodedText(text));
}

} // namespace tropo
