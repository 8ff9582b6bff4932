#include "models/policy/toml_reader.h"

#include "models/policy/fleet_file.h"

#include <algorithm>

namespace tropo {

namespace {

QString keyName(const toml::key &key)
{
    const std::string_view text = key.str();
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

TomlTable::TomlTable(const toml::table &table, QString name, QList<TomlProblem> &problems)
    : m_table(table), m_name(std::move(name)), m_problems(problems)
{
}

const toml::node *TomlTable::take(const char *key)
{
    m_known.append(QString::fromLatin1(key));
    return m_table.get(key);
}

void TomlTable::report(const toml::node *node, const QString &message)
{
    const toml::source_position place = node ? node->source().begin : m_table.source().begin;
    m_problems.append({static_cast<int>(place.line), static_cast<int>(place.column), message});
}

std::optional<QString> TomlTable::string(const char *key)
{
    const toml::node *node = take(key);
    if (!node)
        return {};
    if (const auto *text = node->as_string()) {
        const std::string &value = text->get();
        return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
    }
    report(node, QStringLiteral("%1 must be a text in quotes").arg(QString::fromLatin1(key)));
    return {};
}

std::optional<bool> TomlTable::boolean(const char *key)
{
    const toml::node *node = take(key);
    if (!node)
        return {};
    if (const auto *value = node->as_boolean())
        return value->get();
    report(node, QStringLiteral("%1 must be true or false").arg(QString::fromLatin1(key)));
    return {};
}

std::optional<int> TomlTable::number(const char *key, int least, int most)
{
    const toml::node *node = take(key);
    if (!node)
        return {};
    const auto *value = node->as_integer();
    if (value && value->get() >= least && value->get() <= most)
        return static_cast<int>(value->get());
    report(node, QStringLiteral("%1 must be a whole number from %2 to %3")
                     .arg(QString::fromLatin1(key))
                     .arg(least)
                     .arg(most));
    return {};
}

QStringList TomlTable::strings(const char *key)
{
    const toml::node *node = take(key);
    if (!node)
        return {};
    QStringList list;
    const auto *array = node->as_array();
    if (array) {
        for (const toml::node &item : *array) {
            if (const auto *text = item.as_string())
                list.append(QString::fromStdString(text->get()));
            else
                report(&item, QStringLiteral("%1 must hold texts in quotes").arg(QString::fromLatin1(key)));
        }
    } else {
        report(node, QStringLiteral("%1 must be a list, as [\"a\", \"b\"]").arg(QString::fromLatin1(key)));
    }
    return list;
}

std::optional<QDate> TomlTable::date(const char *key)
{
    const toml::node *node = take(key);
    if (!node)
        return {};
    if (const auto *value = node->as_date()) {
        const toml::date day = value->get();
        return QDate(day.year, day.month, day.day);
    }
    report(node,
           QStringLiteral("%1 must be a date without quotes, as 2023-12-31").arg(QString::fromLatin1(key)));
    return {};
}

const toml::table *TomlTable::table(const char *key)
{
    const toml::node *node = take(key);
    if (!node)
        return nullptr;
    if (const auto *table = node->as_table())
        return table;
    report(node, QStringLiteral("%1 must be a table, as [%1]").arg(QString::fromLatin1(key)));
    return nullptr;
}

QList<const toml::table *> TomlTable::tables(const char *key)
{
    const toml::node *node = take(key);
    if (!node)
        return {};
    QList<const toml::table *> list;
    if (const auto *array = node->as_array()) {
        for (const toml::node &item : *array) {
            if (const auto *table = item.as_table())
                list.append(table);
            else
                report(&item, QStringLiteral("%1 must be tables, as [[%1]]").arg(QString::fromLatin1(key)));
        }
    } else {
        report(node, QStringLiteral("write [[%1]] with two brackets: there may be several")
                         .arg(QString::fromLatin1(key)));
    }
    return list;
}

QString TomlTable::required(const char *key)
{
    const auto text = string(key);
    if (!text && !m_table.get(key))
        report(nullptr, QStringLiteral("%1 needs %2 = \"…\"").arg(m_name, QString::fromLatin1(key)));
    else if (text && text->isEmpty())
        report(m_table.get(key), QStringLiteral("%1 must not be empty").arg(QString::fromLatin1(key)));
    return text.value_or(QString());
}

void TomlTable::finish()
{
    for (const auto &[key, node] : m_table) {
        const QString name = keyName(key);
        if (m_known.contains(name))
            continue;
        const toml::source_position place = key.source().begin;
        QStringList expected = m_known;
        std::sort(expected.begin(), expected.end());
        m_problems.append({static_cast<int>(place.line), static_cast<int>(place.column),
                           QStringLiteral("unknown key \"%1\" in %2; expected %3")
                               .arg(name, m_name, expected.join(QLatin1String(", ")))});
    }
}

Source TomlTable::source() const
{
    // A table's own region is its header; what it says ends with the last of its values.
    int first = static_cast<int>(m_table.source().begin.line);
    int last = first;
    for (const auto &[key, node] : m_table) {
        if (node.is_table() || node.is_array_of_tables())
            continue;
        last = std::max(last, static_cast<int>(node.source().end.line));
    }
    return {QString(fleetFileDocument), first, last};
}

} // namespace tropo
