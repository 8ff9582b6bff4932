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

/// When operating systems, Docker Engine and kernels end, as a dated table bundled with the program
/// (resources/eol).
struct EndOfLifeTable
{
    QDate dated;
    QMultiHash<QString, EndOfLife> systems; ///< by "id version": "fedora 28"
    QHash<QString, EndOfLife> docker;       ///< Docker's own builds, by version: "24.0", "27"
    QHash<QString, EndOfLife> kernels;      ///< series of kernel.org: "6.1"

    /// By ID and VERSION_ID; a longer version falls back to its leading part ("7.9" to "7"). Where two
    /// systems share both (CentOS Linux 8 and CentOS Stream 8) the printed name decides. Nothing: not in the
    /// table, or not to be told apart.
    std::optional<EndOfLife> find(const OsRelease &os) const;
    /// Of a version of Docker's own builds: "24.0.2", "18.06.1-ce". Nothing: not in the table.
    std::optional<EndOfLife> findDocker(const QString &version) const;
    /// Of a kernel that plainly comes from kernel.org. Nothing: another's kernel, whose maker mends it, or
    /// not in the table.
    std::optional<EndOfLife> findKernel(const QString &release) const;
};

/// The series that an upstream kernel belongs to: "5.4" of "5.4.123" (nothing added), of ELRepo's
/// "5.4.123-1.el8.elrepo.x86_64" and of Ubuntu's mainline build "5.4.123-0504123-generic". Nothing for the
/// kernels that distributions maintain, whose numbers do not tell what was mended in them.
std::optional<QString> upstreamSeries(QStringView release);

/// How many days before its end a system is worth a warning.
inline constexpr int endOfLifeNoticeDays = 90;

/// What to say of an end on a day: "life ended on 2019-05-28, 4 years before this was read: no security
/// updates since", or "life ends on 2023-08-01, 14 days after this was read". Nothing: the end is further
/// away, or the day is not known.
std::optional<QString> endOfLifeNotice(const EndOfLife &end, const QDate &today);

/// Reads resources/eol/end-of-life.json, whose "about" says what its fields mean.
Parsed<EndOfLifeTable> parseEndOfLifeTable(const QByteArray &json, const QString &document);

} // namespace tropo
