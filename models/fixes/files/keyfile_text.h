#pragma once

#include "models/fixes/files/text_lines.h"
#include "models/result.h"

#include <QList>

#include <optional>
#include <vector>

namespace tropo {

struct KeyLine
{
    QByteArray section;
    QByteArray key;
    int line = 0;         ///< from 0
    qsizetype column = 0; ///< where the value begins, blanks around it not counted
    qsizetype length = 0;
};

/// A part of a key's value.
struct Piece
{
    qsizetype column = 0;
    qsizetype length = 0;
};

/// A keyfile as sections and keys that can be changed. The first thing that cannot be done is kept.
class KeyfileText
{
public:
    explicit KeyfileText(const QByteArray &text);

    /// The last line that sets the key, which wins; nullptr where none does.
    const KeyLine *find(QByteArrayView section, QByteArrayView key) const;
    QByteArray value(const KeyLine *one) const;
    QByteArray value(QByteArrayView section, QByteArrayView key) const { return value(find(section, key)); }
    const std::vector<KeyLine> &keys() const { return m_keys; }
    const QByteArrayList &sections() const { return m_sections; } ///< in the file's order
    bool hasSection(QByteArrayView name) const { return lastLineOf(name) >= 0; }

    /// A part of a value; the lines are not read anew.
    void replace(const KeyLine &key, Piece piece, const QByteArray &with);
    /// The key's value; where it is not set, on a line of its own at the end of its section, which is made at
    /// the end of the file where it is missing.
    void set(const QByteArray &section, const QByteArray &key, const QByteArray &value);
    void removeLine(int line);
    /// Every line that sets the key.
    void drop(QByteArrayView section, QByteArrayView key);
    void reread();

    void fail(const QString &message);
    Result<QByteArray> result() const;

private:
    /// The last line with anything of the section; -1 where it is missing.
    int lastLineOf(QByteArrayView section) const;

    TextLines m_lines;
    std::vector<KeyLine> m_keys;
    QByteArrayList m_sections;
    QList<int> m_ends; ///< of each section its last line with anything
    std::optional<Error> m_error;
};

} // namespace tropo
