#pragma once

#include <QWidget>

class QLabel;

namespace tropo {

/// The first page of a window without a fleet: what this is, and the ways in.
class WelcomePage final : public QWidget
{
    Q_OBJECT
public:
    explicit WelcomePage(QWidget *parent = nullptr);

    /// Where a fleet file is looked for, and whether one was there.
    void setFleetFile(const QString &path);
    /// Hosts that the operator's own configuration names.
    void setProposedHosts(const QStringList &hosts);

Q_SIGNALS:
    void demoWanted();
    void fleetFileWanted();
    void captureWanted();

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *choice(const QString &icon, const QString &title, const QString &text, const QString &name,
                    void (WelcomePage::*wanted)());
    void showIcon();

    QLabel *m_icon;
    QLabel *m_file;
    QLabel *m_hosts;
};

} // namespace tropo
