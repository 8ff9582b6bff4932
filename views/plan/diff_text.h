#pragma once

#include <QPlainTextEdit>

namespace tropo {

/// A unified diff, or commands, in fixed width: lines that come and go are told by their sign and a tint. As
/// high as its text, up to a bound.
class DiffText final : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit DiffText(QWidget *parent = nullptr);
    void setDiff(const QString &text);
    /// Not a diff: a sign at the begin of a line means nothing.
    void setCommand(const QString &text);

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void setLines(const QString &text);
    void tint();
    void fitHeight();

    bool m_isDiff = true;
};

} // namespace tropo
