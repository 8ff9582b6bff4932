#include "models/fixes/files/netplan_text.h"

#include <QString>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

bool isContent(const QByteArray &body)
{
    const QByteArray trimmed = body.trimmed();
    return !trimmed.isEmpty() && !trimmed.startsWith('#');
}

bool isBlock(const YAML::Node &node)
{
    return node.Style() == YAML::EmitterStyle::Block;
}

struct Spot
{
    int line = 0;
    qsizetype column = 0;
    qsizetype length = 0;
    QByteArray quote;
};

/// Where a scalar stands in one line, exactly as it reads; nothing where it is written in another way
/// (escapes, several lines, an alias).
std::optional<Spot> spotOf(const TextLines &lines, const YAML::Node &scalar)
{
    const YAML::Mark mark = scalar.Mark();
    if (!scalar.IsScalar() || mark.line < 0 || mark.line >= lines.count())
        return {};
    const QByteArray rest =
        lines.at(mark.line).sliced(qMin<qsizetype>(mark.column, lines.at(mark.line).size()));
    const QByteArray text = QByteArray::fromStdString(scalar.Scalar());
    for (const QByteArray &quote : {QByteArray("'"), QByteArray("\"")})
        if (rest.startsWith(QByteArray(quote + text + quote)) && !text.contains('\\') &&
            !text.contains(quote))
            return Spot{mark.line, mark.column, text.size() + 2, quote};
    const char after = rest.size() > text.size() ? rest[text.size()] : ' ';
    if (text.isEmpty() || !rest.startsWith(text) || !QByteArrayView(" \t,]}:").contains(after))
        return {};
    return Spot{mark.line, mark.column, text.size(), {}};
}

} // namespace

NetplanText::NetplanText(const QByteArray &text) : m_lines(text)
{
    reread();
}

void NetplanText::reread()
{
    m_entries.clear();
    const std::vector<YAML::Node> documents = YAML::LoadAll(m_lines.text().toStdString());
    if (documents.size() > 1)
        fail(u"has several YAML documents"_s);
    const auto network = documents.empty() ? std::nullopt : valueOf(documents.front(), "network");
    if (!network || !network->IsMap())
        return;
    for (const auto &kind : *network) {
        const QString name = scalarText(kind.first);
        if (kind.second.IsMap() && name != u"version" && name != u"renderer" && name != u"openvswitch")
            for (const auto &one : kind.second)
                m_entries.push_back({kind.first, kind.second, one.first, one.second});
    }
}

NetplanEntry NetplanText::entry(int index) const
{
    const auto at = static_cast<std::size_t>(index);
    return at < m_entries.size() ? m_entries[at] : NetplanEntry{};
}

void NetplanText::setScalar(const YAML::Node &scalar, const QByteArray &with)
{
    const auto spot = spotOf(m_lines, scalar);
    if (!spot)
        return fail(u"line %1 is written in a way that cannot be edited safely"_s.arg(lineOf(scalar)));
    m_lines.replace(spot->line, spot->column, spot->length, spot->quote + with + spot->quote);
    reread();
}

int NetplanText::endOfBlock(int line, qsizetype column, bool itemsAtColumn) const
{
    int end = line + 1;
    for (int at = line + 1; at < m_lines.count(); ++at) {
        const QByteArray &body = m_lines.at(at);
        const qsizetype indent = m_lines.indentOf(at).size();
        const bool item = indent == column && body.trimmed().startsWith('-');
        if (isContent(body) && indent <= column && !(itemsAtColumn && item))
            break;
        if (!body.trimmed().isEmpty() && (indent > column || isContent(body)))
            end = at + 1;
    }
    return end;
}

void NetplanText::insertAfterKey(const YAML::Node &key, const QByteArrayList &lines)
{
    const int line = key.Mark().line;
    const qsizetype column = key.Mark().column;
    if (m_lines.indentOf(line).size() != column)
        return fail(u"line %1 is written in one piece: nothing can be added to it safely"_s.arg(line + 1));
    int at = endOfBlock(line, column, true);
    for (const QByteArray &body : lines)
        m_lines.insert(at++, m_lines.indentOf(line) + body);
    reread();
}

