#include "models/rules/container_rules.h"

#include "models/fleet/subject.h"
#include "models/rules/about.h"

#include <QMap>

#include <algorithm>

namespace tropo {

namespace {

/// What an image is wrong about concerns: all tasks of a service have one cause, and their names change with
/// every restart.
QString ownerOf(const EngineView &engine, const Container &container)
{
    return container.task ? subject::service(engine.subject, container.task->service)
                          : subject::container(engine.subject, container.name);
}

/// Containers of one owner and one fault.
struct Owned
{
    QList<const Container *> containers;
    const EngineView *engine = nullptr;
};

QStringList namesOf(const Owned &owned)
{
    QStringList names;
    for (const Container *container : owned.containers)
        names.append(container->name);
    return names;
}

Finding aboutAll(const QString &owner, const QString &message, const Owned &owned)
{
    QList<Source> sources;
    QStringList related;
    for (const Container *container : owned.containers) {
        sources.append(container->source);
        const QString subject = subject::container(owned.engine->subject, container->name);
        if (subject != owner)
            related.append(subject);
    }
    return about(owner, message, sources, related);
}

bool isHex(QStringView text)
{
    return std::all_of(text.begin(), text.end(),
                       [](QChar c) { return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f'); });
}

/// An image without a name: docker shows its id when its tag has moved to another one.
bool isId(QStringView image)
{
    return image.startsWith(u"sha256:") || ((image.size() == 12 || image.size() == 64) && isHex(image));
}

/// What is wrong with an image's name; empty for one that tells what runs.
QString looseName(const QString &image)
{
    if (image.isEmpty() || image.contains(u'@'))
        return {};
    if (isId(image))
        return QStringLiteral("an image without a name, %1: its tag means another image now").arg(image);
    const QString last = image.section(u'/', -1);
    if (!last.contains(u':'))
        return QStringLiteral("%1 without a tag, which means latest").arg(image);
    return last.endsWith(QLatin1String(":latest")) ? image : QString();
}

/// "2019-05-28, 4 years before this was read"
QString endedText(const QDate &end, const QDate &now)
{
    const qint64 days = end.daysTo(now);
    const QString since = days >= 730 ? QStringLiteral("%1 years").arg(days / 365)
                                      : counted(days, QStringLiteral("day"), QStringLiteral("days"));
    return QStringLiteral("%1, %2 before this was read").arg(end.toString(Qt::ISODate), since);
}

/// When the containers were read: the fleet's time, else the clock of the guest.
QDate todayOf(const RuleInput &input, const EngineView &engine)
{
    if (input.fleet.taken.isValid())
        return input.fleet.taken.date();
    const auto &clock = engine.domain->guest->system.clock;
    return clock ? clock->value.date() : QDate();
}

} // namespace

QList<Finding> containerOsEol(const RuleInput &input)
{
    QList<Finding> findings;
    for (const EngineView &engine : input.swarm.engines()) {
        const QDate today = todayOf(input, engine);
        QMap<QString, QMap<QString, Owned>> byOwner; // owner, then what ended
        for (const Container &container : engine.listed()) {
            const auto end =
                container.os && isRunning(container) ? input.endOfLife.find(*container.os) : std::nullopt;
            if (!end || !today.isValid() || today <= end->date)
                continue;
            const QString system = container.os->pretty.isEmpty() ? end->system : container.os->pretty;
            Owned &owned = byOwner[ownerOf(engine, container)][QStringLiteral("%1, whose life ended on %2")
                                                                   .arg(system, endedText(end->date, today))];
            owned.engine = &engine;
            owned.containers.append(&container);
        }
        for (auto owner = byOwner.cbegin(); owner != byOwner.cend(); ++owner)
            for (auto ended = owner->cbegin(); ended != owner->cend(); ++ended) {
                Finding finding = aboutAll(
                    owner.key(),
                    QStringLiteral("Inside %1 on %2 is %3: no security updates since. The image is "
                                   "to be built anew on a system that is supported.")
                        .arg(someOf(namesOf(*ended), QStringLiteral(", ")), engine.domain->name, ended.key()),
                    *ended);
                for (const Container *container : ended->containers)
                    finding.evidence.append({container->os->source, {}});
                findings.append(finding);
            }
    }
    return findings;
}

QList<Finding> containerImageLatest(const RuleInput &input)
{
    QList<Finding> findings;
    for (const EngineView &engine : input.swarm.engines()) {
        QMap<QString, QMap<QString, Owned>> byOwner; // owner, then what is wrong with the name
        for (const Container &container : engine.listed()) {
            const QString loose = isRunning(container) ? looseName(container.image) : QString();
            if (loose.isEmpty())
                continue;
            Owned &owned = byOwner[ownerOf(engine, container)][loose];
            owned.engine = &engine;
            owned.containers.append(&container);
        }
        for (auto owner = byOwner.cbegin(); owner != byOwner.cend(); ++owner)
            for (auto loose = owner->cbegin(); loose != owner->cend(); ++loose)
                findings.append(aboutAll(
                    owner.key(),
                    QStringLiteral("%1 on %2 %3 %4. What runs cannot be told from that.")
                        .arg(someOf(namesOf(*loose), QStringLiteral(", ")), engine.domain->name,
                             loose->containers.size() == 1 ? QStringLiteral("runs") : QStringLiteral("run"),
                             loose.key()),
                    *loose));
    }
    return findings;
}

} // namespace tropo
