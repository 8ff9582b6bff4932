#include "models/parse/libvirt_lists.h"

#include "models/parse/json_fields.h"
#include "models/parse/virsh_table.h"

#include <array>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

struct StateWord
{
    QLatin1StringView word;
    DomainState state;
};

// "idle" is a domain that waits for input, "no state" what some drivers give one that they run.
constexpr std::array stateWords{
    StateWord{"running"_L1, DomainState::Running},
    StateWord{"idle"_L1, DomainState::Running},
    StateWord{"no state"_L1, DomainState::Unknown},
    StateWord{"paused"_L1, DomainState::Paused},
    StateWord{"pmsuspended"_L1, DomainState::Suspended},
    StateWord{"in shutdown"_L1, DomainState::ShuttingDown},
    StateWord{"shut off"_L1, DomainState::ShutOff},
    StateWord{"crashed"_L1, DomainState::Crashed},
};

/// Where the last column begins, for a state that is not virsh's English: behind the last wide gap.
qsizetype lastColumn(QStringView row)
{
    for (qsizetype at = row.size() - 1; at > 1; --at)
        if (row[at - 1].isSpace() && row[at - 2].isSpace())
            return at;
    return row.lastIndexOf(u' ') + 1;
}

DomainEntry domainOf(QStringView nameAndState, int line, ProblemLog &problems)
{
    DomainEntry entry;
    entry.source = problems.at(line);
    for (const StateWord &one : stateWords) {
        const qsizetype begin = nameAndState.size() - one.word.size();
        if (begin > 0 && nameAndState.endsWith(one.word) && nameAndState[begin - 1].isSpace()) {
            entry.name = nameAndState.first(begin).trimmed().toString();
            entry.state = one.state;
            return entry;
        }
    }
    const qsizetype begin = lastColumn(nameAndState);
    entry.name = nameAndState.first(begin).trimmed().toString();
    problems.add(
        line,
        u"%1: not a state that virsh prints, line %2"_s.arg(quoted(nameAndState.sliced(begin))).arg(line));
    return entry;
}

bool isDomainId(QStringView word)
{
    bool isNumber = false;
    const int id = word.toInt(&isNumber);
    return word == u"-" || (isNumber && id >= 0);
}

std::optional<bool> yesNo(QStringView word, QLatin1StringView yes, QLatin1StringView no, int line,
                          ProblemLog &problems)
{
    if (word == yes || word == no)
        return word == yes;
    problems.add(line, u"%1: neither %2 nor %3, line %4"_s.arg(quoted(word), yes, no).arg(line));
    return {};
}

std::optional<NetworkEntry> networkOf(const VirshRow &row, bool persistentColumn, ProblemLog &problems)
{
    const std::vector<QStringView> words = wordsOf(row.text);
    const std::size_t values = persistentColumn ? 3 : 2;
    if (words.size() <= values) {
        problems.notUnderstood(row.line, row.text);
        return {};
    }
    const auto first = words.end() - static_cast<std::ptrdiff_t>(values);
    const QStringView text = row.text;
    NetworkEntry entry;
    entry.name = text.first(first->data() - text.data()).trimmed().toString();
    entry.active = yesNo(first[0], "active"_L1, "inactive"_L1, row.line, problems);
    entry.autostart = yesNo(first[1], "yes"_L1, "no"_L1, row.line, problems);
    if (persistentColumn)
        entry.persistent = yesNo(first[2], "yes"_L1, "no"_L1, row.line, problems);
    entry.source = problems.at(row.line);
    return entry;
}

} // namespace

std::optional<DomainState> domainStateOf(QStringView word)
{
    for (const StateWord &one : stateWords)
        if (one.word == word)
            return one.state;
    return {};
}

Parsed<QList<DomainEntry>> parseDomainsJson(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    QList<DomainEntry> entries;
    const QList<JsonElement> elements = jsonElements(text, problems);
    for (const JsonElement &element : elements) {
        const JsonFields fields(element, problems);
        DomainEntry entry;
        entry.name = fields.text("name"_L1);
        entry.uuid = fields.text("uuid"_L1);
        entry.autostart = fields.flag("autostart"_L1);
        entry.persistent = fields.flag("persistent"_L1);
        entry.source = fields.source();
        const QString word = fields.text("state"_L1);
        const auto state = domainStateOf(word);
        entry.state = state.value_or(DomainState::Unknown);
        if (!state && !word.isEmpty())
            fields.complain("state"_L1, quoted(word) + u" is not a state"_s);
        if (entry.name.isEmpty())
            fields.complain("name"_L1, u"missing, the domain is left out"_s);
        else
            entries.append(entry);
    }
    return {entries, problems.take()};
}

Parsed<QList<DomainEntry>> parseDomainsTable(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    QList<DomainEntry> entries;
    const VirshTable table = virshTable(text, problems);
    const qsizetype title = table.header.indexOf(" Title"_L1);
    for (const VirshRow &row : table.rows) {
        QStringView line = row.text;
        if (title > 0 && line.size() > title)
            line.truncate(title);
        line = line.trimmed();
        const qsizetype gap = line.indexOf(u' ');
        const QStringView id = line.first(qMax(gap, qsizetype(0)));
        const QStringView rest = line.sliced(qMax(gap, qsizetype(0))).trimmed();
        if (!isDomainId(id) || !rest.contains(u' '))
            problems.notUnderstood(row.line, row.text);
        else
            entries.append(domainOf(rest, row.line, problems));
    }
    return {entries, problems.take()};
}

Parsed<QList<NetworkEntry>> parseNetworksJson(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    QList<NetworkEntry> entries;
    const QList<JsonElement> elements = jsonElements(text, problems);
    for (const JsonElement &element : elements) {
        const JsonFields fields(element, problems);
        const NetworkEntry entry{fields.text("name"_L1), fields.flag("active"_L1),
                                 fields.flag("autostart"_L1), fields.flag("persistent"_L1), fields.source()};
        if (entry.name.isEmpty())
            fields.complain("name"_L1, u"missing, the network is left out"_s);
        else
            entries.append(entry);
    }
    return {entries, problems.take()};
}

Parsed<QList<NetworkEntry>> parseNetworksTable(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    QList<NetworkEntry> entries;
    const VirshTable table = virshTable(text, problems);
    const bool persistentColumn = wordsOf(table.header).size() > 3;
    for (const VirshRow &row : table.rows)
        if (auto entry = networkOf(row, persistentColumn, problems))
            entries.append(std::move(*entry));
    return {entries, problems.take()};
}

} // namespace tropo
