#include "views/fleet/details_panel.h"

#include "models/items/visible_text.h"
#include "views/parts/rich_text.h"
#include "views/presentation.h"

#include <QEvent>
#include <QScrollBar>

namespace tropo {

namespace {

constexpr qsizetype mostFindings = 50;
constexpr qsizetype mostGaps = 20;

QString hrefOf(const Finding &finding)
{
    return QLatin1String("finding:") +
           QString::fromLatin1(finding.id().toUtf8().toBase64(QByteArray::Base64UrlEncoding));
}

QString idOf(const QUrl &url)
{
    return QString::fromUtf8(QByteArray::fromBase64(url.path().toLatin1(), QByteArray::Base64UrlEncoding));
}

void writeFindings(PageWriter &page, const QString &title, const QList<Finding> &findings)
{
    if (findings.isEmpty())
        return;
    page.heading(title);
    for (const Finding &finding : findings.first(qMin(findings.size(), mostFindings)))
        page.finding(finding, hrefOf(finding));
    if (findings.size() > mostFindings)
        page.muted(DetailsPanel::tr("and %1 more; the findings view has them all")
                       .arg(findings.size() - mostFindings));
}

void writeForecast(PageWriter &page, const Forecast &forecast, const QPalette &palette)
{
    constexpr qsizetype most = 100;
    const Ink ink = inkOf(palette);
    page.heading(DetailsPanel::tr("If it restarted now"));
    if (forecast.items.isEmpty())
        page.paragraph(forecast.notKnown.isEmpty()
                           ? DetailsPanel::tr("Nothing would change: shut down and started again, its NICs, "
                                              "addresses and what starts by itself are as they are now.")
                           : DetailsPanel::tr("Nothing of what was read would change."));
    for (qsizetype i = 0; i < qMin(forecast.items.size(), most); ++i) {
        const ForecastItem &item = forecast.items[i];
        const Severity severity = severityFor(item.weight);
        page.remark(iconName(severity), weightWord(item.weight), inkFor(severity, ink), item.message,
                    QStringLiteral("forecast:%1").arg(i));
    }
    if (forecast.items.size() > most)
        page.muted(DetailsPanel::tr("and %1 more").arg(forecast.items.size() - most));
    for (const QString &sentence : forecast.notKnown.first(qMin(forecast.notKnown.size(), most)))
        page.remark(QStringLiteral("not-known"), DetailsPanel::tr("not known"), ink.muted, sentence);
    if (forecast.notKnown.size() > most)
        page.muted(DetailsPanel::tr("and %1 more").arg(forecast.notKnown.size() - most));
}

} // namespace

DetailsPanel::DetailsPanel(QWidget *parent) : QTextBrowser(parent)
{
    setObjectName(QStringLiteral("detailsPanel"));
    setAccessibleName(tr("Details"));
    setOpenLinks(false);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(this, &QTextBrowser::anchorClicked, this, &DetailsPanel::followLink);
}

void DetailsPanel::followLink(const QUrl &url)
{
    if (url.scheme() == QLatin1String("forecast"))
        Q_EMIT forecastChosen(url.path().toInt());
    else
        Q_EMIT findingChosen(idOf(url));
}

void DetailsPanel::show(const Content &content)
{
    // Text that stays is not written anew: a selection in it lives through a refresh.
    if (content == m_content && !document()->isEmpty())
        return;
    const bool same = content.node && m_content.node && content.node->key == m_content.node->key;
    const int scrolled = same ? verticalScrollBar()->value() : 0;
    m_content = content;
    write();
    verticalScrollBar()->setValue(scrolled);
}

void DetailsPanel::changeEvent(QEvent *event)
{
    QTextBrowser::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        write();
}

void DetailsPanel::write()
{
    writePage();
    // The browser's own cursor was carried to the end; it would scroll there at the next resize.
    setTextCursor(QTextCursor(document()));
}

void DetailsPanel::writePage()
{
    PageWriter page(document(), palette(), font());
    if (!m_content.node) {
        page.muted(m_content.empty);
        return;
    }
    const TreeNode &node = *m_content.node;
    const QString word = node.badge.isEmpty()
                             ? kindWord(node.kind)
                             : QString(kindWord(node.kind) + QLatin1String(", ") + node.badge);
    page.title(iconName(node.kind, node.state), node.label, visibleText(word));
    page.muted(node.key);
    if (node.stale)
        page.notice(QStringLiteral("stale"),
                    tr("Stale: read %1; since then %2").arg(timeText(node.taken), node.staleReason));
    else if (node.taken.isValid())
        page.muted(tr("Read %1").arg(timeText(node.taken)));
    writeFindings(page, tr("Findings"), m_content.own);
    writeFindings(page, tr("Findings that concern it"), m_content.concerning);
    if (m_content.forecast)
        writeForecast(page, *m_content.forecast, palette());
    if (!m_content.own.isEmpty() || !m_content.concerning.isEmpty() || m_content.forecast)
        page.heading(tr("Facts"));
    if (!node.detail.isEmpty() && node.facts.isEmpty())
        page.paragraph(node.detail);
    page.facts(node.facts);
    writeFindings(page, tr("Findings below it"), m_content.below);
    if (m_content.own.isEmpty() && m_content.concerning.isEmpty() && m_content.below.isEmpty()) {
        page.heading(tr("Findings"));
        page.muted(node.kind == NodeKind::NotKnown ? tr("None: what was not read was not checked.")
                   : m_content.notRead.isEmpty()
                       ? tr("None. All that the rules look at was read of it.")
                       : tr("None in what was read of it; what was not read was not "
                            "checked."));
    }
    if (m_content.notRead.isEmpty())
        return;
    page.heading(tr("Not read"));
    for (const QString &line : m_content.notRead.first(qMin(m_content.notRead.size(), mostGaps)))
        page.muted(line);
    if (m_content.notRead.size() > mostGaps)
        page.muted(tr("and %1 more").arg(m_content.notRead.size() - mostGaps));
}

} // namespace tropo
