#pragma once

#include "models/fleet/machine.h"
#include "models/source.h"

#include <QDate>
#include <QHash>

namespace tropo {

struct EndOfLife
{
    QString system; ///< "Fedora 28"
    QDate date;     ///< last day of support

    bool operator==(const EndOfLife &) const = default;
};

/// When operating systems end, as a dated table bundled with the program (resources/eol).
struct EndOfLifeTable
{
    QDate dated;
    QHash<QString, EndOfLife> systems; ///< by "id version": "fedora 28"

    /// By ID and VERSION_ID; a longer version falls back to its leading part ("7.9" to "7"). Nothing: not in
    /// the table.
    std::optional<EndOfLife> find(const OsRelease &os) const;
};

Parsed<EndOfLifeTable> parseEndOfLifeTable(const QByteArray &json, const QString &document);

} // namespace tropo
