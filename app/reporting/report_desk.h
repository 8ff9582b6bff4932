#pragma once

#include "app/reporting/redacted.h"
#include "models/note/note_blocks.h"
#include "views/report/report_view.h"

namespace tropo {

/// Makes what the report page asks for: its preview, files, the clipboard, the capture beside it, and the
/// list of what is hidden. What takes long is done on a worker; pictures are drawn once for each reading.
class ReportDesk : public QObject
{
    Q_OBJECT
public:
    ReportDesk(ReportView *view, EndOfLifeTable endOfLife, QObject *parent = nullptr);

    /// The newest reading; the note's own may be an earlier one.
    void setSnapshot(const SnapshotPtr &snapshot);

Q_SIGNALS:
    void said(const QString &text);
    void failed(const QString &text);

private:
    /// What the note is made from now: redacted where that is wished.
    struct Ground
    {
        SnapshotPtr snapshot;
        Note note;
        QString key; ///< of its pictures among the drawn
    };
    using Act = std::function<void(const Ground &)>;

    void readingChanged();
    Note noteNow() const; ///< as it stands, written now
    void withGround(Act act);
    void withHidden(const Note &note, Act act);
    /// With the redaction that is at hand.
    void actHidden(const Note &note, const Act &act);
    /// Draws what is missing, one picture in a turn of the event loop, since widgets draw in their own
    /// thread.
    void withPictures(const Ground &ground, Act act);
    /// Composes the note and hands its blocks to `work` on a worker, and what that gives to `then`.
    template <typename Work, typename Then> void compose(Work work, Then then);
    PictureMaker drawnPictures(const Ground &ground) const;
    void preview();
    void make(NoteTarget target);
    void writeTo(const QString &path);
    void copy(NoteTarget target);
    void saveCapture();
    void writeCaptureTo(const QString &path);
    void tellReplaced();
    void choosePath(const QString &title, const QString &name, const QString &filter,
                    std::function<void(const QString &)> chosen, bool mayReplace = true);

    ReportView *m_view;
    const EndOfLifeTable m_endOfLife;
    SnapshotPtr m_snapshot;                     ///< that the note is of
    std::shared_ptr<const Redacted> m_redacted; ///< of m_snapshot; nothing until it is wished
    int m_redactions = 0;                       ///< how many there were: each has pictures of its own
    QHash<QString, DrawnPicture> m_drawn; ///< by ground, view and subject; empty where one cannot be drawn
    quint64 m_generation = 0;             ///< of the snapshot
    bool m_isPreviewing = false;
    bool m_previewAgain = false; ///< the note changed meanwhile
};

} // namespace tropo
