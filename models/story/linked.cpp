#include "models/story/linked.h"

#include <QHash>

#include <algorithm>

namespace tropo {

namespace {

/// Which group each object is in. Groups that turn out to be one are merged, the smaller into the larger.
class Groups
{
public:
    void add(qsizetype place, const Finding *finding, const QSet<QString> &objects)
    {
        m_members.append(Members{{place, finding}});
        m_objects.append(objects);
        qsizetype home = m_members.size() - 1;
        QSet<qsizetype> others;
        for (const QString &object : objects)
            if (const auto known = m_home.constFind(object); known != m_home.constEnd())
                others.insert(*known);
        for (qsizetype other : std::as_const(others))
            home = merged(home, other);
        for (const QString &object : objects)
            m_home.insert(object, home);
    }

    QList<Linked> take()
    {
        std::vector<std::pair<qsizetype, Linked>> ordered;
        for (qsizetype i = 0; i < m_members.size(); ++i) {
            Members &members = m_members[i];
            if (members.isEmpty())
                continue;
            std::sort(members.begin(), members.end());
            Linked one{m_objects[i], {}};
            for (const auto &member : members)
                one.findings.append(member.second);
            ordered.push_back({members.front().first, one});
        }
        std::sort(ordered.begin(), ordered.end(),
                  [](const auto &a, const auto &b) { return a.first < b.first; });
        QList<Linked> groups;
        for (const auto &one : ordered)
            groups.append(one.second);
        return groups;
    }

private:
    using Members = QList<std::pair<qsizetype, const Finding *>>; ///< with their place in the list

    qsizetype merged(qsizetype a, qsizetype b)
    {
        if (m_objects[a].size() < m_objects[b].size())
            std::swap(a, b);
        for (const QString &object : std::as_const(m_objects[b]))
            m_home.insert(object, a);
        m_objects[a].unite(m_objects[b]);
        m_members[a] += m_members[b];
        m_objects[b].clear();
        m_members[b].clear();
        return a;
    }

    QList<Members> m_members;
    QList<QSet<QString>> m_objects; ///< of each group
    QHash<QString, qsizetype> m_home;
};

} // namespace

QList<Linked> linked(const QList<const Finding *> &findings,
                     const std::function<QSet<QString>(const Finding &)> &objectsOf)
{
    Groups groups;
    for (qsizetype i = 0; i < findings.size(); ++i)
        groups.add(i, findings[i], objectsOf(*findings[i]));
    return groups.take();
}

} // namespace tropo
