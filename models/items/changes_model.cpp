#include "models/items/changes_model.h"

#include "models/items/export_role.h"
#include "models/items/visible_text.h"

#include <QHash>

namespace tropo {

namespace {

/// "trop02/vm/Acilamwen" of "trop02/vm/Acilamwen/if/ens5".
QString headingOf(const QString &subject)
{
    return subject.section(u'/', 0, subject.startsWith(QLatin1String("float/")) ? 1 : 2);
}

ChangesModel::RowKind rowKindOf(ChangeKind kind)
{
    switch (kind) {
    case ChangeKind::Added:
        return ChangesModel::Added;
    case ChangeKind::Removed:
        return ChangesModel::Removed;
    case ChangeKind::Changed:
        break;
    }
    return ChangesModel::Changed;
}

bool passes(const ChangeFilter &filter, ChangesModel::RowKind kind)
{
    switch (kind) {
    case ChangesModel::Added:
        return filter.added;
    case ChangesModel::Removed:
        return filter.removed;
    case ChangesModel::NotComparable:
        return filter.notCompared;
    default:
        return filter.changed;
    }
}

QString kindText(ChangesModel::RowKind kind)
{
    switch (kind) {
    case ChangesModel::Added:
        return ChangesModel::tr("added");
    case ChangesModel::Removed:
        return ChangesModel::tr("removed");
    case ChangesModel::Changed:
        return ChangesModel::tr("changed");
    case ChangesModel::NotComparable:
        return ChangesModel::tr("not comparable");
    case ChangesModel::Group:
        break;
    }
    return {};
}

} // namespace

void ChangesModel::setComparison(const Comparison &comparison)
{
    beginResetModel();
    m_comparison = comparison;
    regroup();
    endResetModel();
}

void ChangesModel::setFilter(const ChangeFilter &filter)
{
    if (filter == m_filter)
        return;
    beginResetModel();
    m_filter = filter;
    regroup();
    endResetModel();
}

void ChangesModel::regroup()
{
    m_headings.clear();
    QHash<QString, std::size_t> places;
    const auto put = [&](const QString &heading, const Row &row) {
        if (!places.contains(heading)) {
            places.insert(heading, m_headings.size());
            m_headings.push_back({heading, {}});
        }
        m_headings[places.value(heading)].rows.push_back(row);
    };
    const auto contains = [this](const QString &subject, const QString &message) {
        return m_filter.text.isEmpty() || subject.contains(m_filter.text, Qt::CaseInsensitive) ||
               message.contains(m_filter.text, Qt::CaseInsensitive);
    };
    for (qsizetype i = 0; i < m_comparison.changes.size(); ++i) {
        const Change &change = m_comparison.changes[i];
        const RowKind kind = rowKindOf(change.kind);
        if (passes(m_filter, kind) && contains(change.subject, change.message))
            put(headingOf(change.subject), {kind, i});
    }
    for (qsizetype i = 0; i < m_comparison.notCompared.size(); ++i) {
        const NotCompared &one = m_comparison.notCompared[i];
        if (m_filter.notCompared && contains(one.subject, one.message))
            put({}, {NotComparable, i});
    }
}

int ChangesModel::shown() const
{
    int count = 0;
    for (const Heading &heading : m_headings)
        count += static_cast<int>(heading.rows.size());
    return count;
}

const Change *ChangesModel::change(const QModelIndex &index) const
{
    if (!index.isValid() || !index.parent().isValid())
        return nullptr;
    const Heading &heading = m_headings[static_cast<std::size_t>(index.parent().row())];
    const Row &row = heading.rows[static_cast<std::size_t>(index.row())];
    return row.kind == NotComparable ? nullptr : &m_comparison.changes[row.place];
}

// A row's internal id is its group's place + 1; a group's is 0.

QModelIndex ChangesModel::index(int row, int column, const QModelIndex &parent) const
{
    if (row < 0 || column < 0 || column >= ColumnCount || row >= rowCount(parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : quintptr(0));
}

QModelIndex ChangesModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == 0)
        return {};
    return createIndex(static_cast<int>(index.internalId()) - 1, 0, quintptr(0));
}

int ChangesModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_headings.size());
    if (parent.internalId() != 0 || parent.column() != 0)
        return 0;
    return static_cast<int>(m_headings[static_cast<std::size_t>(parent.row())].rows.size());
}

int ChangesModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QString ChangesModel::subjectOf(const Row &row) const
{
    return row.kind == NotComparable ? m_comparison.notCompared[row.place].subject
                                     : m_comparison.changes[row.place].subject;
}

QString ChangesModel::textOf(const Row &row, const Heading &heading, int column) const
{
    switch (column) {
    case Kind:
        return kindText(row.kind);
    case Where: {
        const QString subject = subjectOf(row);
        // Below its group only the rest of the subject is news.
        const bool isBelow = !heading.subject.isEmpty() && subject.startsWith(heading.subject);
        return visibleText(isBelow ? subject.mid(heading.subject.size() + 1) : subject, 160);
    }
    default:
        return visibleText(row.kind == NotComparable ? m_comparison.notCompared[row.place].message
                                                     : m_comparison.changes[row.place].message,
                           1000);
    }
}

/// Each row by itself: what stands above it may be sorted away elsewhere.
QString ChangesModel::wholeOf(const Row &row, int column) const
{
    switch (column) {
    case Kind:
        return kindText(row.kind);
    case Where:
        return wholeText(subjectOf(row));
    default:
        return wholeText(row.kind == NotComparable ? m_comparison.notCompared[row.place].message
                                                   : m_comparison.changes[row.place].message);
    }
}

QVariant ChangesModel::groupData(const Heading &heading, int column, int role) const
{
    if (role == RowKindRole)
        return Group;
    if (role == SubjectRole)
        return heading.subject;
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole && role != Qt::ToolTipRole)
        return {};
    const QString name = heading.subject.isEmpty() ? tr("Not comparable") : visibleText(heading.subject, 160);
    return column == Kind ? QVariant(name + QStringLiteral("  \u00b7  %1").arg(heading.rows.size()))
                          : QVariant();
}

QVariant ChangesModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (index.internalId() == 0)
        return groupData(m_headings[static_cast<std::size_t>(index.row())], index.column(), role);
    const Heading &heading = m_headings[static_cast<std::size_t>(index.parent().row())];
    const Row &row = heading.rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return textOf(row, heading, index.column());
    case exportRole:
        return wholeOf(row, index.column());
    case RowKindRole:
        return row.kind;
    case SubjectRole:
        return subjectOf(row);
    default:
        return {};
    }
}

QVariant ChangesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Kind:
        return tr("Change");
    case Where:
        return tr("Where");
    case Message:
        return tr("What");
    default:
        return {};
    }
}

} // namespace tropo
