#include "models/parse/libvirt_snapshots.h"

#include "models/parse/json_fields.h"
#include "models/parse/virsh_table.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// The time that begins with the word `at`: "2023-07-18 16:20:48 +0100" (virsh prints local time).
QDateTime timeAt(const std::vector<QStringView> &words, std::size_t at)
{
    const QStringView zone = words[at + 2];
    if (zone.size() != 5 || (zone[0] != u'+' && zone[0] != u'-'))
        return {};
    const QString iso = words[at].toString() + u'T' + words[at + 1] + zone.first(3) + u':' + zone.sliced(3);
    return QDateTime::fromString(iso, Qt::ISODate);
}

/// The name may have blanks in it: it ends where the last time of the row begins.
std::optional<DomainSnapshot> snapshotOf(const VirshRow &row, const ProblemLog &problems)
{
    const auto words = wordsOf(row.text);
    const QStringView text = row.text;
    for (std::size_t at = words.size(); at-- > 1;) {
        if (at + 2 >= words.size())
            continue;
        const QDateTime time = timeAt(words, at);
        if (time.isValid())
            return DomainSnapshot{text.first(words[at].data() - text.data()).trimmed().toString(), time,
                                  problems.at(row.line)};
    }
    return {};
}

} // namespace

Parsed<QList<SnapshotEntry>> parseSnapshotsJson(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    QList<SnapshotEntry> entries;
    const QList<JsonElement> elements = jsonElements(text, problems);
    for (const JsonElement &element : elements) {
        const JsonFields fields(element, problems);
        const SnapshotEntry entry{fields.text("domain"_L1),
                                  {fields.text("name"_L1), fields.time("created"_L1), fields.source()}};
        if (entry.domain.isEmpty() || entry.snapshot.name.isEmpty())
            fields.complain(entry.domain.isEmpty() ? "domain"_L1 : "name"_L1,
                            u"missing, the snapshot is left out"_s);
        else
            entries.append(entry);
    }
    return {entries, problems.take()};
}

Parsed<QList<DomainSnapshot>> parseSnapshotsTable(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    QList<DomainSnapshot> snapshots;
    const VirshTable table = virshTable(text, problems);
    for (const VirshRow &row : table.rows) {
        if (const auto snapshot = snapshotOf(row, problems))
            snapshots.append(*snapshot);
        else
            problems.notUnderstood(row.line, row.text);
    }
    return {snapshots, problems.take()};
}

} // namespace tropo