void NetplanText::insertFirst(const YAML::Node &first, const QByteArrayList &lines)
{
    int line = first.Mark().line;
    const QByteArray indent = m_lines.indentOf(line);
    if (indent.size() != first.Mark().column)
        return fail(u"line %1 is written in one piece: nothing can be added to it safely"_s.arg(line + 1));
    for (const QByteArray &body : lines)
        m_lines.insert(line++, indent + body);
    reread();
}

void NetplanText::removeKey(const YAML::Node &key)
{
    const int line = key.Mark().line;
    const qsizetype column = key.Mark().column;
    if (m_lines.indentOf(line).size() != column)
        return fail(u"line %1 is written in one piece: nothing can be taken from it safely"_s.arg(line + 1));
    for (int at = endOfBlock(line, column, true) - 1; at >= line; --at)
        m_lines.remove(at);
    reread();
}

void NetplanText::removeItem(const YAML::Node &sequence, const YAML::Node &item)
{
    if (!isBlock(sequence))
        return removeFlowItem(sequence, item);
    const int line = item.Mark().line;
    const qsizetype dash = m_lines.indentOf(line).size();
    const QByteArray before = m_lines.at(line).first(item.Mark().column).trimmed();
    if (before != "-")
        return fail(u"line %1 is written in a way that cannot be edited safely"_s.arg(line + 1));
    for (int at = endOfBlock(line, dash, false) - 1; at >= line; --at)
        m_lines.remove(at);
    reread();
}

void NetplanText::removeFlowItem(const YAML::Node &sequence, const YAML::Node &item)
{
    const auto spot = spotOf(m_lines, item);
    if (!spot || sequence.size() < 2)
        return fail(u"line %1 is written in a way that cannot be edited safely"_s.arg(lineOf(item)));
    const QByteArray &body = m_lines.at(spot->line);
    const auto isBlank = [&body](qsizetype at) { return body[at] == ' ' || body[at] == '\t'; };
    qsizetype begin = spot->column;
    qsizetype end = spot->column + spot->length;
    while (end < body.size() && isBlank(end))
        ++end;
    if (end < body.size() && body[end] == ',') {
        ++end;
        while (end < body.size() && isBlank(end))
            ++end;
    } else {
        end = spot->column + spot->length;
        while (begin > 0 && isBlank(begin - 1))
            --begin;
        if (begin == 0 || body[begin - 1] != ',')
            return fail(u"line %1 is written in a way that cannot be edited safely"_s.arg(lineOf(item)));
        --begin;
    }
    m_lines.replace(spot->line, begin, end - begin, {});
    reread();
}

void NetplanText::fail(const QString &message)
{
    if (!m_error)
        m_error = Error{ErrorKind::Unsupported, {}, message};
}

Result<QByteArray> NetplanText::result() const
{
    if (m_error)
        return tl::unexpected<Error>(*m_error);
    return m_lines.text();
}

std::optional<YAML::Node> valueOf(const YAML::Node &mapping, const char *key)
{
    if (mapping.IsMap())
        for (const auto &one : mapping)
            if (one.first.IsScalar() && one.first.Scalar() == key)
                return one.second;
    return {};
}

std::optional<YAML::Node> keyOf(const YAML::Node &mapping, const char *key)
{
    if (mapping.IsMap())
        for (const auto &one : mapping)
            if (one.first.IsScalar() && one.first.Scalar() == key)
                return one.first;
    return {};
}

QString scalarText(const YAML::Node &node)
{
    return node.IsScalar() ? QString::fromStdString(node.Scalar()) : QString();
}

int lineOf(const YAML::Node &node)
{
    return node.Mark().line + 1;
}

} // namespace tropo
