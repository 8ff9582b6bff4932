#pragma once

#include <QWidget>

class QLabel;

namespace tropo {

/// What stands where there is nothing to show: an icon, what is empty, and why or what to do.
class EmptyNote final : public QWidget
{
    Q_OBJECT
public:
    explicit EmptyNote(const QString &icon, QWidget *parent = nullptr);

    void say(const QString &title, const QString &text);
    void setIcon(const QString &icon);

protected:
    void changeEvent(QEvent *event) override;

private:
    void showIcon();

    QString m_iconName;
    QLabel *m_icon;
    QLabel *m_title;
    QLabel *m_text;
};

} // namespace tropo
