#include "models/fixes/journal.h"

#include "models/fixes/plan_json.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int journalFormat = 1;
constexpr qint64 largestJournal = 64LL * 1024 * 1024;

QString systemError()
{
    return QString::fromLocal8Bit(std::strerror(errno));
}

QString now()
{
    return QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs);
}

void syncFolder(const QString &folder)
{
    const int fd = ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        ::fsync(fd);
        ::close(fd);
    }
}

tl::unexpected<Error> notWritten(const QString &path, const QString &why)
{
    return failure(
        ErrorKind::Io, path,
        u"the journal could not be written (%1), so nothing is done: make room, or mend the folder's "
        u"permissions"_s.arg(why));
}

} // namespace

bool JournalFile::lock()
{
    return ::flock(m_file.handle(), LOCK_EX | LOCK_NB) == 0;
}

Result<void> JournalFile::write(QJsonObject record)
{
    record.insert("at"_L1, now());
    const QByteArray line = QJsonDocument(record).toJson(QJsonDocument::Compact) + '\n';
    if (m_file.write(line) != line.size() || !m_file.flush() || ::fsync(m_file.handle()) != 0)
        return notWritten(path(), m_file.error() == QFile::NoError ? systemError() : m_file.errorString());
    return {};
}

Result<std::unique_ptr<JournalFile>> JournalFile::start(const QString &folder, const Plan &plan,
                                                        const QString &who)
{
    if (!QDir().mkpath(folder))
        return notWritten(folder, systemError());
    ::chmod(QFile::encodeName(folder).constData(), 0700);
    const QString stamp = QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmss-zzz"_s);
    std::unique_ptr<JournalFile> journal(new JournalFile);
    journal->m_file.setFileName(
        u"%1/%2-%3-%4.jsonl"_s.arg(folder, stamp, plan.name, QString::number(::getpid())));
    if (!journal->m_file.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::NewOnly,
                              QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return notWritten(journal->path(), journal->m_file.errorString());
    journal->lock();
    const auto written =
        journal->write({{u"journal"_s, journalFormat}, {u"who"_s, who}, {u"plan"_s, storedPlan(plan)}});
    if (!written)
        return tl::unexpected(written.error());
    syncFolder(folder);
    return journal;
}

Result<std::unique_ptr<JournalFile>> JournalFile::resume(const QString &path)
{
    std::unique_ptr<JournalFile> journal(new JournalFile);
    journal->m_file.setFileName(path);
    if (!journal->m_file.open(QIODevice::ReadWrite | QIODevice::Append | QIODevice::ExistingOnly))
        return notWritten(path, journal->m_file.errorString());
    if (!journal->lock())
        return failure(ErrorKind::Refused, path,
                       u"another Troposcope carries out this plan at this moment"_s);
    // A line that the cut tore must not swallow the next one.
    const qint64 size = journal->m_file.size();
    journal->m_file.seek(size > 0 ? size - 1 : 0);
    const bool torn = size > 0 && journal->m_file.read(1) != "\n";
    if (torn && journal->m_file.write("\n") != 1)
        return notWritten(path, journal->m_file.errorString());
    return journal;
}

JournalFile::~JournalFile() = default;

Result<void> JournalFile::stepBegins(int step, bool undoing)
{
    return write({{u"begins"_s, step}, {u"undoing"_s, undoing}});
}

Result<void> JournalFile::stepEnds(int step, const StepStatus &status)
{
    return write({{u"ends"_s, step}, {u"state"_s, stepStateName(status.state)}, {u"says"_s, status.says}});
}

Result<void> JournalFile::ended(const RunResult &result)
{
    return write({{u"outcome"_s, runOutcomeName(result.outcome)}, {u"says"_s, result.says}});
}

Result<void> JournalFile::compared(const ReadingChanges &changes)
{
    return write({{u"before"_s, changes.before.toUTC().toString(Qt::ISODateWithMs)},
                  {u"after"_s, changes.after.toUTC().toString(Qt::ISODateWithMs)},
                  {u"changes"_s, QJsonArray::fromStringList(changes.changes)}});
}

Result<void> JournalFile::settled(const QString &says)
{
    return write({{u"settled"_s, true}, {u"says"_s, says}});
}

namespace {

std::optional<RunOutcome> outcomeNamed(const QString &name)
{
    for (const RunOutcome outcome : {RunOutcome::Done, RunOutcome::Stopped, RunOutcome::Invalidated,
                                     RunOutcome::Failed, RunOutcome::Undone, RunOutcome::UndoFailed})
        if (runOutcomeName(outcome) == name)
            return outcome;
    return {};
}

ReadingChanges changesOf(const QJsonObject &record)
{
    ReadingChanges changes;
    changes.before = QDateTime::fromString(record.value("before"_L1).toString(), Qt::ISODateWithMs);
    changes.after = QDateTime::fromString(record.value("after"_L1).toString(), Qt::ISODateWithMs);
    const QJsonArray sentences = record.value("changes"_L1).toArray();
    for (const QJsonValue &sentence : sentences)
        changes.changes.append(sentence.toString());
    return changes;
}

void takeRecord(JournalEntry &entry, const QJsonObject &record, int line)
{
    const QDateTime at = QDateTime::fromString(record.value("at"_L1).toString(), Qt::ISODateWithMs);
    const QString says = record.value("says"_L1).toString();
    const auto statusOf = [&entry](const QJsonValue &step) -> StepStatus * {
        const int number = step.toInt(-1);
        return number >= 0 && number < entry.steps.size() ? &entry.steps[number] : nullptr;
    };
    if (StepStatus *status = statusOf(record.value("begins"_L1))) {
        *status = {record.value("undoing"_L1).toBool() ? StepState::Undoing : StepState::Applying, {}, at};
        entry.outcome.reset(); // it was taken up again
        entry.isSettled = false;
        entry.compared.reset();
    } else if (StepStatus *ended = statusOf(record.value("ends"_L1))) {
        const auto state = stepStateNamed(record.value("state"_L1).toString());
        *ended = {state.value_or(StepState::Unclear), says, at};
    } else if (const auto outcome = outcomeNamed(record.value("outcome"_L1).toString())) {
        entry.outcome = outcome;
        entry.says = says;
    } else if (record.value("changes"_L1).isArray()) {
        entry.compared = changesOf(record);
    } else if (record.value("settled"_L1).toBool()) {
        entry.outcome = entry.outcome.value_or(RunOutcome::Stopped);
        entry.isSettled = true;
        entry.says = says;
    } else {
        entry.problems.append({entry.path, line, u"not a record of a journal"_s});
    }
}

} // namespace

bool JournalEntry::isOpen() const
{
    if (isSettled || outcome == RunOutcome::Done || outcome == RunOutcome::Undone)
        return false;
    for (int i = 0; i < steps.size(); ++i)
        if (canBeTakenBack(plan, steps, i))
            return true;
    return isCutOff();
}

Result<JournalEntry> readJournal(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::Io, path, u"could not be read: %1"_s.arg(file.errorString()));
    if (file.size() > largestJournal)
        return failure(ErrorKind::Limit, path, u"is larger than 64 MiB, so it is no journal of ours"_s);
    JournalEntry entry;
    entry.path = path;
    int line = 0;
    while (!file.atEnd()) {
        ++line;
        const QJsonObject record = QJsonDocument::fromJson(file.readLine()).object();
        if (line > 1) {
            takeRecord(entry, record, line);
            continue;
        }
        if (record.value("journal"_L1).toInt() != journalFormat)
            return failure(ErrorKind::Format, path, u"is no journal that this version can read"_s);
        auto plan = planFromStored(record.value("plan"_L1).toObject());
        if (!plan)
            return failure(ErrorKind::Format, path, plan.error().message);
        entry.plan = *std::move(plan);
        entry.steps.resize(entry.plan.steps.size());
        entry.who = record.value("who"_L1).toString();
        entry.started = QDateTime::fromString(record.value("at"_L1).toString(), Qt::ISODateWithMs);
    }
    if (line == 0)
        return failure(ErrorKind::Format, path, u"is empty: the plan was cut off before anything was done"_s);
    return entry;
}

Parsed<QList<JournalEntry>> readJournals(const QString &folder)
{
    Parsed<QList<JournalEntry>> all;
    QStringList names = QDir(folder).entryList({u"*.jsonl"_s}, QDir::Files, QDir::Name | QDir::Reversed);
    for (const QString &name : names) {
        auto entry = readJournal(folder + u'/' + name);
        if (entry)
            all.value.append(*std::move(entry));
        else
            all.problems.append({entry.error().where, 0, entry.error().message});
    }
    return all;
}

bool isJournalInUse(const QString &path)
{
    const int fd = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    const bool taken = ::flock(fd, LOCK_SH | LOCK_NB) != 0;
    ::close(fd);
    return taken;
}

} // namespace tropo
