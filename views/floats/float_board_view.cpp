#include "views/floats/float_board_view.h"

#include "models/fleet/subject.h"
#include "models/items/visible_text.h"
#include "views/floats/float_card.h"
#include "views/floats/lane.h"
#include "views/parts/plain.h"
#include "views/plan/float_targets.h"
#include "views/plan/vm_chooser.h"
#include "views/presentation.h"

#include <QBoxLayout>

#include <cstdlib>

namespace tropo {

namespace {

/// A hypervisor with more VMs than this folds those without a float into one lane.
constexpr qsizetype mostLanes = 12;

/// What a lane of folded VMs, and one where nothing can be dropped, stand for. No subject has a colon before
/// its first slash.
const QString foldedPrefix = QStringLiteral("folded:");
const QString closedPrefix = QStringLiteral("closed:");

QString keyOf(const PlanRequest &request)
{
    return request.name + u'\n' + request.arguments.join(u'\n');
}

} // namespace

FloatBoardView::FloatBoardView(QWidget *parent) : QScrollArea(parent)
{
    setObjectName(QStringLiteral("floatBoard"));
    setAccessibleName(tr("Floats by VM"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    auto *board = new QWidget(this);
    m_row = new QHBoxLayout(board);
    m_row->setContentsMargins(12, 10, 12, 12);
    m_row->setSpacing(12);
    setWidget(board);
}

FloatBoardView::Column &FloatBoardView::columnOf(int index)
{
    while (m_columns.size() <= index) {
        Column column;
        column.box = new QWidget(widget());
        column.title = plainLabel({}, column.box);
        setPointScale(column.title, 1.1, true);
        column.lanes = new QVBoxLayout;
        column.lanes->setSpacing(8);
        auto *whole = new QVBoxLayout(column.box);
        whole->setContentsMargins(0, 0, 0, 0);
        whole->setSpacing(8);
        whole->addWidget(column.title);
        whole->addLayout(column.lanes);
        whole->addStretch(1);
        m_row->addWidget(column.box, 1);
        m_columns.append(column);
    }
    return m_columns[index];
}

Lane *FloatBoardView::laneOf(const QString &key)
{
    m_used.insert(key);
    Lane *&lane = m_lanes[key];
    if (!lane) {
        lane = new Lane(widget());
        connect(lane, &Lane::dropped, this, &FloatBoardView::take);
        connect(lane, &Lane::entered, this, [this, lane](const QString &name) { hover(lane, name); });
        connect(lane, &Lane::left, this, [this] {
            m_hovered = {};
            Q_EMIT hinted({});
        });
    }
    return lane;
}

FloatCard *FloatBoardView::cardOf(const QString &place, const BoardCard &card)
{
    const QString key = QStringLiteral("%1\n%2").arg(place, card.name);
    m_used.insert(key);
    FloatCard *&one = m_cards[key];
    if (one)
        return one;
    FloatCard *made = one = new FloatCard(widget());
    connect(made, &FloatCard::chosen, this, [this, name = card.name] {
        choose(name);
        Q_EMIT chosen(name);
    });
    connect(made, &FloatCard::moveWanted, this, [this, name = card.name] { ask(name, {}); });
    connect(made, &FloatCard::walkWanted, this, [this, made](Qt::Key arrow) { walk(made, arrow); });
    connect(made, &FloatCard::dragged, this, &FloatBoardView::setDragging);
    return made;
}

QList<FloatCard *> FloatBoardView::cardsOf(const QString &place, const QList<BoardCard> &cards)
{
    QList<FloatCard *> shown;
    for (const BoardCard &card : cards) {
        FloatCard *one = cardOf(place, card);
        one->show(card);
        one->setChosen(card.name == m_chosen);
        shown.append(one);
    }
    return shown;
}

void FloatBoardView::show(const FloatBoard &board)
{
    // Nothing moves under a card that is held.
    if (m_isDragging) {
        m_waiting = board;
        return;
    }
    m_board = board;
    m_whyNot.clear();
    m_used.clear();
    int index = 0;
    for (const BoardColumn &column : board.columns)
        showColumn(column, index++);
    showLoose();
    // Before their columns go, in which some of them lie.
    dropUnused();
    while (m_columns.size() > board.columns.size() + 1)
        delete m_columns.takeLast().box;
}

void FloatBoardView::showColumn(const BoardColumn &column, int index)
{
    Column &shown = columnOf(index);
    shown.title->setText(column.known ? visibleText(column.hypervisor, 60)
                                      : tr("%1 (not read)").arg(visibleText(column.hypervisor, 60)));
    QList<Lane *> lanes;
    qsizetype folded = 0;
    for (const BoardVm &vm : column.vms) {
        if (vm.cards.isEmpty() && column.vms.size() > mostLanes) {
            ++folded;
            continue;
        }
        Lane *lane = laneOf(vm.subject);
        lane->show(vm.subject, iconName(vm.state), vm.name, stateWord(vm.state));
        lane->setCards(cardsOf(vm.subject, vm.cards));
        lanes.append(lane);
    }
    if (folded > 0) {
        const QString key = foldedPrefix + column.hypervisor;
        Lane *lane = laneOf(key);
        lane->show(key, QStringLiteral("domain-unknown"), tr("%1 VMs without a float").arg(folded),
                   tr("drop here to choose"));
        lanes.append(lane);
    }
    if (!column.known)
        lanes.append(
            showClosed(column.hypervisor, tr("Its VMs were not read"), tr("refresh it to see them")));
    else if (column.vms.isEmpty())
        lanes.append(showClosed(column.hypervisor, tr("It has no VMs"), {}));
    for (qsizetype i = 0; i < lanes.size(); ++i)
        if (shown.lanes->indexOf(lanes[i]) != i)
            shown.lanes->insertWidget(static_cast<int>(i), lanes[i]);
}

Lane *FloatBoardView::showClosed(const QString &key, const QString &title, const QString &word)
{
    Lane *lane = laneOf(closedPrefix + key);
    lane->show(closedPrefix + key, QStringLiteral("not-known"), title, word);
    lane->setCards({});
    return lane;
}

void FloatBoardView::showLoose()
{
    Column &shown = columnOf(static_cast<int>(m_board.columns.size()));
    shown.title->setText(tr("Nobody"));
    Lane *lane = laneOf(nobodySubject());
    lane->show(nobodySubject(), QStringLiteral("float"),
               m_board.loose.isEmpty() ? tr("Every float lies on a VM") : tr("On no VM"),
               tr("drop to release"));
    lane->setCards(cardsOf(nobodySubject(), m_board.loose));
    if (shown.lanes->indexOf(lane) != 0)
        shown.lanes->insertWidget(0, lane);
}

void FloatBoardView::dropUnused()
{
    const auto drop = [this](auto &widgets) {
        for (auto it = widgets.begin(); it != widgets.end();) {
            if (m_used.contains(it.key())) {
                ++it;
                continue;
            }
            delete it.value();
            it = widgets.erase(it);
        }
    };
    drop(m_cards);
    drop(m_lanes);
}

void FloatBoardView::choose(const QString &name)
{
    m_chosen = name;
    for (FloatCard *card : std::as_const(m_cards))
        card->setChosen(card->card().name == name);
}

void FloatBoardView::ask(const QString &name, const QString &hypervisor)
{
    auto *chooser = new VmChooser(m_board, name, hypervisor, this);
    connect(chooser, &VmChooser::chosen, this, [this, name](const QString &subject) { take(name, subject); });
    chooser->open();
}

void FloatBoardView::take(const QString &name, const QString &subject)
{
    if (subject.startsWith(foldedPrefix))
        ask(name, subject.sliced(foldedPrefix.size()));
    else
        Q_EMIT planWanted(moveRequest(m_board, name, subject));
}

void FloatBoardView::hover(const Lane *lane, const QString &name)
{
    const QString subject = lane->subject();
    if (subject.startsWith(foldedPrefix)) {
        m_hovered = {};
        Q_EMIT hinted(tr("Drop %1 here to choose one of these VMs.").arg(visibleText(name, 60)));
        return;
    }
    m_hovered = moveRequest(m_board, name, subject);
    const QString why = whyNotThere(m_board, name, subject);
    const QString key = keyOf(m_hovered);
    if (!why.isEmpty()) {
        answer(m_hovered, why);
    } else if (m_whyNot.contains(key)) {
        answer(m_hovered, m_whyNot.value(key));
    } else {
        Q_EMIT hinted(tr("It is looked at whether there is a safe plan…"));
        Q_EMIT asked(m_hovered);
    }
}

void FloatBoardView::answer(const PlanRequest &request, const QString &whyNot)
{
    m_whyNot.insert(keyOf(request), whyNot);
    if (!(request == m_hovered))
        return;
    const bool release = request.arguments.size() < 2;
    const QString name = visibleText(request.arguments.value(0), 60);
    const QString where = visibleText(subject::machineName(request.arguments.value(1)), 120);
    for (Lane *lane : std::as_const(m_lanes))
        if (lane->isTarget())
            lane->setRefusing(!whyNot.isEmpty());
    if (!whyNot.isEmpty())
        Q_EMIT hinted(tr("Not here: %1").arg(whyNot));
    else if (release)
        Q_EMIT hinted(tr("Drop %1 here to release it. The plan is shown first.").arg(name));
    else
        Q_EMIT hinted(tr("Drop %1 here to give it to %2. The plan is shown first.").arg(name, where));
}

void FloatBoardView::setDragging(bool dragging)
{
    m_isDragging = dragging;
    if (dragging)
        return;
    m_hovered = {};
    Q_EMIT hinted({});
    if (const auto waiting = std::exchange(m_waiting, std::nullopt))
        show(*waiting);
}

/// The nearest card that lies in that direction.
void FloatBoardView::walk(const FloatCard *from, Qt::Key arrow)
{
    const auto centre = [this](const FloatCard *card) {
        return card->mapTo(widget(), card->rect().center());
    };
    const bool sideways = arrow == Qt::Key_Left || arrow == Qt::Key_Right;
    const int sign = arrow == Qt::Key_Left || arrow == Qt::Key_Up ? -1 : 1;
    FloatCard *nearest = nullptr;
    int least = 0;
    for (FloatCard *card : std::as_const(m_cards)) {
        const QPoint apart = centre(card) - centre(from);
        const int along = sign * (sideways ? apart.x() : apart.y());
        const int across = std::abs(sideways ? apart.y() : apart.x());
        // Up and down stay within a column, left and right leave it.
        const bool isThere = sideways ? along > from->width() / 2 : along > 0 && across < from->width() / 2;
        const int distance = (sideways ? 4 : 1) * along + across;
        if (!isThere || (nearest && distance >= least))
            continue;
        nearest = card;
        least = distance;
    }
    if (!nearest)
        return;
    nearest->setFocus(Qt::OtherFocusReason);
    ensureWidgetVisible(nearest);
}

} // namespace tropo
