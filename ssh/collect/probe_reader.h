#pragma once

#include "models/result.h"
#include "ssh/collect/probe_stream.h"

#include <QDateTime>
#include <QHash>
#include <QSet>

#include <chrono>

namespace tropo {

/// A document that the probe printed.
struct ProbeDocument
{
    QString path; ///< below the machine's folder: "guest/ip-addr.json"; or a folder that could not be listed
    QByteArray text;
    QString said; ///< what the command said on stderr, at most 4 KiB
    int status = 0;
    bool oversize = false;
    QDateTime taken; ///< when its end was read
    std::chrono::milliseconds took{0};

    bool operator==(const ProbeDocument &) const = default;
};

/// Reads what resources/probe/probe.sh prints, as it comes and in pieces of any size. Strict: a machine that
/// breaks the protocol is read no further, and what it printed before counts. Pure: no clock but taken's, no
/// I/O.
class ProbeReader
{
public:
    using Limits = ProbeStream::Limits;

    explicit ProbeReader(const Limits &limits = {});

    void feedOutput(QByteArrayView bytes);
    void feedErrors(QByteArrayView bytes);

    /// Those that have ended, in order, with what stderr has said of them until now.
    QList<ProbeDocument> documents() const;
    qsizetype count() const { return m_documents.size(); }
    /// The document under way; empty between documents.
    QString openPath() const { return m_output.openPath(); }
    bool started() const { return !m_nonce.isEmpty(); }
    /// The probe came to its end: every document that the machine has was seen.
    bool done() const { return m_output.done() && !m_error; }
    /// What broke the protocol; nothing while all is well. Then the machine need not be listened to any
    /// longer.
    const std::optional<Error> &error() const { return m_error; }
    /// Bytes that came on both streams.
    qint64 bytes() const { return m_bytes; }
    /// What was said before the probe started: a login shell's complaint; empty once it has started, at most
    /// 4 KiB.
    QString noise() const;

private:
    void findHeader();
    void addNoise(QByteArrayView bytes);
    void take();
    void fail(ErrorKind kind, const QString &message);

    ProbeStream m_output;
    ProbeStream m_errors;
    QByteArray m_nonce;
    QByteArray m_before; ///< stdout until the header
    QByteArray m_noise;  ///< on both streams until the header, its beginning
    QList<ProbeDocument> m_documents;
    QSet<QString> m_paths;
    QHash<QString, QString> m_said;
    std::optional<Error> m_error;
    qint64 m_bytes = 0;
};

} // namespace tropo
