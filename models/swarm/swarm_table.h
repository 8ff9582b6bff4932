#pragma once

#include "models/swarm/manager_view.h"
#include "models/swarm/task_words.h"

namespace tropo {

/// What the documents of all engines and managers together say of one place of a service, or of one
/// container in it; the worse the later.
enum class SwarmVerdict {
    AsWanted,
    Changing,       ///< being started, updated or rolled back: what differs now is normal
    NotKnown,       ///< no manager answered, or an engine was not read
    NotRunning,     ///< wanted, but runs nowhere
    NotWanted,      ///< runs, but its manager wants it stopped
    NodeDown,       ///< runs on a node that its manager calls down, or no longer has
    WrongNode,      ///< runs on another node than its manager has it on
    UnknownTask,    ///< no manager knows the task
    UnknownService, ///< no manager knows the service
    OverCount,      ///< runs more often than it should
};

/// "as-wanted", "over-count", …: for JSON and tests.
QString verdictName(SwarmVerdict verdict);

/// A container that bears a task.
struct SwarmCopy
{
    const EngineView *engine = nullptr;
    const Container *container = nullptr;
    const SwarmTask *task = nullptr; ///< as its manager has it; nothing: no manager knows it
    bool running = false;            ///< now, as far as is known
    SwarmVerdict verdict = SwarmVerdict::NotKnown;
    QString
        words; ///< what its manager says of it, as the end of a clause: "which its manager wants shutdown"

    QString subject() const;
    QString text() const; ///< "web.2.4yzm… on Eterathiel, which its manager wants shutdown"
};

/// One place of a service: a slot, or a node of a global service.
struct SwarmRow
{
    std::optional<int> slot;
    QString nodeId;                 ///< of a global service
    QString node;                   ///< host name of that node, where known
    QList<const SwarmTask *> tasks; ///< as the manager lists them, those first that it wants
    QList<SwarmCopy> copies;        ///< by VM, then as the engine lists them
    SwarmVerdict verdict = SwarmVerdict::NotKnown;
    QString why; ///< a sentence
    QList<Source> sources;

    QString place() const; ///< "slot 2", "node Eterathiel"
    QList<const SwarmCopy *> running() const;
    const SwarmTask *wantedTask() const; ///< the first that is to run, now or as soon as it may
};

/// A service of a Swarm with its places, by slot or node.
struct SwarmService
{
    QString name;
    QString id;
    const Service *listed = nullptr; ///< as its manager lists it
    QString subject;                 ///< on the first VM that runs it, else on the manager's
    QList<SwarmRow> rows;
    /// How many places run that are not asked for; copies of one place and what no manager knows are not
    /// among them. Nothing: not known.
    std::optional<int> surplus;

    bool isChanging() const; ///< its manager is updating it or rolling it back
    int runningPlaces() const;
};

struct Swarm
{
    QString clusterId; ///< empty where no manager was read
    QList<const EngineView *> engines;
    ManagerView manager;
    QStringList unread; ///< nodes and VMs of which the containers are not known
    QList<SwarmService> services;
};

/// Container × task × service × node over all engines of the fleet. It is the one place that decides what is
/// wanted; it points into the fleet, which must outlive it.
class SwarmTable
{
public:
    explicit SwarmTable(const Fleet &fleet);
    SwarmTable(const SwarmTable &) = delete;
    SwarmTable &operator=(const SwarmTable &) = delete;

    const QList<Swarm> &swarms() const { return m_swarms; }
    const QList<EngineView> &engines() const { return m_engines; }

private:
    QList<EngineView> m_engines;
    QList<Swarm> m_swarms;
};

} // namespace tropo
