#pragma once

#include "models/rules/finding.h"

#include <QFrame>

class QLabel;
class QToolButton;

namespace tropo {

/// A line of words across the window: an error, or what to know. Hidden until it has something to say.
class Banner final : public QFrame
{
    Q_OBJECT
public:
    explicit Banner(QWidget *parent = nullptr);

    void say(const QString &text);
    /// What is to be known all the time: it cannot be dismissed.
    void stay(const QString &text);
    QString text() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *m_text;
    QToolButton *m_close;
    Severity m_severity = Severity::Error;
};

} // namespace tropo
