#include "views/window/identify_box.h"

#include "models/items/visible_text.h"
#include "views/theme/theme.h"

#include <QAbstractItemView>
#include <QAction>
#include <QCompleter>
#include <QEvent>
#include <QStandardItemModel>

namespace tropo {

namespace {

constexpr qsizetype mostMatches = 40;
constexpr int subjectRole = Qt::UserRole;

QStandardItem *row(const QString &text, const QString &subject)
{
    auto *item = new QStandardItem(visibleText(text, 240));
    item->setData(subject, subjectRole);
    item->setEditable(false);
    item->setEnabled(!subject.isEmpty());
    return item;
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
    setMaxLength(200);
    setMinimumWidth(230);
    setMinimumHeight(fontMetrics().height() + 12);
    m_popup->setWidget(this);
    m_popup->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_popup->setMaxVisibleItems(14);
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

void IdentifyBox::look(const QString &text)
{
    m_results->clear();
    const QString wanted = text.trimmed();
    if (wanted.isEmpty() || !m_identify) {
        m_popup->popup()->hide();
        return;
    }
    const Identification found = m_identify(wanted);
    if (!found.explanation.isEmpty())
        m_results->appendRow(row(found.explanation, {}));
    for (const IdentifyMatch &match : found.matches.first(qMin(found.matches.size(), mostMatches)))
        m_results->appendRow(row(match.subject + QStringLiteral("  \u2013  ") + match.why, match.subject));
    if (found.matches.isEmpty())
        m_results->appendRow(row(tr("Nothing that was read has it."), {}));
    else if (found.matches.size() > mostMatches)
        m_results->appendRow(row(tr("and %1 more").arg(found.matches.size() - mostMatches), {}));
    // Wider than the box, and ending where it ends, so that it stays inside the window.
    const int wide = qMin(qMax(width(), fontMetrics().averageCharWidth() * 100), window()->width() - 24);
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
