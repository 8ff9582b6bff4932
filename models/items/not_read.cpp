#include "models/items/not_read.h"

#include "models/fleet/subject.h"

#include <QCoreApplication>
#include <QSet>

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
    if (!subject::isAt(key, floats))
        return notKnownTexts(notKnownAt(snapshot.notKnown, key));
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
