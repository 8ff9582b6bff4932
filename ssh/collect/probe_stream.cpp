#include "ssh/collect/probe_stream.h"

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Longer than any marker line can be; paths are bounded by it.
constexpr qsizetype longestLine = 2048;
/// Kept until the nonce is known.
constexpr qsizetype longestWait = qsizetype(1) << 20;

/// Decimal digits alone.
std::optional<qint64> number(QByteArrayView text, qsizetype digits)
{
    if (text.isEmpty() || text.size() > digits ||
        !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return {};
    return text.toByteArray().toLongLong();
}

} // namespace

bool isProbePath(QByteArrayView path)
{
    const auto allowed = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
               c == '_' || c == '-' || c == '%' || c == '/';
    };
    if (path.isEmpty() || !std::all_of(path.begin(), path.end(), allowed))
        return false;
    char before = '/';
    for (const char c : path) {
        if (before == '/' && (c == '/' || c == '.'))
            return false;
        before = c;
    }
    return before != '/';
}

void ProbeStream::setNonce(const QByteArray &nonce)
{
    m_linePrefix = nonce + ' ';
    m_endMarker = '\n' + nonce + " end ";
}

void ProbeStream::feed(QByteArrayView bytes)
{
    if (!m_broken.isEmpty() || m_done)
        return;
    m_total += bytes.size();
    if (m_total > m_limits.total) {
        breakOff(u"more than %1 MiB came"_s.arg(m_limits.total >> 20));
        return;
    }
    m_buffer.append(bytes);
    if (m_linePrefix.isEmpty()) {
        if (m_buffer.size() > longestWait)
            breakOff(u"more than 1 MiB came before the probe started"_s);
        return;
    }
    while (m_broken.isEmpty() && !m_done && step()) {
    }
    m_buffer.remove(0, m_read);
    m_read = 0;
}

std::optional<ProbeStream::Piece> ProbeStream::next()
{
    if (m_ended.isEmpty())
        return {};
    return m_ended.takeFirst();
}

bool ProbeStream::breakOff(const QString &reason)
{
    m_broken = reason;
    m_open.reset();
    m_buffer.clear();
    m_read = 0;
    return false;
}

/// Reads one line or piece; false when more bytes are needed.
bool ProbeStream::step()
{
    return m_open ? stepInside() : stepOutside();
}

bool ProbeStream::stepOutside()
{
    const QByteArrayView bytes = rest();
    const qsizetype end = bytes.indexOf('\n');
    if (end < 0) {
        // Noise of any length may stand here: of a line that is no marker only a bounded part is held.
        if (bytes.size() > longestLine)
            m_read += bytes.size() - 1;
        return false;
    }
    const QByteArrayView line = bytes.first(end);
    m_read += end + 1;
    if (!line.startsWith(m_linePrefix))
        return true;
    const QByteArrayView words = line.sliced(m_linePrefix.size());
    if (words == QByteArrayView("done")) {
        m_done = true;
        return false;
    }
    if (words.startsWith("begin "))
        return readBegin(words.sliced(6));
    return breakOff(u"a marker stands where none may"_s);
}

bool ProbeStream::readBegin(QByteArrayView path)
{
    if (path.size() > longestLine || !isProbePath(path))
        return breakOff(u"a document has a name that none may have"_s);
    if (++m_begun > m_limits.documents)
        return breakOff(u"more than %1 documents came"_s.arg(m_limits.documents));
    m_open = Piece();
    m_open->path = QString::fromLatin1(path);
    return true;
}

bool ProbeStream::stepInside()
{
    const QByteArrayView bytes = rest();
    const qsizetype marker = bytes.indexOf(m_endMarker);
    if (marker < 0) {
        // The last bytes may be the beginning of a marker.
        const qsizetype sure = bytes.size() - (m_endMarker.size() - 1);
        if (sure > 0) {
            keep(bytes.first(sure));
            m_read += sure;
        }
        return false;
    }
    keep(bytes.first(marker));
    m_read += marker;
    const QByteArrayView after = rest().sliced(m_endMarker.size());
    const qsizetype end = after.indexOf('\n');
    if (end < 0)
        return after.size() > longestLine ? breakOff(u"a marker never ends"_s) : false;
    m_read += m_endMarker.size() + end + 1;
    return readEnd(after.first(end));
}

bool ProbeStream::readEnd(QByteArrayView line)
{
    const QList<QByteArray> words = line.toByteArray().split(' ');
    const auto status = words.size() == 3 ? number(words[1], 3) : std::nullopt;
    const auto milliseconds = words.size() == 3 ? number(words[2], 9) : std::nullopt;
    if (!status || *status > 255 || !milliseconds || words[0] != m_open->path.toLatin1())
        return breakOff(u"the end of %1 is not the one that its beginning announced"_s.arg(m_open->path));
    m_open->status = static_cast<int>(*status);
    m_open->milliseconds = *milliseconds;
    m_ended.append(std::move(*m_open));
    m_open.reset();
    return true;
}

void ProbeStream::keep(QByteArrayView bytes)
{
    const qsizetype room = static_cast<qsizetype>(m_limits.document) - m_open->text.size();
    m_open->text.append(bytes.first(std::min(bytes.size(), room)));
    if (bytes.size() > room)
        m_open->oversize = true;
}

} // namespace tropo
