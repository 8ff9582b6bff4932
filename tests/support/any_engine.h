#pragma once

#include "tests/support/fleet_builder.h"

namespace tropo::build {

/// Draws containers of every kind and state, and what their managers may say of them. `Dice` has upTo(most),
/// oneIn(times) and of(list).
template <typename Dice> class EngineDrawer
{
public:
    explicit EngineDrawer(Dice &dice) : m_dice(dice) {}

    Engine draw()
    {
        Engine engine;
        engine.containers = QList<Container>{};
        for (int i = m_dice.upTo(5); i > 0; --i)
            engine.containers->append(m_dice.oneIn(3) ? plain() : swarmTask());
        engine.clusterId = m_dice.oneIn(2) ? QStringLiteral("c1") : QString();
        if (m_dice.oneIn(2))
            engine.nodeId = m_dice.of(nodes);
        if (m_dice.oneIn(6))
            engine.swarmState =
                Sourced<QString>{QStringLiteral("inactive"), {QStringLiteral("info.json"), 1, 1}};
        if (m_dice.oneIn(2))
            manage(engine);
        return engine;
    }

private:
    const QStringList tasks{
        QStringLiteral("4yzmmuh6jfiqvw4tmslylzox8"), QStringLiteral("14o28ydavjbctxh8sirh1yp1i"),
        QStringLiteral("rxfuqi2evdpkeeixz6khdhvin"), QStringLiteral("zx12opk1k05luhlbkza0pa37l")};
    const QStringList nodes{QStringLiteral("pp3uc24m85p7jrdacocczf9wa"),
                            QStringLiteral("w5ewp6wfp7v38tsyno50xul7x"),
                            QStringLiteral("qym3z41fc2mzezep5mkx7srzf")};
    const QStringList services{QStringLiteral("ft_web"), QStringLiteral("ft_db"), QStringLiteral("agent")};

    Container swarmTask()
    {
        const QString service = m_dice.of(services);
        Container made = task(qPrintable(service), m_dice.upTo(2), qPrintable(m_dice.of(tasks)),
                              m_dice.oneIn(3)   ? "a"
                              : m_dice.oneIn(2) ? "b:latest"
                                                : "b:1",
                              m_dice.oneIn(3) ? qPrintable(service + QStringLiteral("0123456789")) : "");
        if (m_dice.oneIn(3))
            made.task->nodeId = m_dice.of(nodes);
        disturb(made);
        return made;
    }

    Container plain()
    {
        Container made = container("a1", m_dice.oneIn(2) ? "one" : "two", "b:1");
        made.command = QStringLiteral("serve");
        for (int i = m_dice.upTo(2); i > 0; --i)
            made.ports.append({m_dice.oneIn(2) ? QStringLiteral("0.0.0.0") : QString(), 80 + m_dice.upTo(1),
                               80, QStringLiteral("tcp")});
        disturb(made);
        return made;
    }

    void disturb(Container &container)
    {
        container.state = static_cast<ContainerState>(m_dice.oneIn(3) ? m_dice.upTo(7) : 2);
        container.health = static_cast<Health>(m_dice.upTo(4));
        container.status = m_dice.oneIn(3)   ? QStringLiteral("Up 5 days (healthy)")
                           : m_dice.oneIn(2) ? QStringLiteral("Up 4 weeks")
                                             : QString();
        if (m_dice.oneIn(3))
            container.os = OsRelease{QStringLiteral("fedora"), QStringLiteral("28"), {}, {}};
    }

    void manage(Engine &engine)
    {
        if (!m_dice.oneIn(5)) {
            engine.services = QList<Service>{};
            for (const QString &name : services) {
                if (m_dice.oneIn(4))
                    continue;
                Service one;
                one.id = name + QStringLiteral("0123456789");
                one.name = name;
                one.running = m_dice.upTo(3);
                one.desired = m_dice.upTo(3);
                if (m_dice.oneIn(4))
                    one.updateState = Sourced<QString>{QStringLiteral("updating"), {}};
                one.source = {QStringLiteral("services.json"), 1, 1};
                engine.services->append(one);
            }
        }
        if (!m_dice.oneIn(5)) {
            engine.tasks = QList<SwarmTask>{};
            const QStringList states{
                QStringLiteral("Running 4 weeks ago"), QStringLiteral("Pending 2 hours ago"),
                QStringLiteral("Failed 9 seconds ago"), QStringLiteral("Shutdown 2 days ago")};
            for (int i = m_dice.upTo(4); i > 0; --i) {
                SwarmTask one;
                one.service = m_dice.of(services);
                one.slot = m_dice.upTo(2);
                one.id = m_dice.of(tasks);
                one.name = one.service + u'.' + QString::number(*one.slot);
                one.node = m_dice.oneIn(2) ? QStringLiteral("h0") : QStringLiteral("h1");
                one.desiredState = m_dice.oneIn(3) ? QStringLiteral("Shutdown") : QStringLiteral("Running");
                one.currentState = m_dice.of(states);
                one.source = {QStringLiteral("tasks.json"), i, i};
                engine.tasks->append(one);
            }
        }
        if (!m_dice.oneIn(5)) {
            engine.nodes = QList<SwarmNode>{};
            for (qsizetype i = 0; i < nodes.size(); ++i)
                if (!m_dice.oneIn(4))
                    engine.nodes->append({nodes[i],
                                          QStringLiteral("h%1").arg(i),
                                          m_dice.oneIn(3) ? QStringLiteral("Down") : QStringLiteral("Ready"),
                                          {},
                                          {},
                                          {QStringLiteral("nodes.json"), 1, 1}});
        }
    }

    Dice &m_dice;
};

} // namespace tropo::build
