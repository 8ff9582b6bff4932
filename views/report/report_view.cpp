#include "views/report/report_view.h"

#include "models/items/visible_text.h"
#include "models/note/by_id.h"
#include "views/parts/empty_note.h"
#include "views/parts/plain.h"
#include "views/report/finding_choice.h"
#include "views/report/note_reading.h"
#include "views/report/part_list.h"
#include "views/shot.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QTextBrowser>
#include <QTimer>

namespace tropo {

namespace {

constexpr int gatherMilliseconds = 400;

QString menuText(const QString &text)
{
    return visibleText(text, 90).replace(u'&', QLatin1String("&&"));
}

} // namespace

ReportView::ReportView(QWidget *parent)
    : QWidget(parent),
      m_pages(new QStackedWidget(this)),
      m_empty(new EmptyNote(QStringLiteral("report"), this)),
      m_title(new QLineEdit(this)),
      m_redact(new QCheckBox(tr("&Hide addresses and names"), this)),
      m_reading(new NoteReading(this)),
      m_parts(new PartList(this)),
      m_text(new QPlainTextEdit(this)),
      m_preview(new QTextBrowser(this)),
      m_stays(plainLabel({}, this)),
      m_addMenu(new QMenu(this)),
      m_soon(new QTimer(this))
{
    setObjectName(QStringLiteral("reportView"));
    m_empty->setObjectName(QStringLiteral("noReport"));
    m_title->setObjectName(QStringLiteral("noteTitle"));
    m_title->setAccessibleName(tr("Title of the note"));
    m_title->setPlaceholderText(tr("Title"));
    m_redact->setObjectName(QStringLiteral("noteRedact"));
    m_redact->setToolTip(plainTip(
        tr("Public addresses, MACs, names of hosts, floats and people, images, UUIDs and SSH keys get "
           "stand-ins, in text, pictures and the capture alike. Private addresses stay.")));
    m_text->setObjectName(QStringLiteral("noteText"));
    m_text->setAccessibleName(tr("Your words, in Markdown"));
    m_text->setPlaceholderText(tr("Your words, in Markdown"));
    m_preview->setObjectName(QStringLiteral("notePreview"));
    m_preview->setAccessibleName(tr("How the note will look"));
    m_preview->setOpenLinks(false);
    m_preview->setFrameShape(QFrame::NoFrame);
    m_stays->setObjectName(QStringLiteral("noteStays"));
    m_stays->setWordWrap(true);
    m_stays->setContentsMargins(12, 0, 12, 8);
    m_stays->hide();
    auto *work = new QWidget(this);
    auto *split = new QSplitter(Qt::Horizontal, work);
    split->setObjectName(QStringLiteral("reportSplit"));
    split->setChildrenCollapsible(false);
    split->setHandleWidth(1);
    split->addWidget(makeLeft());
    split->addWidget(m_preview);
    split->setSizes({420, 900});
    auto *column = new QVBoxLayout(work);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeTop());
    column->addWidget(m_reading);
    column->addWidget(m_stays);
    column->addWidget(split, 1);
    m_pages->addWidget(work);
    m_pages->addWidget(m_empty);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_pages);
    m_empty->say(tr("Nothing has been read"),
                 tr("Open a fleet file, a capture or the demo to write about it."));
    m_pages->setCurrentWidget(m_empty);
    m_soon->setSingleShot(true);
    m_soon->setInterval(gatherMilliseconds);
    connect(m_soon, &QTimer::timeout, this, &ReportView::previewWanted);
    connect(m_title, &QLineEdit::textEdited, this, [this](const QString &title) {
        m_note.title = title;
        touched();
    });
    connect(m_redact, &QCheckBox::toggled, this, &ReportView::previewWanted);
    connect(m_reading, &NoteReading::newestWanted, this, [this] {
        takeNewest();
        changed();
    });
    connect(m_text, &QPlainTextEdit::textChanged, this, &ReportView::keepText);
    connect(m_parts, &QListWidget::currentRowChanged, this, &ReportView::showPart);
    connect(m_parts, &PartList::orderChanged, this, [this](const QList<int> &order) {
        QList<NotePart> parts;
        for (const int index : order)
            parts.append(m_note.parts.at(index));
        m_note.parts = parts;
        changed();
        touched();
    });
}

ReportView::~ReportView()
{
    // The browser outlives the document that it shows.
    m_preview->setDocument(nullptr);
}

