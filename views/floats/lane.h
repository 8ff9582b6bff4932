#pragma once

#include "models/items/float_board.h"

#include <QFrame>

class QLabel;
class QVBoxLayout;

namespace tropo {

class FloatCard;

/// A place on the board where floats lie and are dropped: a VM, several folded into one, or nobody.
class Lane final : public QFrame
{
    Q_OBJECT
public:
    explicit Lane(QWidget *parent = nullptr);

    /// `subject` is what a drop here means; it is handed back as it is.
    void show(const QString &subject, const QString &icon, const QString &title, const QString &word);
    const QString &subject() const { return m_subject; }
    /// In this order; cards are not owned.
    void setCards(const QList<FloatCard *> &cards);
    /// What is held over it cannot be dropped here.
    void setRefusing(bool refusing);
    bool isTarget() const { return m_isTarget; }

Q_SIGNALS:
    /// A float is held over it.
    void entered(const QString &name);
    /// It went away again, or was dropped.
    void left();
    void dropped(const QString &name, const QString &subject);

protected:
    void paintEvent(QPaintEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void setTarget(bool target);

    QString m_subject;
    QString m_icon;
    QLabel *m_sign;
    QLabel *m_title;
    QLabel *m_word;
    QVBoxLayout *m_cards;
    bool m_isTarget = false;
    bool m_isRefusing = false;
};

} // namespace tropo
