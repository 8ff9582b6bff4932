#include "views/welcome/welcome_page.h"

#include "models/items/visible_text.h"
#include "views/parts/plain.h"
#include "views/theme/theme.h"

#include <QBoxLayout>
#include <QCommandLinkButton>
#include <QEvent>

namespace tropo {

WelcomePage::WelcomePage(QWidget *parent)
    : QWidget(parent),
      m_icon(new QLabel(this)),
      m_file(selectableLabel({}, this)),
      m_hosts(selectableLabel({}, this))
{
    setObjectName(QStringLiteral("welcomePage"));
    QLabel *title = plainLabel(tr("Troposcope"), this);
    setPointScale(title, 2.0, true);
    QLabel *text =
        plainLabel(tr("Shows a fleet of libvirt hypervisors as it really is, says what is wrong with it and "
                      "shows the lines that prove it."),
                   this);
    setPointScale(text, 1.1);
    auto *inner = new QWidget(this);
    inner->setMaximumWidth(720);
    auto *column = new QVBoxLayout(inner);
    column->setSpacing(10);
    column->addStretch(2);
    column->addWidget(m_icon);
    column->addWidget(title);
    column->addWidget(text);
    column->addSpacing(12);
    column->addWidget(choice(QStringLiteral("welcome"), tr("Open the demo"),
                             tr("A captured fleet with real faults; needs no machine."),
                             QStringLiteral("openDemoButton"), &WelcomePage::demoWanted));
    column->addWidget(choice(QStringLiteral("open"), tr("Open a fleet file"),
                             tr("Names your hypervisors, ranges and floats; they are then read over SSH."),
                             QStringLiteral("openFleetButton"), &WelcomePage::fleetFileWanted));
    column->addWidget(
        choice(QStringLiteral("capture"), tr("Open a capture"),
               tr("A .zip or .tar.gz that was taken before, here or elsewhere; a folder by the File menu."),
               QStringLiteral("openCaptureButton"), &WelcomePage::captureWanted));
    column->addSpacing(12);
    column->addWidget(m_file);
    column->addWidget(m_hosts);
    column->addStretch(3);
    for (QLabel *label : {text, m_file, m_hosts})
        label->setWordWrap(true);
    mute(m_file);
    mute(m_hosts);
    auto *row = new QHBoxLayout(this);
    row->addStretch(1);
    row->addWidget(inner, 6);
    row->addStretch(1);
    showIcon();
    setProposedHosts({});
}

QWidget *WelcomePage::choice(const QString &icon, const QString &title, const QString &text,
                             const QString &name, void (WelcomePage::*wanted)())
{
    auto *button = new QCommandLinkButton(title, text, this);
    button->setObjectName(name);
    button->setAccessibleName(title);
    button->setAccessibleDescription(text);
    button->setProperty("iconName", icon);
    button->setIconSize(QSize(24, 24));
    connect(button, &QCommandLinkButton::clicked, this, wanted);
    return button;
}

void WelcomePage::setFleetFile(const QString &path)
{
    m_file->setText(tr("No fleet file was found. One is looked for at:\n%1").arg(visibleText(path)));
}

void WelcomePage::setProposedHosts(const QStringList &hosts)
{
    constexpr qsizetype most = 24;
    m_hosts->setVisible(!hosts.isEmpty());
    QStringList shown;
    for (const QString &host : hosts.first(qMin(hosts.size(), most)))
        shown.append(visibleText(host, 80));
    if (hosts.size() > most)
        shown.append(tr("and %1 more").arg(hosts.size() - most));
    m_hosts->setText(tr("Hosts that your SSH and libvirt configuration name, to put into one: %1")
                         .arg(shown.join(QLatin1String(", "))));
}

void WelcomePage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        showIcon();
    QWidget::changeEvent(event);
}

void WelcomePage::showIcon()
{
    m_icon->setPixmap(
        themedIcon(QStringLiteral("app"), palette()).pixmap(QSize(64, 64), devicePixelRatioF()));
    const auto buttons = findChildren<QCommandLinkButton *>();
    for (QCommandLinkButton *button : buttons)
        button->setIcon(themedIcon(button->property("iconName").toString(), palette()));
}

} // namespace tropo
