#pragma once

#include "models/fleet/machine.h"
#include "models/source.h"

#include <QDate>
#include <QMultiHash>

namespace tropo {

struct EndOfLife
{
    QString name;   ///< "CentOS Stream": NAME in os-release, the first words of redhat-release
    QString system; ///< "Fedora 28"
    QDate date;     ///< last day of support

    bool operator==(const EndOfLife &) const = default;
};

/// When operating systems end, as a dated table bundled with the program (resources/eol).
struct EndOfLifeTable
{
    QDate dated;
    QMultiHash<QString, EndOfLife> systems; ///< by "id version": "fedora 28"

    /// By ID and VERSION_ID; a longer version falls back to its leading part ("7.9" to "7"). Where two
    /// systems share both (CentOS Linux 8 and CentOS Stream 8) the printed name decides. Nothing: not in the
    /// table, or not to be told apart.
    std::optional<EndOfLife> find(const OsRelease &os) const;
};

/// Reads resources/eol/end-of-life.json, whose "about" says what its fields mean.
Parsed<EndOfLifeTable> parseEndOfLifeTable(const QByteArray &json, const QString &document);

} // namespace tropo
