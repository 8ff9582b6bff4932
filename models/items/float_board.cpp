#include "models/items/float_board.h"

#include "models/fleet/subject.h"

#include <algorithm>

namespace tropo {

namespace {

QString disagreement(const FloatRow &row)
{
    if (!row.firstDisagreeing)
        return {};
    const FloatCell &cell = row.cell(*row.firstDisagreeing);
    return cell.detail.isEmpty() ? cell.text : cell.detail;
}

CardState stateOf(const FloatRow &row)
{
    if (row.holders.size() > 1 || row.firstDisagreeing)
        return CardState::Wrong;
    const auto unknown = [&row](FloatLayer layer) { return row.cell(layer).state == LayerState::NotKnown; };
    if (row.holders.isEmpty())
        return unknown(FloatLayer::Live) || unknown(FloatLayer::Running) ? CardState::NotKnown
                                                                         : CardState::Free;
    return unknown(FloatLayer::Live) && unknown(FloatLayer::Running) ? CardState::NotKnown : CardState::Sound;
}

BoardCard cardOf(const FloatRow &row)
{
    BoardCard card;
    card.name = row.name;
    card.address = row.address.toString();
    card.mac = row.mac.toString();
    card.state = stateOf(row);
    card.says = disagreement(row);
    card.split = row.holders.size() > 1;
    return card;
}

} // namespace

FloatBoard floatBoard(const Snapshot &snapshot)
{
    FloatBoard board;
    QHash<QString, QList<BoardCard>> held;
    for (const FloatRow &row : snapshot.floats) {
        BoardCard card = cardOf(row);
        if (row.holders.isEmpty())
            board.loose.append(card);
        for (const FloatHolder &holder : row.holders) {
            card.has = holder.has;
            held[holder.subject].append(card);
        }
    }
    for (const Hypervisor &hypervisor : snapshot.fleet.hypervisors) {
        BoardColumn column{hypervisor.name, hypervisor.domains.has_value(), {}};
        for (const Domain &domain : hypervisor.domains.value_or(QList<Domain>())) {
            const QString subject = subject::vm(hypervisor.name, domain.name);
            column.vms.append({subject, domain.name, domain.state, held.value(subject)});
        }
        std::stable_sort(column.vms.begin(), column.vms.end(),
                         [](const BoardVm &a, const BoardVm &b) { return a.name < b.name; });
        board.columns.append(column);
    }
    return board;
}

} // namespace tropo
