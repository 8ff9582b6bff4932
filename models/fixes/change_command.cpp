#include "models/fixes/change_command.h"

#include "models/text/plain_text.h"
#include "models/text/shell_quote.h"

#include <QCryptographicHash>

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// A single argument of a Linux program ends at 128 KiB, and sshd hands the command to the login shell as
/// one.
constexpr qsizetype mostBytes = 128 * 1024 - 1;
constexpr qsizetype mostFacts = 2000;

/// Goes before the script: becomes root, and tells the address that the connection came in by.
constexpr auto asRoot =
    "t=$1; shift; v=${SSH_CONNECTION% *}; v=${v##* }; "
    "if [ \"$(id -u)\" = 0 ]; then exec sh -c \"$t\" troposcope-change \"$v\" \"$@\"; fi; "
    "exec sudo -n sh -c \"$t\" troposcope-change \"$v\" \"$@\"";

constexpr QByteArrayView headerWord("troposcope-change ");

/// Takes the lines of an answer one after another.
class AnswerReader
{
public:
    explicit AnswerReader(QByteArrayView text) : m_rest(text) {}

    /// Nothing where no whole line is left.
    std::optional<QByteArrayView> line()
    {
        const qsizetype newline = m_rest.indexOf('\n');
        if (newline < 0)
            return {};
        const QByteArrayView line = m_rest.first(newline);
        m_rest = m_rest.sliced(newline + 1);
        return line;
    }

    /// So many bytes and the newline after them.
    std::optional<QByteArray> bytes(qsizetype count)
    {
        if (count < 0 || count >= m_rest.size() || m_rest[count] != '\n')
            return {};
        const QByteArray bytes = m_rest.first(count).toByteArray();
        m_rest = m_rest.sliced(count + 1);
        return bytes;
    }

    /// Up to and with the header, which a login shell's own words may precede: its number.
    std::optional<QByteArray> header()
    {
        while (const auto next = line())
            if (next->startsWith(headerWord) && next->size() < 40)
                return next->sliced(headerWord.size()).toByteArray();
        return {};
    }

private:
    QByteArrayView m_rest;
};

QString shown(QByteArrayView bytes)
{
    return visibleText(QString::fromUtf8(bytes).trimmed(), 600);
}

struct Said
{
    QByteArray result;
    ChangeAnswer answer;
};

/// Everything between header and end; nothing where there is no end.
std::optional<Said> readBody(AnswerReader &reader)
{
    Said said;
    while (const auto line = reader.line()) {
        if (*line == "end")
            return said;
        const qsizetype blank = line->indexOf(' ');
        const QByteArrayView key = blank < 0 ? *line : line->first(blank);
        const QByteArrayView value = blank < 0 ? QByteArrayView() : line->sliced(blank + 1);
        if (key == "result") {
            said.result = value.toByteArray();
        } else if (key == "reason") {
            said.answer.reason = shown(value);
        } else if (key == "content") {
            said.answer.content = reader.bytes(value.toByteArray().toLongLong());
            if (!said.answer.content)
                return {};
        } else if (said.answer.facts.size() < mostFacts) {
            said.answer.facts.append({shown(key), shown(value)});
        }
    }
    return {};
}

struct Ending
{
    QByteArrayView result;
    int status;
    ChangeAnswer::Outcome outcome;
};

constexpr Ending endings[] = {
    {"done", 0, ChangeAnswer::Outcome::Done},     {"already", 0, ChangeAnswer::Outcome::Already},
    {"moved", 3, ChangeAnswer::Outcome::Moved},   {"impossible", 4, ChangeAnswer::Outcome::Impossible},
    {"failed", 1, ChangeAnswer::Outcome::Failed},
};

Error noAnswer(const QByteArray &out, const QByteArray &err, int status)
{
    const QString words = shown(err.trimmed().isEmpty() ? out : err);
    if (err.contains("sudo:"))
        return {ErrorKind::Refused, {}, u"sudo -n is refused: %1"_s.arg(words)};
    return {ErrorKind::Format,
            {},
            u"the change script gave no answer (exit status %1): %2. Is the login shell of sh's kind?"_s
                .arg(status)
                .arg(words.isEmpty() ? u"it said nothing"_s : words)};
}

} // namespace

ChangeCall ChangeCall::read(const QString &path)
{
    return {u"read"_s, {path}, {}};
}

ChangeCall ChangeCall::write(const QString &path, const Text &before, const QByteArray &after, int mode,
                             const QString &plan)
{
    const QString octal = u"%1"_s.arg(mode, 3, 8, QChar(u'0'));
    return {u"write"_s, {path, fileSum(before), fileSum(after), octal, plan}, after};
}

ChangeCall ChangeCall::remove(const QString &path, const QByteArray &before, const QString &plan)
{
    return {u"remove"_s, {path, fileSum(before), plan}, {}};
}

ChangeCall ChangeCall::restore(const QString &path, const QString &plan, const QByteArray &kept,
                               const Text &now)
{
    return {u"restore"_s, {path, plan, fileSum(kept), fileSum(now)}, {}};
}

std::optional<QString> ChangeAnswer::fact(QStringView key) const
{
    for (const auto &[name, value] : facts)
        if (name == key)
            return value;
    return {};
}

QStringList ChangeAnswer::allFacts(QStringView key) const
{
    QStringList values;
    for (const auto &[name, value] : facts)
        if (name == key)
            values.append(value);
    return values;
}

QString fileSum(const ChangeCall::Text &text)
{
    return text ? QString::fromLatin1(QCryptographicHash::hash(*text, QCryptographicHash::Sha256).toHex())
                : u"absent"_s;
}

Result<QByteArray> changeCommand(const QByteArray &script, const ChangeCall &call)
{
    QByteArray command = "sh -c '" + QByteArray(asRoot) + "' sh";
    for (const QString &word : QStringList{QString::fromUtf8(script), call.verb} + call.arguments) {
        const Result<QByteArray> quoted = shellQuoted(word);
        if (!quoted)
            return quoted;
        command += ' ' + *quoted;
    }
    if (command.size() > mostBytes)
        return failure(ErrorKind::Limit, {},
                       u"the command is longer than the 128 KiB that a machine takes"_s);
    return command;
}

Result<ChangeAnswer> parseChangeAnswer(const QByteArray &out, const QByteArray &err, int status)
{
    AnswerReader reader(out);
    const auto version = reader.header();
    if (!version)
        return tl::unexpected<Error>(noAnswer(out, err, status));
    if (*version != "1")
        return failure(ErrorKind::Unsupported, {},
                       u"the change script speaks version %1, not 1"_s.arg(shown(*version)));
    std::optional<Said> said = readBody(reader);
    if (!said)
        return failure(ErrorKind::Unreachable, {},
                       u"the answer is cut off: what stands on the machine is not known. The same may be "
                       "asked again"_s);
    if (said->result == "misused")
        return failure(ErrorKind::Usage, {}, said->answer.reason);
    const auto ending = std::find_if(std::begin(endings), std::end(endings),
                                     [&said](const Ending &one) { return one.result == said->result; });
    if (ending == std::end(endings) || ending->status != status)
        return failure(
            ErrorKind::Format, {},
            u"the change script says “%1” and ends with status %2"_s.arg(shown(said->result)).arg(status));
    said->answer.outcome = ending->outcome;
    if (said->answer.content && said->answer.fact(u"sha256") != fileSum(said->answer.content))
        return failure(ErrorKind::Io, {}, u"the file changed while it was read: read it again"_s);
    return said->answer;
}

} // namespace tropo
