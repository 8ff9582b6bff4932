#include "models/items/findings_model.h"

#include "models/items/export_role.h"
#include "models/items/visible_text.h"

#include <QSet>

#include <algorithm>

namespace tropo {

QString severityWord(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return FindingsModel::tr("error");
    case Severity::Warning:
        return FindingsModel::tr("warning");
    case Severity::Info:
        return FindingsModel::tr("note");
    }
    return {};
}

/// A row in the making, with what it is sorted by.
struct FindingsModel::Line
{
    TreeNode node;
    Severity severity = Severity::Info;
    bool accepted = false;
    bool isStory = false;
    qsizetype order = 0; ///< in which its (first) finding came
    QString rule;
};

void FindingsModel::setFindings(const QList<Finding> &findings, const QList<Story> &stories,
                                const QDateTime &taken)
{
    QHash<QString, QDateTime> since;
    m_all.clear();
    m_findingAt.clear();
    for (const Finding &finding : findings) {
        const QString id = finding.id();
        if (since.contains(id))
            continue;
        since.insert(id, m_since.value(id, taken));
        m_findingAt.insert(id, m_all.size());
        m_all.append(finding);
    }
    m_since = since;
    m_stories = stories;
    m_storyAt.clear();
    for (qsizetype i = 0; i < m_stories.size(); ++i)
        m_storyAt.insert(storyKey(m_stories[i].id()), i);
    refresh();
}

void FindingsModel::setFilter(const FindingFilter &filter)
{
    if (m_filter == filter)
        return;
    m_filter = filter;
    refresh();
}

void FindingsModel::setGrouped(bool grouped)
{
    if (m_grouped == grouped)
        return;
    m_grouped = grouped;
    refresh();
}

void FindingsModel::sort(int column, Qt::SortOrder order)
{
    m_sortColumn = column;
    m_sortOrder = order;
    refresh();
}

FindingsModel::Line FindingsModel::lineOf(const Finding &finding, qsizetype order) const
{
    Line line;
    line.node.key = finding.id();
    line.node.label = finding.subject;
    line.node.detail = finding.message;
    line.node.badge = text(finding, SeverityColumn);
    line.node.taken = since(finding);
    line.severity = finding.severity;
    line.accepted = finding.accepted.has_value();
    line.order = order;
    line.rule = finding.rule;
    return line;
}

FindingsModel::Line FindingsModel::lineOf(const Story &story, const QList<Line> &members) const
{
    Line line;
    line.node.key = storyKey(story.id());
    line.node.label = story.subject;
    line.node.detail = story.title;
    line.node.badge = text(story, SeverityColumn) + text(story, Rule);
    line.node.taken = since(story);
    line.severity = story.severity;
    line.accepted = story.accepted;
    line.isStory = true;
    line.order = members.front().order;
    line.rule = story.cause;
    for (const Line &member : members)
        line.node.children.push_back(member.node);
    return line;
}

void FindingsModel::sortLines(QList<Line> &lines) const
{
    const bool up = m_sortOrder == Qt::AscendingOrder;
    std::stable_sort(lines.begin(), lines.end(), [this, up](const Line &a, const Line &b) {
        const Line &low = up ? a : b;
        const Line &high = up ? b : a;
        switch (m_sortColumn) {
        case SeverityColumn:
            return low.severity > high.severity;
        case Subject:
            return low.node.label < high.node.label;
        case Message:
            return low.node.detail < high.node.detail;
        case Rule:
            return low.rule < high.rule;
        case Since:
            return low.node.taken < high.node.taken;
        default:
            return a.order < b.order;
        }
    });
}

void FindingsModel::refresh()
{
    QHash<QString, Line> lines;
    QList<QString> order;
    for (qsizetype i = 0; i < m_all.size(); ++i)
        if (m_filter.admits(m_all[i])) {
            const Line line = lineOf(m_all[i], i);
            lines.insert(line.node.key, line);
            order.append(line.node.key);
        }
    QList<Line> rows;
    QSet<QString> told;
    for (const Story &story : m_grouped ? m_stories : QList<Story>()) {
        QList<Line> members;
        for (const QString &id : story.findings)
            if (const auto line = lines.constFind(id); line != lines.constEnd() && !told.contains(id)) {
                members.append(*line);
                told.insert(id);
            }
        if (members.isEmpty())
            continue;
        if (m_sortColumn >= 0)
            sortLines(members);
        rows.append(lineOf(story, members));
    }
    for (const QString &key : std::as_const(order))
        if (!told.contains(key))
            rows.append(lines.value(key));
    // As they came, but what hangs together comes before what stands alone and is no worse.
    std::stable_sort(rows.begin(), rows.end(), [](const Line &a, const Line &b) {
        return std::tuple(b.severity, a.isStory ? 0 : 1) < std::tuple(a.severity, b.isStory ? 0 : 1);
    });
    if (m_sortColumn >= 0)
        sortLines(rows);
    std::vector<TreeNode> nodes;
    for (Line &row : rows)
        nodes.push_back(std::move(row.node));
    setRows(std::move(nodes));
}

