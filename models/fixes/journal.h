#pragma once

#include "models/fixes/plan_run.h"
#include "models/fixes/reading_changes.h"

#include <QFile>

namespace tropo {

/// What is known of a plan that was carried out, from its journal: JSON lines, one file a plan.
struct JournalEntry
{
    QString path;
    QString who; ///< user@machine
    QDateTime started;
    Plan plan;
    QList<StepStatus> steps;           ///< a step that had begun and has no end is Applying
    std::optional<RunOutcome> outcome; ///< nothing: cut off
    QString says;
    std::optional<ReadingChanges> compared; ///< since its last step; nothing: nobody has compared
    bool isSettled = false;                 ///< the operator wants nothing more done
    QList<Problem> problems; ///< lines that could not be read: the last one, where the cut tore it

    bool operator==(const JournalEntry &) const = default;
    /// Whether it ended without a word: a crash, a lost desk.
    bool isCutOff() const { return !outcome; }
    /// Whether something may stand by half that nobody has settled: cut off, or ended neither done nor
    /// undone.
    bool isOpen() const;
};

/// The append-only journal of one plan, in a folder of its own kind (0700; files 0600). Every record is on
/// the disk (fsync) before the call returns. While it is open, other programs see that it is being written (a
/// lock that goes with the process).
class JournalFile : public RunJournal
{
public:
    /// Starts a journal. Errors (Io): the folder cannot be made or written.
    static Result<std::unique_ptr<JournalFile>> start(const QString &folder, const Plan &plan,
                                                      const QString &who);
    /// Goes on with one that was cut off. Errors: Io; Refused: another program is at it.
    static Result<std::unique_ptr<JournalFile>> resume(const QString &path);
    ~JournalFile() override;

    QString path() const { return m_file.fileName(); }
    Result<void> stepBegins(int step, bool undoing) override;
    Result<void> stepEnds(int step, const StepStatus &status) override;
    Result<void> ended(const RunResult &result) override;
    /// The fleet was read again after the plan's end, and compared.
    Result<void> compared(const ReadingChanges &changes);
    /// The operator has seen what stands and wants nothing more done: it is not offered again.
    Result<void> settled(const QString &says);

private:
    JournalFile() = default;
    Result<void> write(QJsonObject record);
    bool lock();

    QFile m_file;
};

/// Reads one journal. Errors (Format): its first line, the plan, cannot be read.
Result<JournalEntry> readJournal(const QString &path);
/// All journals of a folder, newest first; those that cannot be read are problems, not gaps.
Parsed<QList<JournalEntry>> readJournals(const QString &folder);
/// Whether another program writes it at this moment.
bool isJournalInUse(const QString &path);

} // namespace tropo
