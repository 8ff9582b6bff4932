#pragma once

#include "models/items/finding_filter.h"
#include "models/items/tree_model.h"
#include "models/story/story.h"

#include <QDateTime>
#include <QHash>

namespace tropo {

/// Findings as rows, merged by id, filtered and sorted by itself. Grouped, the findings of a story stand
/// below its row; flat, each stands alone.
class FindingsModel final : public TreeModel
{
    Q_OBJECT
public:
    enum Column { SeverityColumn, Subject, Message, Rule, Since, ColumnCount };
    enum Role { IdRole = Qt::UserRole, SeverityRole, AcceptedRole, StoryRole };

    using TreeModel::TreeModel;

    /// Replaces what is known by these; one that was here before keeps its "since", a new one gets `taken`.
    void setFindings(const QList<Finding> &findings, const QList<Story> &stories, const QDateTime &taken);
    void setFilter(const FindingFilter &filter);
    const FindingFilter &filter() const { return m_filter; }
    void setGrouped(bool grouped);
    bool isGrouped() const { return m_grouped; }
    void setNow(const QDateTime &now) { m_now = now; }

    /// The finding of a row; nothing where it is a story's.
    const Finding *finding(const QModelIndex &index) const;
    const Story *story(const QModelIndex &index) const;
    const Finding *findingById(const QString &id) const;
    /// The row of a story.
    QModelIndex indexOfStory(const QString &id) const { return indexOf(storyKey(id)); }
    QDateTime since(const Finding &finding) const { return m_since.value(finding.id()); }
    QDateTime since(const Story &story) const;
    /// All of them, whatever the filter.
    const QList<Finding> &all() const { return m_all; }

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    /// Column -1: the order in which the findings came, worst first, and of a story as it tells them.
    void sort(int column, Qt::SortOrder order) override;

private:
    struct Line;

    static QString storyKey(const QString &id) { return QString(QLatin1String("story ") + id); }
    Line lineOf(const Finding &finding, qsizetype order) const;
    Line lineOf(const Story &story, const QList<Line> &members) const;
    void sortLines(QList<Line> &lines) const;
    void refresh();
    QString text(const Finding &finding, int column) const;
    QString text(const Story &story, int column) const;
    QString whole(const Finding &finding, int column) const;
    QString whole(const Story &story, int column) const;

    QList<Finding> m_all;
    QList<Story> m_stories;
    QHash<QString, qsizetype> m_findingAt; ///< by key: place in m_all
    QHash<QString, qsizetype> m_storyAt;   ///< by key: place in m_stories
    QHash<QString, QDateTime> m_since;
    FindingFilter m_filter;
    bool m_grouped = true;
    QDateTime m_now = QDateTime::currentDateTime();
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
};

/// "error", "warning", "note": the word that stands beside the icon.
QString severityWord(Severity severity);

} // namespace tropo

Q_DECLARE_METATYPE(tropo::Severity)
