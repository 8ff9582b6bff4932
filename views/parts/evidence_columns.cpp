#include "views/parts/evidence_columns.h"

#include "models/items/visible_text.h"
#include "views/parts/evidence_text.h"
#include "views/parts/plain.h"
#include "views/theme/theme.h"

#include <QBoxLayout>
#include <QPainter>
#include <QSplitter>

namespace tropo {

namespace {

constexpr int fewestCharacters = 30; ///< of a column that can still be read
constexpr int mostCharacters = 84;

/// One line that is cut in its middle where it does not fit.
class CutLabel final : public QLabel
{
public:
    explicit CutLabel(QWidget *parent) : QLabel(parent)
    {
        setTextFormat(Qt::PlainText);
        setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(contentsRect(), Qt::AlignLeft | Qt::AlignVCenter,
                         fontMetrics().elidedText(text(), Qt::ElideMiddle, contentsRect().width()));
    }
};

} // namespace

/// A document's name, place and age above its lines.
class EvidenceColumn final : public QWidget
{
public:
    explicit EvidenceColumn(QWidget *parent)
        : QWidget(parent),
          m_name(new CutLabel(this)),
          m_place(new CutLabel(this)),
          m_age(new CutLabel(this)),
          m_text(new EvidenceText(this))
    {
        setObjectName(QStringLiteral("evidenceColumn"));
        m_name->setObjectName(QStringLiteral("documentName"));
        m_age->setObjectName(QStringLiteral("documentAge"));
        setPointScale(m_name, 1.0, true);
        mute(m_place);
        mute(m_age);
        m_text->setCaptions(false);
        // Beside others there is little room, and what proves something must be seen without scrolling.
        m_text->setLineWrapMode(QPlainTextEdit::WidgetWidth);
        m_text->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        auto *head = new QVBoxLayout;
        head->setContentsMargins(10, 4, 10, 5);
        head->setSpacing(1);
        for (QLabel *label : {m_name, m_place, m_age})
            head->addWidget(label);
        auto *column = new QVBoxLayout(this);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(0);
        column->addLayout(head);
        column->addWidget(m_text, 1);
    }

    void show(const Excerpt &excerpt, const QDateTime &now)
    {
        const QString path = visibleText(excerpt.document);
        const qsizetype slash = path.lastIndexOf(u'/');
        m_name->setText(path.mid(slash + 1));
        m_place->setText(slash < 0 ? EvidenceColumns::tr("at the top of the capture") : path.left(slash));
        m_name->setToolTip(plainTip(path));
        m_place->setToolTip(plainTip(path));
        m_taken = excerpt.taken;
        m_origin = excerpt.origin;
        m_text->setAccessibleName(EvidenceColumns::tr("Evidence: %1").arg(path));
        m_text->show({excerpt});
        setNow(now);
    }

    void setNow(const QDateTime &now)
    {
        QStringList parts;
        if (m_taken.isValid())
            parts.append(EvidenceColumns::tr("%1 old").arg(ageText(m_taken, now)));
        if (m_taken.isValid())
            parts.append(EvidenceColumns::tr("taken %1").arg(timeText(m_taken)));
        parts.append(m_origin);
        const QString text = parts.join(QStringLiteral(" \u00b7 "));
        if (m_age->text() == text)
            return;
        m_age->setText(text);
        m_age->setToolTip(plainTip(text));
    }

    EvidenceText *text() const { return m_text; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Ink ink = inkOf(palette());
        painter.fillRect(QRect(0, 0, width(), m_text->y()), ink.panel);
    }

private:
    CutLabel *m_name;
    CutLabel *m_place;
    CutLabel *m_age;
    EvidenceText *m_text;
    QDateTime m_taken;
    QString m_origin;
};

EvidenceColumns::EvidenceColumns(QWidget *parent)
    : QScrollArea(parent), m_split(new QSplitter(Qt::Horizontal, this))
{
    setObjectName(QStringLiteral("evidenceColumns"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    m_split->setObjectName(QStringLiteral("evidenceColumnSplit"));
    m_split->setChildrenCollapsible(false);
    m_split->setHandleWidth(1);
    setWidget(m_split);
}

void EvidenceColumns::show(const QList<Excerpt> &excerpts)
{
    const auto documents = [](const QList<Excerpt> &list) {
        QStringList names;
        for (const Excerpt &excerpt : list)
            names.append(excerpt.document);
        return names;
    };
    const bool same = documents(excerpts) == documents(m_excerpts);
    m_excerpts = excerpts;
    while (m_columns.size() > excerpts.size())
        delete m_columns.takeLast();
    while (m_columns.size() < excerpts.size()) {
        m_columns.append(new EvidenceColumn(m_split));
        m_split->addWidget(m_columns.last());
        m_columns.last()->setVisible(true);
    }
    for (qsizetype i = 0; i < excerpts.size(); ++i)
        m_columns[i]->show(excerpts[i], m_now);
    // Columns that the operator made wider stay so through a refresh.
    if (!same)
        layOutColumns();
}

void EvidenceColumns::setNow(const QDateTime &now)
{
    m_now = now;
    for (EvidenceColumn *column : std::as_const(m_columns))
        column->setNow(now);
}

int EvidenceColumns::widthFor(int columns) const
{
    return columns * (fewestCharacters * fontMetrics().averageCharWidth() + 40);
}

int EvidenceColumns::naturalWidth(const Excerpt &excerpt) const
{
    qsizetype longest = 0;
    for (const ExcerptLine &line : excerpt.lines)
        longest = qMax(longest, line.text.size());
    const auto characters = qBound(fewestCharacters, static_cast<int>(longest) + 2, mostCharacters);
    const EvidenceText *text = m_columns.isEmpty() ? nullptr : m_columns.first()->text();
    const int em = text ? text->fontMetrics().horizontalAdvance(u'0') : fontMetrics().averageCharWidth();
    return characters * em + 60; // line numbers and a scroll bar
}

void EvidenceColumns::layOutColumns()
{
    QList<int> widths;
    int all = 0;
    for (qsizetype i = 0; i < m_columns.size(); ++i) {
        widths.append(naturalWidth(m_excerpts[i]));
        all += widths.last();
    }
    // What is left over goes to all alike; what is missing is taken from all, down to what can be read.
    const int room = viewport()->width() - static_cast<int>(m_columns.size());
    for (qsizetype i = 0; i < m_columns.size(); ++i) {
        m_columns[i]->setMinimumWidth(qMin(widths[i], widthFor(1)));
        if (all > 0 && all != room)
            widths[i] = qMax(m_columns[i]->minimumWidth(), static_cast<int>(qint64(widths[i]) * room / all));
    }
    m_split->setSizes(widths);
}

void EvidenceColumns::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    if (event->oldSize().width() <= 0)
        layOutColumns();
}

} // namespace tropo
