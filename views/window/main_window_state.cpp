#include "views/window/main_window.h"

#include "views/changes/changes_view.h"
#include "views/containers/containers_view.h"
#include "views/findings/findings_view.h"
#include "views/fleet/fleet_view.h"
#include "views/floats/floats_view.h"
#include "views/window/header_strip.h"

#include <QActionGroup>
#include <QApplication>
#include <QSettings>
#include <QStackedWidget>
#include <QToolButton>

namespace tropo {

void MainWindow::restoreState()
{
    restoreGeometry(m_settings->value(QLatin1String("window/geometry")).toByteArray());
    m_fleet->restoreLayout(m_settings->value(QLatin1String("fleet/layout")).toByteArray());
    m_findings->restoreLayout(m_settings->value(QLatin1String("findings/layout")).toByteArray());
    m_floats->restoreLayout(m_settings->value(QLatin1String("floats/layout")).toByteArray());
    m_changes->restoreLayout(m_settings->value(QLatin1String("changes/layout")).toByteArray());
    m_containers->restoreLayout(m_settings->value(QLatin1String("containers/layout")).toByteArray());
    setTheme(themeFromName(m_settings->value(QLatin1String("window/theme")).toString()));
}

void MainWindow::saveState()
{
    m_settings->setValue(QLatin1String("window/geometry"), saveGeometry());
    m_settings->setValue(QLatin1String("fleet/layout"), m_fleet->saveLayout());
    m_settings->setValue(QLatin1String("findings/layout"), m_findings->saveLayout());
    m_settings->setValue(QLatin1String("floats/layout"), m_floats->saveLayout());
    m_settings->setValue(QLatin1String("containers/layout"), m_containers->saveLayout());
    m_settings->setValue(QLatin1String("changes/layout"), m_changes->saveLayout());
    if (!m_snapshot)
        return;
    m_settings->setValue(QLatin1String("fleet/expanded"), m_fleet->expandedKeys());
    m_settings->setValue(QLatin1String("window/view"), viewInFront());
}

void MainWindow::setTheme(Theme theme)
{
    m_settings->setValue(QLatin1String("window/theme"), themeName(theme));
    for (QAction *action : m_themes->actions())
        if (action->objectName() == QLatin1String("theme-") + themeName(theme))
            action->setChecked(true);
    applyTheme(*qApp, theme);
    showIcons();
}

void MainWindow::showIcons()
{
    const QPalette palette = QApplication::palette();
    const auto icon = [&palette](const char *name) { return themedIcon(QLatin1String(name), palette); };
    setWindowIcon(icon("app"));
    m_refreshAll->setIcon(icon("refresh"));
    m_cancel->setIcon(icon("cancel"));
    m_saveCapture->setIcon(icon("capture"));
    const QStringList names{QStringLiteral("fleet"),   QStringLiteral("finding-warning"),
                            QStringLiteral("float"),   QStringLiteral("container"),
                            QStringLiteral("changes"), QStringLiteral("report")};
    for (int i = 0; i < m_views->actions().size(); ++i)
        m_views->actions().at(i)->setIcon(themedIcon(names.at(i), palette));
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    saveState();
    QMainWindow::closeEvent(event);
}

} // namespace tropo
