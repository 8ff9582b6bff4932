#include "app/reporting/report_desk.h"

#include "app/reporting/write_note.h"
#include "models/evidence/capture.h"
#include "models/note/note_forms.h"
#include "models/redact/replaced_text.h"
#include "views/parts/in_background.h"
#include "views/report/note_document.h"
#include "views/report/replaced_dialog.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMimeData>
#include <QTimer>

namespace tropo {

namespace {

QString endingOf(NoteTarget target)
{
    return target == NoteTarget::Pdf        ? QStringLiteral("pdf")
           : target == NoteTarget::Markdown ? QStringLiteral("md")
                                            : QStringLiteral("html");
}

/// Made on a worker, for the window's thread.
std::shared_ptr<QTextDocument> documentOf(const QList<NoteBlock> &blocks, int width, const QFont &font)
{
    auto document = std::make_shared<QTextDocument>();
    document->setDefaultFont(font);
    fillDocument(document.get(), blocks, width);
    document->moveToThread(QCoreApplication::instance()->thread());
    return document;
}

QString pictureKey(const QString &ground, const NotePicture &picture)
{
    return ground + u'/' + picture.view + u'/' + picture.subject;
}

} // namespace

ReportDesk::ReportDesk(ReportView *view, EndOfLifeTable endOfLife, QObject *parent)
    : QObject(parent), m_view(view), m_endOfLife(std::move(endOfLife))
{
    connect(view, &ReportView::readingChanged, this, &ReportDesk::readingChanged);
    connect(view, &ReportView::previewWanted, this, &ReportDesk::preview);
    connect(view, &ReportView::wanted, this, &ReportDesk::make);
    connect(view, &ReportView::captureWanted, this, &ReportDesk::saveCapture);
    connect(view, &ReportView::replacedWanted, this, &ReportDesk::tellReplaced);
}

void ReportDesk::setSnapshot(const SnapshotPtr &snapshot)
{
    m_view->show(snapshot);
}

void ReportDesk::readingChanged()
{
    m_snapshot = m_view->snapshot();
    m_redacted.reset();
    m_drawn.clear();
    ++m_generation;
    // What is on its way is of the reading before.
    m_isPreviewing = false;
}

Note ReportDesk::noteNow() const
{
    Note note = m_view->note();
    note.written = QDateTime::currentDateTimeUtc();
    return note;
}

void ReportDesk::withGround(Act act)
{
    if (!m_snapshot)
        return;
    if (!m_view->isRedacted()) {
        m_view->warn({});
        act({m_snapshot, noteNow(), QStringLiteral("plain")});
        return;
    }
    withHidden(noteNow(), std::move(act));
}

void ReportDesk::withHidden(const Note &note, Act act)
{
    if (m_redacted && covers(m_redacted->redaction, note)) {
        actHidden(note, act);
        return;
    }
    Q_EMIT said(tr("Hiding addresses and names\u2026"));
    inBackground(
        this,
        [snapshot = m_snapshot, table = m_endOfLife, note, earlier = m_redacted] {
            Redacted made = redacted(*snapshot, table, note, earlier ? &earlier->redaction : nullptr);
            if (snapshot->isSimulated)
                made.snapshot = simulatedSnapshot(*made.snapshot);
            return std::make_shared<const Redacted>(std::move(made));
        },
        [this, act = std::move(act), note, earlier = m_redacted,
         generation = m_generation](const std::shared_ptr<const Redacted> &made) {
            if (generation != m_generation)
                return;
            Q_EMIT said({});
            // Two that grew from the same would give one stand-in to two values.
            if (m_redacted != earlier) {
                withHidden(note, act);
                return;
            }
            m_redacted = made;
            ++m_redactions;
            actHidden(note, act);
        });
}

void ReportDesk::actHidden(const Note &note, const Act &act)
{
    const QString stays = staysText(m_redacted->redaction.standIns());
    m_view->warn(QString(m_redacted->differs + u' ' + stays).trimmed());
    act({m_redacted->snapshot, redactedNote(note, m_redacted->redaction), QString::number(m_redactions)});
}

void ReportDesk::withPictures(const Ground &ground, Act act)
{
    const auto missing =
        std::find_if(ground.note.parts.begin(), ground.note.parts.end(), [&](const NotePart &part) {
            const auto *picture = std::get_if<NotePicture>(&part);
            return picture && !m_drawn.contains(pictureKey(ground.key, *picture));
        });
    if (missing == ground.note.parts.end()) {
        act(ground);
        return;
    }
    QTimer::singleShot(
        0, this, [this, ground, act, picture = std::get<NotePicture>(*missing), generation = m_generation] {
            if (generation != m_generation)
                return;
            inBackground(
                this, [image = pictureImage(ground.snapshot, picture)] { return drawnPicture(image); },
                [this, ground, act, generation,
                 key = pictureKey(ground.key, picture)](const DrawnPicture &drawn) {
                    if (generation != m_generation)
                        return;
                    m_drawn.insert(key, drawn);
                    withPictures(ground, act);
                });
        });
}

PictureMaker ReportDesk::drawnPictures(const Ground &ground) const
{
    return [drawn = m_drawn, key = ground.key](const NotePicture &picture) -> std::optional<DrawnPicture> {
        const DrawnPicture one = drawn.value(pictureKey(key, picture));
        return one.png.isEmpty() ? std::nullopt : std::optional(one);
    };
}

template <typename Work, typename Then> void ReportDesk::compose(Work work, Then then)
{
    withGround([this, work, then](const Ground &ground) {
        withPictures(ground, [this, work, then](const Ground &whole) {
            inBackground(
                this,
                [whole, work, pictures = drawnPictures(whole)] {
                    return work(composeNote(whole.note, *whole.snapshot, pictures), whole.note);
                },
                then);
        });
    });
}

void ReportDesk::preview()
{
    // Drawing costs something: only for who looks at it, and one at a time.
    if (!m_view->isVisible())
        return;
    m_previewAgain = m_isPreviewing;
    if (m_isPreviewing)
        return;
    m_isPreviewing = true;
    compose([width = m_view->previewWidth(), font = m_view->font()](
                const QList<NoteBlock> &blocks, const Note &) { return documentOf(blocks, width, font); },
            [this, generation = m_generation](const std::shared_ptr<QTextDocument> &document) {
                if (generation != m_generation)
                    return;
                m_isPreviewing = false;
                m_view->showPreview(document);
                if (m_previewAgain)
                    preview();
            });
}

void ReportDesk::make(NoteTarget target)
{
    if (target == NoteTarget::Clipboard || target == NoteTarget::ClipboardMarkdown) {
        copy(target);
        return;
    }
    const QString ending = endingOf(target);
    choosePath(tr("Save the note"), QStringLiteral("incident-note.") + ending, QStringLiteral("*.") + ending,
               [this](const QString &path) { writeTo(path); });
}

void ReportDesk::choosePath(const QString &title, const QString &name, const QString &filter,
                            std::function<void(const QString &)> chosen, bool mayReplace)
{
    auto *dialog = new QFileDialog(m_view, title, name, filter);
    dialog->setObjectName(QStringLiteral("saveNote"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setOption(QFileDialog::DontConfirmOverwrite, !mayReplace);
    dialog->setDefaultSuffix(name.section(u'.', 1));
    connect(dialog, &QFileDialog::fileSelected, this, std::move(chosen));
    dialog->open();
}

void ReportDesk::writeTo(const QString &path)
{
    Q_EMIT said(tr("Writing the note\u2026"));
    compose([path](const QList<NoteBlock> &blocks,
                   const Note &note) { return writeNote(path, blocks, note.title); },
            [this, path](const Result<void> &written) {
                Q_EMIT said(written ? tr("The note is in %1.").arg(path) : QString());
                if (!written)
                    Q_EMIT failed(written.error().text());
            });
}

void ReportDesk::copy(NoteTarget target)
{
    struct Copied
    {
        QString html;
        QString markdown;
    };
    const bool rich = target == NoteTarget::Clipboard;
    compose(
        [rich](const QList<NoteBlock> &blocks, const Note &) {
            return Copied{rich ? noteHtml(blocks, reportStyle(), HtmlFor::Clipboard) : QString(),
                          noteMarkdown(blocks, {}).text};
        },
        [this, rich](const Copied &copied) {
            auto *data = new QMimeData;
            data->setText(copied.markdown);
            data->setData(QStringLiteral("text/markdown"), copied.markdown.toUtf8());
            if (rich)
                data->setHtml(copied.html);
            QGuiApplication::clipboard()->setMimeData(data);
            Q_EMIT said(rich ? tr("The note is in the clipboard, as rich text with pictures and as Markdown.")
                             : tr("The note is in the clipboard as Markdown."));
        });
}

void ReportDesk::saveCapture()
{
    if (m_snapshot && m_snapshot->isSimulated) {
        Q_EMIT failed(tr("This note is of a simulation. Its capture would pass for a reading, so it is not "
                         "saved. Read the fleet, or open it again, for one."));
        return;
    }
    // One that exists is refused: to ask first whether to overwrite it would promise too much.
    choosePath(
        tr("Save the capture beside the note"), QStringLiteral("capture.tar.gz"),
        tr("Captures (*.tar.gz *.zip)"), [this](const QString &path) { writeCaptureTo(path); }, false);
}

void ReportDesk::writeCaptureTo(const QString &path)
{
    withGround([this, path](const Ground &ground) {
        inBackground(
            this, [path, snapshot = ground.snapshot] { return writeCapture(path, snapshot->evidence); },
            [this, path](const Result<void> &written) {
                if (written)
                    Q_EMIT said(tr("The capture is in %1.").arg(path));
                else
                    Q_EMIT failed(written.error().text());
            });
    });
}

void ReportDesk::tellReplaced()
{
    withGround([this](const Ground &) {
        if (m_redacted)
            showReplaced(m_redacted->redaction.standIns(), m_view);
    });
}

} // namespace tropo
