#include "views/plan/fix_bar.h"

#include "models/fixes/offer_words.h"
#include "models/fixes/offers.h"
#include "models/items/visible_text.h"
#include "views/parts/plain.h"
#include "views/plan/float_targets.h"
#include "views/plan/vm_chooser.h"

#include <QBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QStyleOptionButton>
#include <QStylePainter>

namespace tropo {

namespace {

/// As many buttons as are seen at once; the rest is behind one more.
constexpr qsizetype mostButtons = 3;
/// Findings that are looked at for their fixes, and fixes that are offered: who has more goes to one of them.
constexpr qsizetype mostFindings = 20;
constexpr qsizetype mostOffers = 24;

/// Gives way where there is little room, and shows the begin of its text.
class ElidedButton final : public QPushButton
{
public:
    using QPushButton::QPushButton;

    QSize minimumSizeHint() const override
    {
        return {fontMetrics().averageCharWidth() * 16, QPushButton::minimumSizeHint().height()};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QStyleOptionButton option;
        initStyleOption(&option);
        const int room = style()->subElementRect(QStyle::SE_PushButtonContents, &option, this).width();
        option.text = fontMetrics().elidedText(option.text, Qt::ElideRight, room, Qt::TextShowMnemonic);
        QStylePainter(this).drawControl(QStyle::CE_PushButton, option);
    }
};

/// A button takes '&' for the mark of a key.
QString buttonText(const QString &title)
{
    return visibleText(title, 90).replace(u'&', QLatin1String("&&"));
}

QString tipOf(const PlanRequest &offer)
{
    QStringList words{offer.name};
    words += offer.arguments;
    for (auto it = offer.options.begin(); it != offer.options.end(); ++it)
        words.append(QStringLiteral("--%1 %2").arg(it.key(), it.value()));
    return plainTip(FixBar::tr("Shows the plan %1; nothing happens yet").arg(visibleText(words.join(u' '))));
}

QList<PlanRequest> offersOf(const Snapshot &snapshot, const QList<Finding> &findings)
{
    QList<PlanRequest> offers;
    const auto add = [&](const PlanRequest &request) {
        if (!offers.contains(request))
            offers.append(request);
    };
    const PlanInput input{snapshot.fleet, snapshot.policy, snapshot.evidence};
    qsizetype looked = 0;
    for (const Finding &finding : findings) {
        if (finding.fixes.isEmpty())
            continue;
        for (const PlanRequest &request : offersFor(input, finding)) {
            add(request);
            // Beside the VMs that the finding names, any other may be meant.
            if (request.name == QLatin1String("float-reassign"))
                add({request.name, request.arguments.first(1), {}});
        }
        if (++looked == mostFindings || offers.size() >= mostOffers)
            break;
    }
    return offers.first(qMin(offers.size(), mostOffers));
}

} // namespace

FixBar::FixBar(QWidget *parent) : QWidget(parent), m_buttons(new QVBoxLayout)
{
    setObjectName(QStringLiteral("fixBar"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 12, 10);
    column->setSpacing(6);
    QLabel *title = plainLabel(tr("What can be done. The plan is shown first; nothing happens yet."), this);
    mute(title);
    title->setWordWrap(true);
    column->addWidget(title);
    column->addLayout(m_buttons);
    m_buttons->setSpacing(4);
    hide();
}

void FixBar::show(const SnapshotPtr &snapshot, const QList<Finding> &findings)
{
    show(snapshot, snapshot ? offersOf(*snapshot, findings) : QList<PlanRequest>());
}

void FixBar::show(const SnapshotPtr &snapshot, const QList<PlanRequest> &offers)
{
    m_snapshot = snapshot;
    // Buttons that stay are kept: a key or a click on its way still meets the one it was meant for.
    if (offers == m_offers)
        return;
    m_offers = offers;
    qDeleteAll(findChildren<QPushButton *>());
    const qsizetype shown = offers.size() > mostButtons + 1 ? mostButtons : offers.size();
    for (const PlanRequest &offer : offers.first(shown))
        addButton(offer);
    if (shown < offers.size())
        addMore(offers.sliced(shown));
    setVisible(!offers.isEmpty());
}

void FixBar::addMore(const QList<PlanRequest> &offers)
{
    auto *more = new QPushButton(tr("%1 more…").arg(offers.size()), this);
    more->setObjectName(QStringLiteral("moreFixes"));
    more->setAccessibleName(tr("%1 more things that can be done").arg(offers.size()));
    more->setAutoDefault(false);
    auto *menu = new QMenu(more);
    for (const PlanRequest &offer : offers)
        connect(menu->addAction(buttonText(offerTitle(offer))), &QAction::triggered, this,
                [this, offer] { ask(offer); });
    more->setMenu(menu);
    m_buttons->addWidget(more, 0, Qt::AlignLeft);
}

void FixBar::addButton(const PlanRequest &offer)
{
    auto *button = new ElidedButton(buttonText(offerTitle(offer)), this);
    button->setObjectName(QStringLiteral("fix-") + offer.name);
    button->setAutoDefault(false);
    button->setToolTip(plainTip(visibleText(offerTitle(offer))) + tipOf(offer));
    connect(button, &QPushButton::clicked, this, [this, offer] { ask(offer); });
    m_buttons->addWidget(button, 0, Qt::AlignLeft);
}

void FixBar::ask(const PlanRequest &offer)
{
    if (isComplete(offer) || !m_snapshot) {
        Q_EMIT planWanted(offer);
        return;
    }
    auto *chooser = new VmChooser(floatBoard(*m_snapshot), offer.arguments.value(0), {}, this);
    connect(chooser, &VmChooser::chosen, this, [this, request = offer](const QString &subject) {
        Q_EMIT planWanted(moveRequest(floatBoard(*m_snapshot), request.arguments.value(0), subject));
    });
    chooser->open();
}

} // namespace tropo
