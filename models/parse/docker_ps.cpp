#include "models/parse/docker_ps.h"

#include "models/parse/container_text.h"
#include "models/parse/json_elements.h"
#include "models/parse/numbered_lines.h"

#include <QTimeZone>

#include <array>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// All port mappings of a document; a range of 65,535 ports takes 20 characters to write.
constexpr int portBudget = 200'000;

/// The eight columns in the order docker prints them; SIZE only with --size.
constexpr std::array<QStringView, 8> headings{u"CONTAINER ID", u"IMAGE", u"COMMAND", u"CREATED",
                                              u"STATUS",       u"PORTS", u"NAMES",   u"SIZE"};
enum Column { Id, Image, Command, Created, Status, Ports, Names, Size };

using Cells = std::array<QString, headings.size()>;
using Columns = std::array<qsizetype, headings.size()>; ///< where each begins; -1 where the table lacks it

void readPorts(Container &container, QStringView text, int &budget, ProblemLog &problems)
{
    if (auto ports = portsFromText(text, budget))
        container.ports = *ports;
    else
        problems.add(
            container.source.first,
            u"ports %1: %2, line %3"_s.arg(quoted(text), budget < 0 ? u"too many"_s : u"not understood"_s)
                .arg(container.source.first));
}

/// "2026-11-23 21:24:01 +0000 UTC"
QDateTime createdAt(const QString &text)
{
    QDateTime time =
        QDateTime::fromString(text.first(qMin(text.size(), qsizetype(19))), u"yyyy-MM-dd HH:mm:ss"_s);
    const QString zone = text.size() >= 25 ? text.sliced(20, 5) : QString();
    bool number = false;
    const int hhmm = zone.sliced(zone.isEmpty() ? 0 : 1).toInt(&number);
    if (!time.isValid() || !number)
        return {};
    const int seconds = (hhmm / 100 * 60 + hhmm % 100) * 60 * (zone.startsWith(u'-') ? -1 : 1);
    time.setOffsetFromUtc(seconds);
    return time;
}

std::optional<Columns> columnsOf(const QList<uint> &line)
{
    const QString text = QString::fromUcs4(reinterpret_cast<const char32_t *>(line.constData()), line.size());
    if (!text.trimmed().startsWith(headings[Id]))
        return {};
    Columns columns;
    columns.fill(-1);
    qsizetype from = 0;
    for (std::size_t i = 0; i < headings.size(); ++i) {
        const qsizetype at = text.indexOf(headings[i], from);
        if (at < 0)
            continue;
        columns[i] = at;
        from = at + headings[i].size();
    }
    if (columns[Names] < 0 || columns[Status] < 0)
        return {};
    return columns;
}

QString textOf(const QList<uint> &line, qsizetype begin, qsizetype end)
{
    if (begin < 0 || begin >= line.size())
        return {};
    const QList<uint> part = line.sliced(begin, qMin(end, line.size()) - begin);
    return QString::fromUcs4(reinterpret_cast<const char32_t *>(part.constData()), part.size()).trimmed();
}

/// Nothing where a word crosses the beginning of a column: then the row is not of this table.
std::optional<Cells> cellsOf(const QList<uint> &line, const Columns &columns)
{
    Cells cells;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i] < 0)
            continue;
        qsizetype end = line.size();
        for (std::size_t next = i + 1; next < columns.size(); ++next)
            if (columns[next] >= 0) {
                end = columns[next];
                break;
            }
        if (columns[i] > 0 && columns[i] < line.size() && line[columns[i] - 1] != u' ')
            return {};
        cells[i] = textOf(line, columns[i], end);
    }
    if (cells[Id].isEmpty() || cells[Id].contains(u' ') || cells[Names].isEmpty())
        return {};
    return cells;
}

Container containerFrom(const Cells &cells, const Source &source, int &budget, ProblemLog &problems)
{
    Container container;
    container.source = source;
    container.id = bounded(cells[Id], 128);
    container.name = ownName(cells[Names]);
    container.image = bounded(cells[Image]);
    container.command = commandText(cells[Command]);
    container.createdText = bounded(cells[Created]);
    container.status = bounded(cells[Status]);
    container.state = stateFromStatus(container.status);
    container.health = healthFromStatus(container.status);
    readPorts(container, cells[Ports], budget, problems);
    container.task = taskFrom({}, container.name);
    return container;
}

} // namespace

Parsed<QList<Container>> parseDockerPsJson(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    QList<Container> containers;
    int budget = portBudget;
    for (const JsonElement &element : jsonElements(text, problems)) {
        const QJsonObject &object = element.object;
        const auto field = [&object](QLatin1StringView key) { return object.value(key).toString(); };
        Cells cells{field("ID"_L1),     field("Image"_L1), field("Command"_L1), field("RunningFor"_L1),
                    field("Status"_L1), field("Ports"_L1), field("Names"_L1),   {}};
        if (cells[Id].isEmpty()) {
            problems.add(element.source.first,
                         u"a container without ID, line %1"_s.arg(element.source.first));
            continue;
        }
        Container container = containerFrom(cells, element.source, budget, problems);
        container.created = createdAt(field("CreatedAt"_L1));
        container.labels = labelsFromText(field("Labels"_L1));
        container.task = taskFrom(container.labels, container.name);
        const ContainerState said = stateFromWord(field("State"_L1));
        if (said != ContainerState::Unknown)
            container.state = said;
        containers.append(container);
    }
    return {containers, problems.take()};
}

Parsed<QList<Container>> parseDockerPsTable(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    QList<Container> containers;
    std::optional<Columns> columns;
    int budget = portBudget;
    const QString decoded = decodedText(text);
    for (const NumberedLine &line : numberedLines(decoded)) {
        if (line.text.trimmed().isEmpty())
            continue;
        const QList<uint> characters = line.text.toUcs4();
        if (const auto found = columnsOf(characters)) {
            columns = found;
            continue;
        }
        const auto cells = columns ? cellsOf(characters, *columns) : std::nullopt;
        if (cells)
            containers.append(containerFrom(*cells, problems.at(line.number), budget, problems));
        else
            problems.notUnderstood(line.number, line.text);
    }
    if (!columns)
        problems.add(0, u"no table: there is no line CONTAINER ID … NAMES"_s);
    return {containers, problems.take()};
}

} // namespace tropo
