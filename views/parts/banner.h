#pragma once

#include <QFrame>

class QLabel;

namespace tropo {

/// A line of words across the window: an error, or what to know. Hidden until it has something to say.
class Banner final : public QFrame
{
    Q_OBJECT
public:
    explicit Banner(QWidget *parent = nullptr);

    void say(const QString &text);
    QString text() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *m_text;
};

} // namespace tropo
