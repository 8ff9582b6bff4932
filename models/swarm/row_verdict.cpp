#include "models/swarm/row_verdict.h"

#include <algorithm>

namespace tropo {

namespace {

/// A task that is on its way for longer does not get there: pulling an image and the start period of a health
/// check take minutes.
constexpr qint64 longestStart = 10 * 60;
/// A task that has run for less may be missing from a list of containers that was read at the same moment.
constexpr qint64 shortestRun = 60;

QString capital(QString text)
{
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

class RowJudge
{
public:
    RowJudge(SwarmRow &row, const SwarmService &service, const SwarmEvidence &evidence)
        : m_row(row), m_service(service), m_evidence(evidence)
    {
    }

    void judge()
    {
        const QList<const SwarmCopy *> running = m_row.running();
        if (running.size() > 1)
            judgeSeveral(running);
        else if (running.size() == 1)
            judgeOne(*running.front());
        else
            judgeNone();
        addSources();
    }

private:
    void say(SwarmVerdict verdict, const QString &why)
    {
        m_row.verdict = verdict;
        m_row.why = why;
    }

    QString updateWords() const
    {
        return QStringLiteral("its manager's update of the service is %1")
            .arg(m_service.listed->updateState->value);
    }

    void judgeSeveral(const QList<const SwarmCopy *> &running)
    {
        QStringList clauses;
        for (const SwarmCopy *copy : running)
            clauses.append(copy->text());
        const QString what = QStringLiteral("%1 runs %2 times: %3")
                                 .arg(capital(m_row.place()), QString::number(running.size()),
                                      clauses.join(QStringLiteral("; ")));
        const auto isOfUpdate = [](const SwarmCopy *copy) {
            return copy->task &&
                   (copy->verdict == SwarmVerdict::AsWanted || copy->verdict == SwarmVerdict::NotWanted);
        };
        if (m_service.isChanging() && std::all_of(running.begin(), running.end(), isOfUpdate))
            say(SwarmVerdict::Changing, what + QStringLiteral("; ") + updateWords() + u'.');
        else if (!m_evidence.manager().engine())
            say(SwarmVerdict::OverCount,
                what + QStringLiteral(". No manager answered: which one is wanted is not known."));
        else
            say(SwarmVerdict::OverCount, what + u'.');
    }

    void judgeOne(const SwarmCopy &copy)
    {
        const QString what = QStringLiteral("%1 runs as %2").arg(capital(m_row.place()), copy.text());
        if (copy.verdict == SwarmVerdict::NotWanted && m_service.isChanging())
            say(SwarmVerdict::Changing, what + QStringLiteral("; ") + updateWords() + u'.');
        else if (copy.verdict == SwarmVerdict::NotWanted && successor())
            say(SwarmVerdict::Changing, what + QStringLiteral("; the one that takes its place is %1.")
                                                   .arg(successor()->currentState.toLower()));
        else if (copy.verdict == SwarmVerdict::NotKnown && !m_evidence.manager().engine())
            say(copy.verdict,
                what + QStringLiteral(". No manager answered: whether it is wanted is not known."));
        else
            say(copy.verdict, what + u'.');
    }

    /// A task that its manager starts in this place, and has not tried for long.
    const SwarmTask *successor() const
    {
        for (const SwarmTask *task : m_row.tasks) {
            const WantedState wanted = wantedState(task->desiredState);
            if (wanted != WantedState::Running && wanted != WantedState::Prepared)
                continue;
            const TaskNow now = taskNow(task->currentState);
            if (now.isOnItsWay() && !isLate(now))
                return task;
        }
        return nullptr;
    }

    static bool isLate(const TaskNow &now) { return now.since && now.since->least >= longestStart; }

    void judgeNone()
    {
        const auto paused = std::find_if(m_row.copies.begin(), m_row.copies.end(), [](const SwarmCopy &copy) {
            return copy.engine->containersKnown && copy.container->state == ContainerState::Paused;
        });
        if (paused != m_row.copies.end())
            return say(SwarmVerdict::AsWanted,
                       QStringLiteral("%1 is paused: %2.").arg(capital(m_row.place()), paused->text()));
        if (const SwarmTask *task = m_row.wantedTask())
            return judgeWanted(*task, taskNow(task->currentState));
        const auto stale = std::find_if(m_row.copies.begin(), m_row.copies.end(), [](const SwarmCopy &copy) {
            return !copy.engine->containersKnown && isRunning(*copy.container);
        });
        if (stale != m_row.copies.end())
            say(SwarmVerdict::NotKnown,
                QStringLiteral("%1 ran as %2.").arg(capital(m_row.place()), stale->text()));
        else if (!m_row.tasks.isEmpty())
            judgeEnded(*m_row.tasks.front());
    }

    void judgeWanted(const SwarmTask &task, const TaskNow &now)
    {
        const QString said = task.error.isEmpty()
                                 ? task.currentState
                                 : QString(task.currentState + QStringLiteral(" (") + task.error + u')');
        const QString what =
            QStringLiteral("%1 is wanted, but its task is %2").arg(capital(m_row.place()), said);
        if (now.state == TaskState::Running)
            return judgeRunningElsewhere(task, now);
        const auto failures = std::count_if(m_row.tasks.begin(), m_row.tasks.end(), &failedLately);
        if (failures > 1)
            say(SwarmVerdict::NotRunning, QStringLiteral("%1; it has failed %2 times: %3")
                                              .arg(what, QString::number(failures), lastFailure()));
        else if (now.isOnItsWay() && task.error.isEmpty() && !isLate(now))
            say(SwarmVerdict::Changing,
                QStringLiteral("%1 is being started: %2.").arg(capital(m_row.place()), said));
        else
            say(m_service.isChanging() ? SwarmVerdict::Changing : SwarmVerdict::NotRunning, what + u'.');
    }

    static bool failedLately(const SwarmTask *task)
    {
        const TaskNow now = taskNow(task->currentState);
        return now.hasFailed() && now.since && !isLate(now);
    }

    QString lastFailure() const
    {
        for (const SwarmTask *task : m_row.tasks)
            if (taskNow(task->currentState).hasFailed() && !task->error.isEmpty())
                return task->error + u'.';
        return QStringLiteral("its manager does not say why.");
    }

    /// The manager says that it runs, and no engine that was read shows it.
    void judgeRunningElsewhere(const SwarmTask &task, const TaskNow &now)
    {
        const QString what =
            QStringLiteral("The manager says that %1 runs on %2")
                .arg(m_row.place(),
                     task.node.isEmpty() ? QStringLiteral("a node without a name") : task.node);
        const auto nodes = m_evidence.manager().nodesNamed(task.node);
        const QList<const EngineView *> engines = m_evidence.enginesOf(task.node);
        const bool allRead = std::all_of(engines.begin(), engines.end(),
                                         [](const EngineView *engine) { return engine->containersKnown; });
        if (nodes.size() == 1 && isDown(*nodes.front()))
            say(SwarmVerdict::NodeDown,
                QStringLiteral("%1, which it calls %2.").arg(what, nodes.front()->status));
        else if (engines.isEmpty() || !allRead)
            say(SwarmVerdict::NotKnown, what + QStringLiteral(", whose containers were not read."));
        else if (!now.since || now.since->least < shortestRun || !listedAfter(*now.since, engines))
            say(SwarmVerdict::Changing, what + QStringLiteral(" since the containers there were listed."));
        else
            say(SwarmVerdict::NotRunning, what + QStringLiteral(", but no container there does."));
    }

    /// Whether the engines' containers were listed when the task ran already.
    bool listedAfter(const Elapsed &age, const QList<const EngineView *> &engines) const
    {
        const QDateTime listed = m_evidence.manager().listsRead();
        return std::all_of(engines.begin(), engines.end(), [&](const EngineView *engine) {
            const QDateTime &read = engine->engine->containersRead;
            return !listed.isValid() || !read.isValid() || read > listed.addSecs(-age.least);
        });
    }

    /// Nothing is wanted here any more. A failure that is not tried again is one where the service asks for
    /// it.
    void judgeEnded(const SwarmTask &last)
    {
        const bool asked =
            m_service.listed && m_row.slot && m_service.listed->desired.value_or(0) >= *m_row.slot;
        if (asked && taskNow(last.currentState).hasFailed() && !m_service.isChanging())
            say(SwarmVerdict::NotRunning, QStringLiteral("%1 is not tried again: its last task is %2, %3")
                                              .arg(capital(m_row.place()), last.currentState, lastFailure()));
    }

    void addSources()
    {
        for (const SwarmCopy *copy : m_row.running()) {
            m_row.sources.append(copy->container->source);
            if (copy->task)
                m_row.sources.append(copy->task->source);
            const SwarmNode *node = m_evidence.nodeOf(*copy->engine);
            if (node && (copy->verdict == SwarmVerdict::NodeDown || copy->verdict == SwarmVerdict::WrongNode))
                m_row.sources.append(node->source);
        }
        if (m_row.sources.isEmpty())
            for (const SwarmTask *task : m_row.tasks)
                if (task == m_row.tasks.front() || taskNow(task->currentState).hasFailed())
                    m_row.sources.append(task->source);
        for (const SwarmCopy *copy : m_row.running())
            if (copy->verdict == SwarmVerdict::UnknownTask || copy->verdict == SwarmVerdict::UnknownService)
                addList(copy->verdict);
        if (m_row.verdict == SwarmVerdict::Changing && m_service.isChanging())
            m_row.sources.append(m_service.listed->updateState->source);
    }

    /// What is not in a list is proved by the whole of it.
    void addList(SwarmVerdict verdict)
    {
        const ManagerView &manager = m_evidence.manager();
        if (verdict == SwarmVerdict::UnknownService && !manager.services().isEmpty())
            m_row.sources.append({manager.services().front().source.document, 0, 0});
        else if (!manager.tasks().isEmpty())
            m_row.sources.append({manager.tasks().front().source.document, 0, 0});
    }

    SwarmRow &m_row;
    const SwarmService &m_service;
    const SwarmEvidence &m_evidence;
};

} // namespace

void decideRow(SwarmRow &row, const SwarmService &service, const SwarmEvidence &evidence)
{
    RowJudge(row, service, evidence).judge();
}

} // namespace tropo
