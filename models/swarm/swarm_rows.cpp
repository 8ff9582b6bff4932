#include "models/swarm/swarm_rows.h"

#include "models/fleet/subject.h"
#include "models/swarm/swarm_ids.h"

#include <QHash>

#include <algorithm>

namespace tropo {

namespace {

/// Where a task or container belongs in its service.
struct Place
{
    std::optional<int> slot;
    QString nodeId;

    bool isKnown() const { return slot || !nodeId.isEmpty(); }
    QString key() const
    {
        return slot ? QString(u's' + QString::number(*slot)) : QString(u'n' + swarmIdKey(nodeId));
    }
};

/// "web.2", or "agent.NODEID" of a global service.
Place placeOf(const SwarmTask &task)
{
    if (task.slot)
        return {task.slot, {}};
    const qsizetype dot = task.name.lastIndexOf(u'.');
    return {{}, dot < 0 ? QString() : task.name.sliced(dot + 1)};
}

Place placeOf(const SwarmTaskLabel &label, const SwarmTask *task)
{
    if (label.slot)
        return {label.slot, {}};
    if (task && placeOf(*task).isKnown())
        return placeOf(*task);
    return {{}, label.nodeId};
}

class Gathering
{
public:
    explicit Gathering(const ManagerView &manager) : m_manager(manager)
    {
        for (const Service &service : manager.services()) {
            const qsizetype at = add(service.name, service.id);
            m_services[at].listed = &service;
        }
        for (const SwarmTask &task : manager.tasks()) {
            const auto named = m_byName.constFind(task.service);
            const qsizetype at = named != m_byName.constEnd() ? *named : add(task.service, {});
            if (const Place place = placeOf(task); place.isKnown())
                rowAt(at, place).tasks.append(&task);
        }
    }

    void add(const EngineView &engine)
    {
        if (!engine.engine->containers)
            return;
        for (const Container &container : *engine.engine->containers) {
            if (!container.task)
                continue;
            const SwarmTask *task = m_manager.task(container.task->taskId);
            const Place place = placeOf(*container.task, task);
            if (!place.isKnown())
                continue;
            SwarmCopy copy;
            copy.engine = &engine;
            copy.container = &container;
            copy.task = task;
            copy.running = engine.containersKnown && isRunning(container);
            rowAt(serviceOf(*container.task), place).copies.append(copy);
        }
    }

    QList<SwarmService> take();

private:
    qsizetype add(const QString &name, const QString &id)
    {
        SwarmService service;
        service.name = name;
        service.id = id;
        m_services.append(service);
        m_rows.append(QHash<QString, qsizetype>());
        const qsizetype at = m_services.size() - 1;
        // The first of a name is the manager's, where it lists one.
        if (!m_byName.contains(name))
            m_byName.insert(name, at);
        if (const QString key = swarmIdKey(id); !key.isEmpty())
            m_byId.insert(key, at);
        return at;
    }

    /// By its id; a service that is unknown by its id is another one, though it has the same name.
    qsizetype serviceOf(const SwarmTaskLabel &label)
    {
        const QString key = swarmIdKey(label.serviceId);
        if (const auto known = m_byId.constFind(key); !key.isEmpty() && known != m_byId.constEnd())
            return *known;
        const auto named = m_byName.constFind(label.service);
        if (named == m_byName.constEnd())
            return add(label.service, label.serviceId);
        if (key.isEmpty())
            return *named;
        SwarmService &service = m_services[*named];
        if (!service.id.isEmpty())
            return add(label.service, label.serviceId);
        service.id = label.serviceId;
        m_byId.insert(key, *named);
        return *named;
    }

    SwarmRow &rowAt(qsizetype service, const Place &place)
    {
        QList<SwarmRow> &rows = m_services[service].rows;
        const QString key = place.key();
        const auto known = m_rows[service].constFind(key);
        if (known != m_rows[service].constEnd())
            return rows[*known];
        m_rows[service].insert(key, rows.size());
        SwarmRow row;
        row.slot = place.slot;
        row.nodeId = place.nodeId;
        rows.append(row);
        return rows.back();
    }

    const ManagerView &m_manager;
    QList<SwarmService> m_services;
    QList<QHash<QString, qsizetype>> m_rows; ///< of each service, by place
    QHash<QString, qsizetype> m_byName;
    QHash<QString, qsizetype> m_byId;
};

void nameNode(SwarmRow &row, const ManagerView &manager)
{
    if (row.nodeId.isEmpty())
        return;
    if (const SwarmNode *node = manager.node(row.nodeId))
        row.node = node->hostname;
    else if (!row.copies.isEmpty())
        row.node = row.copies.front().engine->domain->name;
}

QString subjectOf(const SwarmService &service, const ManagerView &manager)
{
    QString running;
    QString any;
    const auto take = [](QString &least, const QString &vm) {
        if (least.isEmpty() || vm < least)
            least = vm;
    };
    for (const SwarmRow &row : service.rows)
        for (const SwarmCopy &copy : row.copies) {
            take(any, copy.engine->subject);
            if (copy.running)
                take(running, copy.engine->subject);
        }
    const QString vm = !running.isEmpty() ? running : manager.engine() ? manager.engine()->subject : any;
    return subject::service(vm, service.name);
}

int rank(const SwarmTask &task)
{
    const WantedState wanted = wantedState(task.desiredState);
    return wanted == WantedState::Running ? 0 : wanted == WantedState::Prepared ? 1 : 2;
}

QList<SwarmService> Gathering::take()
{
    for (SwarmService &service : m_services) {
        for (SwarmRow &row : service.rows) {
            nameNode(row, m_manager);
            std::stable_sort(row.tasks.begin(), row.tasks.end(),
                             [](const SwarmTask *a, const SwarmTask *b) { return rank(*a) < rank(*b); });
        }
        std::sort(service.rows.begin(), service.rows.end(), [](const SwarmRow &a, const SwarmRow &b) {
            return std::tie(a.slot, a.node, a.nodeId) < std::tie(b.slot, b.node, b.nodeId);
        });
        service.subject = subjectOf(service, m_manager);
    }
    std::sort(m_services.begin(), m_services.end(), [](const SwarmService &a, const SwarmService &b) {
        return std::tie(a.name, a.id) < std::tie(b.name, b.id);
    });
    return m_services;
}

} // namespace

QList<SwarmService> swarmServices(const QList<const EngineView *> &engines, const ManagerView &manager)
{
    Gathering gathering(manager);
    for (const EngineView *engine : engines)
        gathering.add(*engine);
    return gathering.take();
}

} // namespace tropo
