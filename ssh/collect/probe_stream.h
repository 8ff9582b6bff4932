#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace tropo {

/// One of the two streams that the probe prints (resources/probe/README.md), cut into its documents. Any
/// machine may send anything: what breaks the protocol ends the stream, what is too large is not kept.
class ProbeStream
{
public:
    struct Limits
    {
        qint64 document = qint64(64) << 20; ///< bytes kept of one document
        qint64 total = qint64(256) << 20;   ///< bytes taken in all
        int documents = 4096;
    };

    struct Piece ///< a document as it came on this stream
    {
        QString path;
        QByteArray text;
        bool oversize = false; ///< larger than Limits::document; `text` is its beginning
        int status = 0;
        qint64 milliseconds = 0;
    };

    explicit ProbeStream(const Limits &limits) : m_limits(limits) {}

    /// Markers are told by it; until it is known nothing can be read.
    void setNonce(const QByteArray &nonce);
    void feed(QByteArrayView bytes);
    /// The next document that has ended, in the order of the stream.
    std::optional<Piece> next();

    /// The document under way; empty between documents.
    QString openPath() const { return m_open ? m_open->path : QString(); }
    bool done() const { return m_done; }
    /// Why the stream can be read no further, as the end of a sentence; empty while it can.
    QString broken() const { return m_broken; }

private:
    bool step();
    bool stepOutside();
    bool stepInside();
    bool readBegin(QByteArrayView path);
    bool readEnd(QByteArrayView line);
    void keep(QByteArrayView bytes);
    bool breakOff(const QString &reason);
    QByteArrayView rest() const { return QByteArrayView(m_buffer).sliced(m_read); }

    Limits m_limits;
    QByteArray m_linePrefix; ///< of markers; empty until the nonce is known
    QByteArray m_endMarker;
    QByteArray m_buffer;
    qsizetype m_read = 0; ///< of m_buffer
    qint64 m_total = 0;
    int m_begun = 0;
    std::optional<Piece> m_open;
    QList<Piece> m_ended;
    bool m_done = false;
    QString m_broken;
};

/// A path that a probe may name: parts of `A-Z a-z 0-9 . _ - %`, none empty or starting with a full stop.
bool isProbePath(QByteArrayView path);

} // namespace tropo
