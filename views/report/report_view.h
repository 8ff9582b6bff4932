#pragma once

#include "models/note/note.h"

#include <QTextDocument>
#include <QWidget>

#include <memory>

class QCheckBox;
class QLabel;
class QLineEdit;
class QMenu;
class QPlainTextEdit;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTextBrowser;
class QTimer;

namespace tropo {

class EmptyNote;
class NoteReading;
class PartList;

/// What is to be made of a note. Of the clipboard's forms, the first has rich text with pictures for programs
/// that take it, and Markdown for the others.
enum class NoteTarget { Html, Pdf, Markdown, Clipboard, ClipboardMarkdown };

/// Puts an incident note together: its parts in order at the left with the author's words below them, and how
/// it will look at the right. The page itself only composes; drawing, redaction and writing are asked for.
/// An untouched note follows what is read. One that the author has worked at keeps its reading, so that what
/// it proves is still there after a fix; the newest is taken on request.
class ReportView final : public QWidget
{
    Q_OBJECT
public:
    explicit ReportView(QWidget *parent = nullptr);
    ~ReportView() override;

    /// The newest reading.
    void show(const SnapshotPtr &snapshot);
    /// The reading that the note is of; null before anything is shown.
    const SnapshotPtr &snapshot() const { return m_snapshot; }
    const Note &note() const { return m_note; }
    bool isRedacted() const;

    /// Adds a part at the end; from the other views.
    void add(const NotePart &part);
    /// The note as a document, made for lines of previewWidth() pixels; an answer to previewWanted().
    void showPreview(const std::shared_ptr<QTextDocument> &document);
    int previewWidth() const;
    /// Warns of what cannot be hidden; empty: of nothing.
    void warn(const QString &stays);

Q_SIGNALS:
    /// The note is of another reading now.
    void readingChanged();
    /// The note has changed; what it looks like is to be shown.
    void previewWanted();
    void wanted(tropo::NoteTarget target);
    /// The capture beside the note, redacted as it is.
    void captureWanted();
    /// The list of what is replaced, for the author.
    void replacedWanted();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    QWidget *makeLeft();
    QWidget *makeTop();
    QPushButton *makeMenuButton(const QString &name, const QString &text, QWidget *strip);
    void fillAddMenu();
    void fillPictureMenu(QMenu *menu);
    void chooseFindings();
    void begin();
    void takeNewest();
    void touched();
    void changed();
    void showPart();
    void keepText();

    SnapshotPtr m_snapshot; ///< that the note is of
    SnapshotPtr m_newest;
    Note m_note;
    QStackedWidget *m_pages;
    EmptyNote *m_empty;
    QLineEdit *m_title;
    QCheckBox *m_redact;
    NoteReading *m_reading;
    PartList *m_parts;
    QPlainTextEdit *m_text;
    QTextBrowser *m_preview;
    QLabel *m_stays; ///< names that cannot be hidden
    QMenu *m_addMenu;
    std::shared_ptr<QTextDocument> m_document; ///< that is previewed
    QTimer *m_soon;                            ///< gathers what is typed
    bool m_isTouched = false;                  ///< the author has done something to it
};

} // namespace tropo