QDateTime FindingsModel::since(const Story &story) const
{
    QDateTime first;
    for (const QString &id : story.findings)
        if (const QDateTime at = m_since.value(id); at.isValid() && (!first.isValid() || at < first))
            first = at;
    return first;
}

const Finding *FindingsModel::findingById(const QString &id) const
{
    const auto at = m_findingAt.constFind(id);
    return at == m_findingAt.constEnd() ? nullptr : &m_all[*at];
}

const Finding *FindingsModel::finding(const QModelIndex &index) const
{
    const TreeNode *row = node(index);
    return row ? findingById(row->key) : nullptr;
}

const Story *FindingsModel::story(const QModelIndex &index) const
{
    const TreeNode *row = node(index);
    const auto at = row ? m_storyAt.constFind(row->key) : m_storyAt.constEnd();
    return at == m_storyAt.constEnd() ? nullptr : &m_stories[*at];
}

int FindingsModel::columnCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(ColumnCount);
}

QString FindingsModel::text(const Finding &finding, int column) const
{
    switch (column) {
    case SeverityColumn:
        if (finding.accepted)
            return tr("%1, accepted").arg(severityWord(finding.severity));
        return finding.sighting == Sighting::Once ? tr("%1, seen once").arg(severityWord(finding.severity))
                                                  : severityWord(finding.severity);
    case Rule:
        return visibleText(finding.rule, 80);
    case Subject:
        return visibleText(finding.subject, 200);
    case Message:
        return visibleText(finding.message, 500);
    case Since:
        return ageText(since(finding), m_now);
    default:
        return {};
    }
}

QString FindingsModel::text(const Story &story, int column) const
{
    switch (column) {
    case SeverityColumn:
        return story.accepted ? tr("%1, accepted").arg(severityWord(story.severity))
                              : severityWord(story.severity);
    case Rule:
        return tr("one cause, %1 findings").arg(story.findings.size());
    case Subject:
        return visibleText(story.subject, 200);
    case Message:
        return visibleText(story.title, 500);
    case Since:
        return ageText(since(story), m_now);
    default:
        return {};
    }
}

QString FindingsModel::whole(const Finding &finding, int column) const
{
    switch (column) {
    case Rule:
        return wholeText(finding.rule);
    case Subject:
        return wholeText(finding.subject);
    case Message:
        return wholeText(finding.message);
    case Since:
        return isoText(since(finding));
    default:
        return text(finding, column);
    }
}

QString FindingsModel::whole(const Story &story, int column) const
{
    switch (column) {
    case Subject:
        return wholeText(story.subject);
    case Message:
        return wholeText(story.title);
    case Since:
        return isoText(since(story));
    default:
        return text(story, column);
    }
}

QVariant FindingsModel::data(const QModelIndex &index, int role) const
{
    const Finding *found = finding(index);
    const Story *told = found ? nullptr : story(index);
    if (!found && !told)
        return {};
    const auto textOf = [&](int column) { return found ? text(*found, column) : text(*told, column); };
    switch (role) {
    case Qt::DisplayRole:
        return textOf(index.column());
    case exportRole:
        return found ? whole(*found, index.column()) : whole(*told, index.column());
    case Qt::ToolTipRole: {
        const QString whole =
            index.column() == Since ? timeText(found ? since(*found) : since(*told)) : textOf(index.column());
        return QString(QLatin1String("<p style='white-space:pre-wrap'>") + whole.toHtmlEscaped() +
                       QLatin1String("</p>"));
    }
    case IdRole:
        return found ? found->id() : told->id();
    case SeverityRole:
        return QVariant::fromValue(found ? found->severity : told->severity);
    case AcceptedRole:
        return found ? found->accepted.has_value() : told->accepted;
    case StoryRole:
        return told != nullptr;
    default:
        return {};
    }
}

QVariant FindingsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role == Qt::TextAlignmentRole && section == Since)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case SeverityColumn:
        return tr("Severity");
    case Rule:
        return tr("Rule");
    case Subject:
        return tr("Subject");
    case Message:
        return tr("What is wrong");
    case Since:
        return tr("Since");
    default:
        return {};
    }
}

} // namespace tropo
