#pragma once

#include "models/result.h"

#include <QByteArray>
#include <QList>
#include <QStringList>

#include <optional>

namespace tropo {

/// One run of the change script (resources/change/README.md): a verb with its arguments, not yet quoted, and
/// what goes to its standard input, to the end.
struct ChangeCall
{
    QString verb;
    QStringList arguments;
    QByteArray content;

    bool operator==(const ChangeCall &) const = default;

    /// A file's text, or nothing where there is no file: stands for what was read and must still be there.
    using Text = std::optional<QByteArray>;

    static ChangeCall read(const QString &path);
    /// `plan` names the folder of kept copies: letters, digits, '.', '_' and '-', at most 64. `mode` is for a
    /// new file.
    static ChangeCall write(const QString &path, const Text &before, const QByteArray &after, int mode,
                            const QString &plan);
    static ChangeCall remove(const QString &path, const QByteArray &before, const QString &plan);
    /// Puts back the copy that `plan` kept of the file with text `kept`, where the file is `now`.
    static ChangeCall restore(const QString &path, const QString &plan, const QByteArray &kept,
                              const Text &now);
};

/// What the script answers.
struct ChangeAnswer
{
    enum class Outcome {
        Done,
        Already,    ///< it was so before
        Moved,      ///< something is not as it was read
        Impossible, ///< cannot be done on this machine
        Failed,     ///< tried, and failed
    };

    Outcome outcome = Outcome::Failed;
    QString reason;                       ///< one line, for people; empty for Done and Already
    QList<QPair<QString, QString>> facts; ///< in the script's order; a key may come several times
    std::optional<QByteArray> content;    ///< of `read`; nothing where the file is absent or has secrets

    bool operator==(const ChangeAnswer &) const = default;
    bool isDone() const { return outcome == Outcome::Done || outcome == Outcome::Already; }
    /// The first value of a key; nothing where it was not said.
    std::optional<QString> fact(QStringView key) const;
    QStringList allFacts(QStringView key) const;
};

/// SHA-256 in hex as the script takes it, "absent" where there is no file.
QString fileSum(const ChangeCall::Text &text);

/// The command for a login shell of sh's kind. As root it runs the script, else through `sudo -n`. `script`
/// is the text of change.sh. Usage: a NUL in an argument; Limit: larger than a command may be.
Result<QByteArray> changeCommand(const QByteArray &script, const ChangeCall &call);

/// What the command printed and its exit status, understood. Errors: Refused (sudo wants a password or
/// forbids it), Unreachable (the answer is cut off: what stands is not known, the same call may be made
/// again), Unsupported (another version), Usage (the script was given wrong arguments), Format (no answer).
Result<ChangeAnswer> parseChangeAnswer(const QByteArray &out, const QByteArray &err, int status);

} // namespace tropo
