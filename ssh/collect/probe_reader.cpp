#include "ssh/collect/probe_reader.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 longestGreeting = 1 << 20;
constexpr qsizetype longestComplaint = 4 * 1024;
constexpr qsizetype nonceDigits = 32;

bool isNonce(QByteArrayView text)
{
    return text.size() == nonceDigits && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

ProbeStream::Limits forComplaints(ProbeStream::Limits limits)
{
    limits.document = longestComplaint;
    return limits;
}

} // namespace

ProbeReader::ProbeReader(const Limits &limits) : m_output(limits), m_errors(forComplaints(limits))
{
}

void ProbeReader::feedOutput(QByteArrayView bytes)
{
    m_bytes += bytes.size();
    if (m_error)
        return;
    if (started()) {
        m_output.feed(bytes);
    } else {
        addNoise(bytes);
        m_before.append(bytes);
        findHeader();
    }
    take();
}

void ProbeReader::feedErrors(QByteArrayView bytes)
{
    m_bytes += bytes.size();
    if (!started())
        addNoise(bytes);
    m_errors.feed(bytes);
    take();
}

void ProbeReader::addNoise(QByteArrayView bytes)
{
    const qsizetype room = longestComplaint - m_noise.size();
    m_noise.append(bytes.first(std::min(room, bytes.size())));
}

/// A login shell may have printed anything before; lines end in \n.
void ProbeReader::findHeader()
{
    static constexpr QByteArrayView protocol("troposcope-probe ");
    qsizetype from = 0;
    for (qsizetype end; (end = m_before.indexOf('\n', from)) >= 0; from = end + 1) {
        const QByteArrayView line = QByteArrayView(m_before).sliced(from, end - from);
        if (!line.startsWith(protocol))
            continue;
        const QByteArrayView words = line.sliced(protocol.size());
        const qsizetype space = words.indexOf(' ');
        if (space <= 0 || !isNonce(words.sliced(space + 1)))
            continue;
        if (words.first(space) != QByteArrayView("1")) {
            fail(ErrorKind::Unsupported, u"its probe speaks another protocol than this program"_s);
            return;
        }
        m_nonce = words.sliced(space + 1).toByteArray();
        const QByteArray after = m_before.sliced(end + 1);
        m_before.clear();
        m_output.setNonce(m_nonce);
        m_errors.setNonce(m_nonce);
        m_output.feed(after);
        m_errors.feed({});
        return;
    }
    m_before.remove(0, from);
    if (m_bytes > longestGreeting)
        fail(ErrorKind::Format, u"its login shell prints without end before the probe starts"_s);
}

void ProbeReader::take()
{
    for (std::optional<ProbeStream::Piece> piece; !m_error && (piece = m_output.next());) {
        if (m_paths.contains(piece->path)) {
            fail(ErrorKind::Format, u"its answer is broken: %1 came twice"_s.arg(piece->path));
            return;
        }
        m_paths.insert(piece->path);
        m_documents.append({piece->path,
                            std::move(piece->text),
                            {},
                            piece->status,
                            piece->oversize,
                            QDateTime::currentDateTimeUtc(),
                            std::chrono::milliseconds(piece->milliseconds)});
    }
    // A broken stderr costs the reasons alone, not the documents.
    while (const auto piece = m_errors.next())
        m_said.insert(piece->path, QString::fromUtf8(piece->text).trimmed());
    if (!m_error && !m_output.broken().isEmpty())
        fail(ErrorKind::Format, u"its answer is broken: %1"_s.arg(m_output.broken()));
}

void ProbeReader::fail(ErrorKind kind, const QString &message)
{
    m_error = Error{kind, {}, message};
    m_before.clear();
}

QList<ProbeDocument> ProbeReader::documents() const
{
    QList<ProbeDocument> documents = m_documents;
    for (ProbeDocument &document : documents)
        document.said = m_said.value(document.path);
    return documents;
}

QString ProbeReader::noise() const
{
    if (started())
        return {};
    return QString::fromUtf8(m_noise).trimmed();
}

} // namespace tropo
