#pragma once

#include "models/source.h"

#include <QDate>
#include <QString>
#include <QStringList>

#include <optional>

#include <toml++/toml.h>

namespace tropo {

/// Something wrong in a TOML file, with its place.
struct TomlProblem
{
    int line = 0;
    int column = 0;
    QString message;
};

/// Reads one table strictly: every value is asked for by name and type, what is left unasked is an unknown
/// key. Problems are collected, in the order found, in the list given.
class TomlTable
{
public:
    TomlTable(const toml::table &table, QString name, QList<TomlProblem> &problems);

    std::optional<QString> string(const char *key);
    std::optional<bool> boolean(const char *key);
    /// A number from `least` to `most`.
    std::optional<int> number(const char *key, int least, int most);
    QStringList strings(const char *key);
    std::optional<QDate> date(const char *key);
    const toml::table *table(const char *key);
    QList<const toml::table *> tables(const char *key);

    /// A string that `parse` understands; `expected` says what it should have been.
    template <typename T>
    std::optional<T> parsed(const char *key, std::optional<T> (*parse)(QStringView), const QString &expected)
    {
        const auto text = string(key);
        if (!text)
            return {};
        auto value = parse(*text);
        if (!value)
            report(m_table.get(key), QStringLiteral("\"%1\" is not %2").arg(*text, expected));
        return value;
    }

    /// A string that must be there and not empty.
    QString required(const char *key);
    void report(const toml::node *node, const QString &message);
    /// Reports the keys that nobody asked for. Call last.
    void finish();

    Source source() const;

private:
    const toml::node *take(const char *key);

    const toml::table &m_table;
    QString m_name;
    QList<TomlProblem> &m_problems;
    QStringList m_known;
};

} // namespace tropo
