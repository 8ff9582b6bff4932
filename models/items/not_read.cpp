#include "models/items/not_read.h"

#include "models/fleet/subject.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

namespace tropo {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(NotRead)
};

} // namespace

QStringList notReadTexts(const Snapshot &snapshot, const QString &key)
{
    const QLatin1String floats("float");
    if (!subject::isAt(key, floats)) {
        // A hypervisor of which little was read hides more than one of its VMs does.
        QList<NotKnown> gaps = notKnownAt(snapshot.notKnown, key);
        std::stable_partition(gaps.begin(), gaps.end(),
                              [](const NotKnown &gap) { return subject::vmOf(gap.subject).isEmpty(); });
        return notKnownTexts(gaps);
    }
    QStringList texts;
    const bool all = key == floats;
    for (const FloatRow &row : snapshot.floats)
        for (const FloatCell &cell : row.cells)
            if (cell.state == LayerState::NotKnown && (all || subject::isAt(key, row.subject())))
                texts.append((all ? QString(row.name + QLatin1String(", ")) : QString()) +
                             Words::tr("%1: %2").arg(layerTitle(cell.layer), cell.text));
    return texts;
}

qsizetype machinesNotRead(const Snapshot &snapshot)
{
    QSet<QString> machines;
    for (const NotKnown &one : snapshot.notKnown)
        machines.insert(one.subject);
    return machines.size();
}

} // namespace tropo