QWidget *ReportView::makeTop()
{
    auto *strip = new QWidget(this);
    auto *row = new QHBoxLayout(strip);
    row->setContentsMargins(12, 8, 12, 8);
    row->setSpacing(8);
    row->addWidget(m_title, 1);
    row->addWidget(m_redact);
    auto *replaced = new QPushButton(tr("What is hidden…"), strip);
    replaced->setObjectName(QStringLiteral("noteReplaced"));
    replaced->setEnabled(false);
    connect(m_redact, &QCheckBox::toggled, replaced, &QWidget::setEnabled);
    connect(replaced, &QPushButton::clicked, this, &ReportView::replacedWanted);
    row->addWidget(replaced);
    QPushButton *copy = makeMenuButton(QStringLiteral("noteCopy"), tr("&Copy"), strip);
    QPushButton *save = makeMenuButton(QStringLiteral("noteSave"), tr("&Save"), strip);
    const auto add = [this](QPushButton *button, const char *name, const QString &text, NoteTarget target) {
        QAction *action = button->menu()->addAction(text, this, [this, target] { Q_EMIT wanted(target); });
        action->setObjectName(QLatin1String(name));
    };
    add(copy, "noteCopyRich", tr("Rich text with pictures"), NoteTarget::Clipboard);
    add(copy, "noteCopyMarkdown", tr("Markdown"), NoteTarget::ClipboardMarkdown);
    add(save, "noteHtml", tr("HTML, one file\u2026"), NoteTarget::Html);
    add(save, "notePdf", tr("PDF\u2026"), NoteTarget::Pdf);
    add(save, "noteMarkdown", tr("Markdown with a folder of pictures\u2026"), NoteTarget::Markdown);
    save->menu()->addSeparator();
    save->menu()
        ->addAction(tr("The capture that it is made from\u2026"), this, &ReportView::captureWanted)
        ->setObjectName(QStringLiteral("noteCapture"));
    row->addWidget(copy);
    row->addWidget(save);
    return strip;
}

QPushButton *ReportView::makeMenuButton(const QString &name, const QString &text, QWidget *strip)
{
    auto *button = new QPushButton(text, strip);
    button->setObjectName(name);
    button->setMenu(new QMenu(button));
    return button;
}

QWidget *ReportView::makeLeft()
{
    auto *box = new QWidget(this);
    auto *row = new QHBoxLayout;
    row->setSpacing(4);
    QPushButton *addButton = makeMenuButton(QStringLiteral("addPart"), tr("&Add"), box);
    addButton->setMenu(m_addMenu);
    connect(m_addMenu, &QMenu::aboutToShow, this, &ReportView::fillAddMenu);
    row->addWidget(addButton);
    const auto add = [&](const QString &name, const QString &text, auto act) {
        auto *button = new QPushButton(text, box);
        button->setObjectName(name);
        connect(button, &QPushButton::clicked, this, act);
        row->addWidget(button);
    };
    add(QStringLiteral("partUp"), tr("Up"), [this] { m_parts->move(-1); });
    add(QStringLiteral("partDown"), tr("Down"), [this] { m_parts->move(1); });
    add(QStringLiteral("partRemove"), tr("Remove"), [this] { m_parts->removeCurrent(); });
    row->addStretch(1);
    add(QStringLiteral("noteAnew"), tr("Begin anew"), [this] { begin(); });
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(12, 4, 12, 12);
    column->setSpacing(8);
    column->addLayout(row);
    column->addWidget(m_parts, 2);
    column->addWidget(m_text, 1);
    return box;
}

void ReportView::fillAddMenu()
{
    m_addMenu->clear();
    const auto put = [this](QMenu *menu, const QString &text, const NotePart &part) {
        menu->addAction(menuText(text), this, [this, part] { add(part); });
    };
    put(m_addMenu, tr("Text of yours"), NoteText{});
    put(m_addMenu, tr("All findings, in a table"), NoteSummary{});
    QAction *findings =
        m_addMenu->addAction(tr("Findings and stories\u2026"), this, &ReportView::chooseFindings);
    findings->setObjectName(QStringLiteral("addFindings"));
    findings->setEnabled(!m_snapshot->findings.isEmpty());
    fillPictureMenu(m_addMenu->addMenu(tr("Picture of a view")));
    put(m_addMenu, tr("The same by hand"), NoteByHand{});
    put(m_addMenu, tr("What is not known"), NoteNotKnown{});
}

