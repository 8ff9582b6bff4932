#pragma once

#include "models/result.h"
#include "models/source.h"

#include <QByteArray>
#include <QDateTime>
#include <QMap>

#include <chrono>
#include <optional>

namespace tropo {

/// Raw text as a tool printed it on one machine.
struct Document
{
    QByteArray text;
    QDateTime taken;                               ///< when it was read; the capture's time where not known
    std::optional<std::chrono::milliseconds> took; ///< how long the reading lasted, where measured

    bool operator==(const Document &) const = default;
};

/// A source that could not be read, as errors.json of a capture lists them.
struct SourceError
{
    QString hypervisor;
    QString source; ///< "libvirt", "host", "guest NAME", or a document's path below the hypervisor's folder
    QString message;
    QDateTime taken; ///< when it was tried

    bool operator==(const SourceError &) const = default;
};

/// All that was read of a fleet, before any understanding. Keys are the paths of `capture-format.md`
/// ("trop02/libvirt/domains/Acilamwen.xml"), with names escaped as `escapedName` does.
struct Evidence
{
    QDateTime taken;
    QString tool; ///< what took it: "troposcope 0.1.0"
    QMap<QString, Document> documents;
    QList<SourceError> errors;
    QList<Problem> problems; ///< what a capture's reader could not take (a link, a bad errors.json, …)

    bool operator==(const Evidence &) const = default;

    const Document *find(const QString &path) const;
    /// The hypervisors that have at least one document or error, sorted.
    QStringList hypervisors() const;
    /// Paths directly or deeper below `folder` (no trailing slash), sorted.
    QStringList below(const QString &folder) const;
};

/// A name as a part of a capture's path: any character outside `A-Z a-z 0-9 . _ -`, and a leading dot, as %XX
/// of its UTF-8 bytes (capital hex).
QString escapedName(QStringView name);
/// The name back; malformed escapes are kept as they stand.
QString unescapedName(QStringView part);

} // namespace tropo
