#pragma once

#include "models/items/float_board.h"

#include <QFrame>

class QToolButton;

namespace tropo {

/// The type under which a dragged float goes: its name, in UTF-8.
inline constexpr char floatMimeType[] = "application/x-troposcope-float";

/// A float as a card that can be dragged, or moved by its button or the keyboard.
class FloatCard final : public QFrame
{
    Q_OBJECT
public:
    explicit FloatCard(QWidget *parent = nullptr);

    void show(const BoardCard &card);
    const BoardCard &card() const { return m_card; }
    void setChosen(bool chosen);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void chosen();
    /// The Move button, Enter or M: to whom is asked.
    void moveWanted();
    /// An arrow key: to the next card in that direction.
    void walkWanted(Qt::Key arrow);
    /// It is dragged, or was let go. What happens to the board meanwhile waits.
    void dragged(bool begins);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void drag();

    BoardCard m_card;
    QToolButton *m_move;
    QPoint m_pressed;
    bool m_isChosen = false;
};

} // namespace tropo
