#include "views/window/identify_box.h"

#include "models/items/visible_text.h"
#include "views/theme/theme.h"

#include <QAbstractItemView>
#include <QAction>
#include <QCompleter>
#include <QEvent>
#include <QStandardItemModel>

#include <utility>

namespace tropo {

namespace {

constexpr qsizetype mostMatches = 40;
constexpr qsizetype mostParts = 30;
constexpr int longestText = 20000; ///< a whole file may be pasted
constexpr int iconSide = 16;       ///< pixels
constexpr int subjectRole = Qt::UserRole;

/// The rows of the list: a sentence may take several, a thing to go to takes one.
class Rows
{
public:
    Rows(QStandardItemModel *model, const QFontMetrics &metrics, int width, const QPalette &palette)
        : m_model(model), m_metrics(metrics), m_width(width), m_palette(palette)
    {
    }

    /// Words to read, wrapped; the icon (may be empty) stands at the first line.
    void say(const QString &text, const QString &icon = {})
    {
        QString line;
        QString lead = icon;
        for (const QString &word : visibleText(text, 4000).split(u' ', Qt::SkipEmptyParts)) {
            if (!line.isEmpty() && m_metrics.horizontalAdvance(line + u' ' + word) > m_width) {
                append(line, {}, std::exchange(lead, QString()), !icon.isEmpty());
                line.clear();
            }
            line += line.isEmpty() ? word : QString(u' ' + word);
        }
        append(line, {}, lead, !icon.isEmpty());
    }
    void offer(const QString &text, const QString &subject)
    {
        append(visibleText(text, 240), subject, {}, false);
    }

private:
    void append(const QString &text, const QString &subject, const QString &icon, bool indented)
    {
        auto *item = new QStandardItem(text);
        item->setData(subject, subjectRole);
        item->setEditable(false);
        item->setEnabled(!subject.isEmpty());
        // Words are no lesser for leading nowhere.
        item->setForeground(
            m_palette.color(QPalette::Active, subject.isEmpty() ? QPalette::Text : QPalette::Link));
        item->setSizeHint(QSize(0, qMax(m_metrics.height(), iconSide) + 6));
        if (!icon.isEmpty() || indented)
            item->setIcon(iconFor(icon));
        m_model->appendRow(item);
    }

    QIcon iconFor(const QString &name) const
    {
        QPixmap pixmap(iconSide, iconSide);
        pixmap.fill(Qt::transparent);
        if (!name.isEmpty())
            pixmap = themedIcon(name, m_palette).pixmap(iconSide * 2, iconSide * 2);
        QIcon icon(pixmap);
        icon.addPixmap(pixmap, QIcon::Disabled);
        return icon;
    }

    QStandardItemModel *m_model;
    QFontMetrics m_metrics;
    int m_width;
    QPalette m_palette;
};

void fill(Rows &rows, const Identification &found)
{
    if (found.together.isEmpty())
        rows.say(found.explanation);
    for (const IdentifyRelation &relation : found.together)
        rows.say(relation.text,
                 relation.fits ? QStringLiteral("finding-none") : QStringLiteral("finding-error"));
    if (found.nextFree) {
        rows.say(found.nextFree->text);
        rows.say(found.nextFree->standing, found.nextFree->notRead.isEmpty() ? QStringLiteral("finding-none")
                                                                             : QStringLiteral("not-known"));
    }
    if (found.parts.size() > 1)
        for (const IdentifyPart &part : found.parts.first(qMin(found.parts.size(), mostParts)))
            rows.say(part.explanation, part.kind.startsWith(QLatin1String("ip")) ? QStringLiteral("address")
                                                                                 : QStringLiteral("nic"));
    for (const IdentifyMatch &match : found.matches.first(qMin(found.matches.size(), mostMatches)))
        rows.offer(match.subject + QStringLiteral("  \u2013  ") + match.why, match.subject);
    if (found.matches.size() > mostMatches)
        rows.say(IdentifyBox::tr("and %1 more").arg(found.matches.size() - mostMatches));
}

} // namespace

IdentifyBox::IdentifyBox(QWidget *parent)
    : QLineEdit(parent),
      m_results(new QStandardItemModel(this)),
      m_popup(new QCompleter(m_results, this)),
      m_icon(addAction(QIcon(), QLineEdit::LeadingPosition))
{
    setObjectName(QStringLiteral("identifyBox"));
    setAccessibleName(tr("Identify a MAC, address or name"));
    setPlaceholderText(tr("Identify a MAC, address or name (Ctrl+K)"));
    setClearButtonEnabled(true);
    setMaxLength(longestText);
    setMinimumWidth(230);
    setMinimumHeight(fontMetrics().height() + 12);
    m_popup->setWidget(this);
    m_popup->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_popup->setMaxVisibleItems(18);
    m_popup->popup()->setIconSize(QSize(iconSide, iconSide));
    m_popup->popup()->setTextElideMode(Qt::ElideMiddle);
    m_popup->popup()->setAccessibleName(tr("What it is"));
    connect(this, &QLineEdit::textEdited, this, &IdentifyBox::look);
    connect(m_popup, QOverload<const QModelIndex &>::of(&QCompleter::activated), this,
            [this](const QModelIndex &index) {
                const QString subject = index.data(subjectRole).toString();
                if (!subject.isEmpty())
                    Q_EMIT goToSubject(subject);
            });
    connect(this, &QLineEdit::returnPressed, this, [this] {
        for (int i = 0; i < m_results->rowCount(); ++i)
            if (const QString subject = m_results->item(i)->data(subjectRole).toString();
                !subject.isEmpty()) {
                Q_EMIT goToSubject(subject);
                return;
            }
    });
    showIcon();
}

void IdentifyBox::setSnapshot(const SnapshotPtr &snapshot)
{
    m_identifier.reset();
    m_snapshot = snapshot;
}

void IdentifyBox::look(const QString &text)
{
    m_results->clear();
    const QString wanted = text.trimmed();
    if (wanted.isEmpty() || !m_snapshot) {
        m_popup->popup()->hide();
        return;
    }
    if (!m_identifier)
        m_identifier = std::make_unique<Identifier>(m_snapshot->fleet, m_snapshot->policy);
    const int wide = qMin(qMax(width(), fontMetrics().averageCharWidth() * 120), window()->width() - 24);
    Rows rows(m_results, m_popup->popup()->fontMetrics(), wide - 60, palette());
    fill(rows, m_identifier->identify(wanted));
    // Wider than the box, and ending where it ends, so that it stays inside the window.
    m_popup->complete(QRect(width() - wide, 0, wide, height()));
}

void IdentifyBox::changeEvent(QEvent *event)
{
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showIcon();
}

void IdentifyBox::showIcon()
{
    m_icon->setIcon(themedIcon(QStringLiteral("identify"), palette()));
}

} // namespace tropo
