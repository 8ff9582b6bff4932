#pragma once

#include "models/fixes/planner.h"
#include "models/items/float_board.h"

#include <QHash>
#include <QScrollArea>
#include <QSet>

#include <optional>

class QHBoxLayout;
class QLabel;
class QVBoxLayout;

namespace tropo {

class FloatCard;
class Lane;

/// Floats as cards on the VMs that hold them. A card is dragged to another VM, or moved by its button or the
/// keyboard; what comes of it is a plan that is shown first.
class FloatBoardView final : public QScrollArea
{
    Q_OBJECT
public:
    explicit FloatBoardView(QWidget *parent = nullptr);

    /// Cards and lanes are kept by what they stand for: focus and scrolling live through a refresh.
    void show(const FloatBoard &board);
    void choose(const QString &name);
    /// The answer to asked(); `whyNot` is empty where there is a plan.
    void answer(const PlanRequest &request, const QString &whyNot);

Q_SIGNALS:
    void chosen(const QString &name);
    void planWanted(const tropo::PlanRequest &request);
    /// A float is held over a place: whether there is a plan for it.
    void asked(const tropo::PlanRequest &request);
    /// What a drop there would do, or why it cannot be; empty when nothing is held over the board.
    void hinted(const QString &text);

private:
    struct Column
    {
        QWidget *box = nullptr;
        QLabel *title = nullptr;
        QVBoxLayout *lanes = nullptr;
    };

    Column &columnOf(int index);
    Lane *laneOf(const QString &key);
    FloatCard *cardOf(const QString &place, const BoardCard &card);
    QList<FloatCard *> cardsOf(const QString &place, const QList<BoardCard> &cards);
    void showColumn(const BoardColumn &column, int index);
    /// A place where nothing can be dropped, with why.
    Lane *showClosed(const QString &key, const QString &title, const QString &word);
    void showLoose();
    void dropUnused();
    void ask(const QString &name, const QString &hypervisor);
    void take(const QString &name, const QString &subject);
    void hover(const Lane *lane, const QString &name);
    void walk(const FloatCard *from, Qt::Key arrow);
    void setDragging(bool dragging);

    FloatBoard m_board;
    std::optional<FloatBoard> m_waiting; ///< came while a card was dragged
    bool m_isDragging = false;
    QString m_chosen;
    PlanRequest m_hovered;            ///< what a drop would ask for now
    QHash<QString, QString> m_whyNot; ///< by float and place, of this board; empty: there is a plan
    QHBoxLayout *m_row;
    QList<Column> m_columns;
    QHash<QString, Lane *> m_lanes;
    QHash<QString, FloatCard *> m_cards;
    QSet<QString> m_used; ///< keys of lanes and cards that this board shows
};

} // namespace tropo
