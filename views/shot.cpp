#include "views/shot.h"

#include "models/items/fleet_tree.h"
#include "models/items/visible_text.h"
#include "models/note/capture_hash.h"
#include "views/changes/changes_view.h"
#include "views/containers/containers_view.h"
#include "views/findings/findings_view.h"
#include "views/fleet/fleet_view.h"
#include "views/floats/floats_view.h"
#include "views/parts/plain.h"
#include "views/presentation.h"
#include "views/window/header_strip.h"

#include <QBoxLayout>
#include <QCoreApplication>

namespace tropo {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Shot)
};

/// Enough of a capture's hash to tell it from others: as notes write it.
constexpr int captureIdLength = 12;
constexpr QSize smallest(640, 400);
constexpr QSize largest(8000, 8000);

QString originText(const Snapshot &snapshot)
{
    return sourceWord(snapshot) + QLatin1String(": ") + visibleText(snapshot.origin, 160);
}

QString takenText(const Snapshot &snapshot)
{
    return Words::tr("taken %1")
        .arg(snapshot.evidence.taken.isValid() ? timeText(snapshot.evidence.taken)
                                               : Words::tr("at a time not known"));
}

QString captionText(const Snapshot &snapshot, const QString &subject, const Snapshot *other)
{
    QStringList parts;
    const QString name = snapshot.policy.name.isEmpty() ? snapshot.fleet.name : snapshot.policy.name;
    parts.append(Words::tr("fleet %1").arg(visibleText(name, 60)));
    if (!subject.isEmpty())
        parts.append(visibleText(subject, 120));
    parts.append(takenText(snapshot));
    parts.append(originText(snapshot));
    parts.append(Words::tr("capture %1").arg(captureHash(snapshot.evidence).left(captureIdLength)));
    if (other)
        parts.append(Words::tr("compared with %1, %2").arg(originText(*other), takenText(*other)));
    parts.append(Words::tr("troposcope %1").arg(QStringLiteral(TROPOSCOPE_VERSION)));
    return parts.join(QStringLiteral("  \u00b7  "));
}

/// Legible at half size: the wider the picture, the larger the letters, within reason.
QFont pictureFont(QSize size)
{
    QFont font;
    font.setPixelSize(qBound(13, size.width() / 100, 34));
    return font;
}

QString fillView(QBoxLayout *column, QWidget *page, const SnapshotPtr &snapshot, const QString &view,
                 const QString &subject, const SnapshotPtr &other)
{
    if (view == QLatin1String("changes")) {
        auto *changes = new ChangesView(page);
        column->addWidget(changes, 1);
        changes->showNow(snapshot, other);
        changes->choose(subject);
        return changes->selectedSubject();
    }
    if (view == QLatin1String("fleet")) {
        auto *fleet = new FleetView(page);
        column->addWidget(fleet, 1);
        fleet->setNow(QDateTime::currentDateTime());
        fleet->show(snapshot, fleetTree(*snapshot));
        return QStringLiteral("fleet");
    }
    if (view == QLatin1String("floats") || view == QLatin1String("layers")) {
        auto *floats = new FloatsView(page);
        floats->setMode(view == QLatin1String("layers") ? FloatsView::Mode::Layers : FloatsView::Mode::Board);
        column->addWidget(floats, 1);
        floats->show(snapshot);
        floats->choose(subject);
        return floats->selectedSubject();
    }
    if (view == QLatin1String("containers")) {
        auto *containers = new ContainersView(page);
        column->addWidget(containers, 1);
        containers->show(snapshot, containerOverview(snapshot->fleet));
        containers->choose(subject);
        return containers->selectedSubject();
    }
    auto *findings = new FindingsView(page);
    column->addWidget(findings, 1);
    findings->show(snapshot);
    findings->choose(subject);
    return findings->selectedSubject();
}

} // namespace

QStringList viewNames()
{
    return {QStringLiteral("fleet"),      QStringLiteral("findings"), QStringLiteral("floats"),
            QStringLiteral("containers"), QStringLiteral("changes"),  QStringLiteral("layers")};
}

Result<QImage> renderView(const SnapshotPtr &snapshot, const QString &view, QSize size,
                          const QString &subject, Theme theme, const SnapshotPtr &other, int ratio)
{
    if (!viewNames().contains(view))
        return failure(
            ErrorKind::Usage, view,
            Words::tr("there is no such view; there are %1").arg(viewNames().join(QLatin1String(", "))));
    if (size.expandedTo(smallest) != size || size.boundedTo(largest) != size)
        return failure(ErrorKind::Usage, QStringLiteral("%1x%2").arg(size.width()).arg(size.height()),
                       Words::tr("a picture is 640x400 to 8000x8000 pixels"));
    if (!snapshot)
        return failure(ErrorKind::Usage, view, Words::tr("nothing has been read yet"));
    QWidget page;
    page.setPalette(paletteOf(theme));
    page.setFont(pictureFont(size));
    auto *column = new QVBoxLayout(&page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    // The size asked for is the size given, however long a caption is.
    column->setSizeConstraint(QLayout::SetNoConstraint);
    auto *header = new HeaderStrip(&page);
    header->show(snapshot);
    column->addWidget(header);
    QString shown = fillView(column, &page, snapshot, view, subject, other);
    QLabel *caption = plainLabel({}, &page);
    caption->setContentsMargins(14, 7, 14, 7);
    column->addWidget(caption);
    page.resize(size);
    page.grab();
    // What scrolls takes its size from what lies in it by such an event only.
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    if (auto *fleet = page.findChild<FleetView *>()) {
        // The first grab lays everything out: only then can the tree be scrolled to a row.
        if (subject.isEmpty())
            fleet->goToWorst();
        else
            fleet->goTo(subject);
        shown = fleet->selected();
    }
    const QMargins margins = caption->contentsMargins();
    caption->setText(caption->fontMetrics().elidedText(captionText(*snapshot, shown, other.get()),
                                                       Qt::ElideMiddle,
                                                       size.width() - margins.left() - margins.right()));
    if (ratio == 1)
        return page.grab().toImage();
    QImage picture(size * ratio, QImage::Format_RGB32);
    picture.setDevicePixelRatio(ratio);
    picture.fill(page.palette().color(QPalette::Window));
    page.render(&picture);
    return picture;
}

} // namespace tropo