/// Of what the chosen finding is about; else of the worst.
void ReportView::fillPictureMenu(QMenu *menu)
{
    QString subject;
    const int row = m_parts->currentRow();
    if (row >= 0 && row < m_note.parts.size())
        if (const auto *part = std::get_if<NoteFinding>(&m_note.parts[row])) {
            const ById byId(*m_snapshot);
            const Finding *finding = byId.finding(part->id);
            const Story *story = byId.story(part->id);
            subject = finding ? finding->subject : story ? story->subject : QString();
        }
    for (const QString &view : viewNames()) {
        if (view == QLatin1String("changes"))
            continue;
        const QString text = subject.isEmpty() ? view : tr("%1, at %2").arg(view, subject);
        menu->addAction(menuText(text), this, [this, view, subject] { add(NotePicture{view, subject}); });
    }
}

void ReportView::chooseFindings()
{
    auto *dialog = new FindingChoice(*m_snapshot, this);
    connect(dialog, &FindingChoice::chosen, this, [this](const QStringList &ids) {
        for (const QString &id : ids)
            m_note.parts.append(NoteFinding{id});
        changed();
        touched();
        m_parts->setCurrentRow(m_parts->count() - 1);
    });
    dialog->open();
}

void ReportView::warn(const QString &stays)
{
    m_stays->setText(stays);
    m_stays->setVisible(!stays.isEmpty());
}

bool ReportView::isRedacted() const
{
    return m_redact->isChecked();
}

void ReportView::show(const SnapshotPtr &snapshot)
{
    if (snapshot == m_newest)
        return;
    m_newest = snapshot;
    m_pages->setCurrentIndex(0);
    if (m_isTouched) {
        m_reading->show(*m_snapshot, *m_newest);
        return;
    }
    begin();
}

void ReportView::takeNewest()
{
    if (m_snapshot != m_newest) {
        m_snapshot = m_newest;
        Q_EMIT readingChanged();
    }
    m_reading->show(*m_snapshot, *m_newest);
}

/// A first note, about the worst that is found in the newest reading.
void ReportView::begin()
{
    takeNewest();
    QStringList ids;
    if (!m_snapshot->stories.isEmpty())
        ids.append(m_snapshot->stories.front().id());
    else if (!m_snapshot->findings.isEmpty())
        ids.append(m_snapshot->findings.front().id());
    if (auto note = noteAbout(*m_snapshot, ids, {QStringLiteral("findings")}))
        m_note = *std::move(note);
    m_note.parts.prepend(NoteText{});
    m_title->setText(m_note.title);
    m_isTouched = false;
    changed();
}

void ReportView::touched()
{
    m_isTouched = true;
    m_soon->start();
}

void ReportView::add(const NotePart &part)
{
    m_note.parts.append(part);
    changed();
    touched();
    m_parts->setCurrentRow(m_parts->count() - 1);
    if (std::holds_alternative<NoteText>(part))
        m_text->setFocus();
}

void ReportView::changed()
{
    m_parts->show(m_note.parts, *m_snapshot);
    showPart();
    m_soon->start();
}

void ReportView::showPart()
{
    const int row = m_parts->currentRow();
    const auto *text =
        row >= 0 && row < m_note.parts.size() ? std::get_if<NoteText>(&m_note.parts[row]) : nullptr;
    m_text->setVisible(text != nullptr);
    if (text && m_text->toPlainText() != text->markdown) {
        const QSignalBlocker quiet(m_text);
        m_text->setPlainText(text->markdown);
    }
}

void ReportView::keepText()
{
    const int row = m_parts->currentRow();
    auto *text = row >= 0 && row < m_note.parts.size() ? std::get_if<NoteText>(&m_note.parts[row]) : nullptr;
    if (!text)
        return;
    text->markdown = m_text->toPlainText();
    m_parts->item(row)->setText(visibleText(partTitle(m_note.parts[row], *m_snapshot), 120));
    touched();
}

int ReportView::previewWidth() const
{
    constexpr int margins = 48;
    return qMax(300, m_preview->viewport()->width() - margins);
}

void ReportView::showPreview(const std::shared_ptr<QTextDocument> &document)
{
    // Where one reads stays where it was.
    const int scrolled = m_preview->verticalScrollBar()->value();
    QPalette paper = m_preview->palette();
    paper.setColor(QPalette::Base, Qt::white);
    m_preview->setPalette(paper);
    document->setDocumentMargin(24);
    m_preview->setDocument(document.get());
    m_document = document;
    m_preview->verticalScrollBar()->setValue(scrolled);
}

void ReportView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (m_snapshot)
        m_soon->start();
}

void ReportView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    // What came while nobody looked was not drawn.
    if (m_snapshot)
        m_soon->start();
}

} // namespace tropo
