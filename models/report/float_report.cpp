#include "models/report/float_report.h"

#include "models/report/story_report.h"
#include "models/text/plain_text.h"

#include <QTextStream>

namespace tropo {

using namespace Qt::StringLiterals;

QJsonObject floatJson(const FloatRow &row)
{
    QJsonArray holders;
    for (const FloatHolder &holder : row.holders)
        holders.append(QJsonObject{{u"subject"_s, holder.subject}, {u"has"_s, holder.has}});
    QJsonObject layers;
    for (const FloatCell &cell : row.cells)
        layers.insert(layerName(cell.layer), QJsonObject{{u"state"_s, stateName(cell.state)},
                                                         {u"text"_s, cell.text},
                                                         {u"detail"_s, cell.detail},
                                                         {u"sources"_s, sourcesJson(cell.sources)}});
    return {{u"name"_s, row.name},
            {u"address"_s, row.address.toString()},
            {u"mac"_s, row.mac.toString()},
            {u"holders"_s, holders},
            {u"first_disagreeing"_s,
             row.firstDisagreeing ? QJsonValue(layerName(*row.firstDisagreeing)) : QJsonValue()},
            {u"layers"_s, layers}};
}

void writeFloat(QTextStream &out, const FloatRow &row)
{
    out << visibleText(row.name) << "  " << row.address.toString() << "  " << row.mac.toString();
    if (row.holders.isEmpty() && !row.firstDisagreeing) {
        const bool known = row.cell(FloatLayer::Live).state == LayerState::Absent;
        out << (known ? "  nobody has it\n\n" : "  nobody has it in what was read\n\n");
        return;
    }
    out << '\n';
    for (const FloatCell &cell : row.cells) {
        if (cell.layer == FloatLayer::Declared && cell.state == LayerState::Agrees)
            continue;
        const bool first = row.firstDisagreeing == cell.layer;
        out << (first ? "  > " : "    ") << layerTitle(cell.layer).leftJustified(16) << "  "
            << stateName(cell.state).leftJustified(9) << "  " << visibleText(cell.text) << '\n';
    }
    out << '\n';
}

} // namespace tropo
