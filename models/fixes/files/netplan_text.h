#pragma once

#include "models/fixes/files/text_lines.h"
#include "models/result.h"

#include <QList>

#include <yaml-cpp/yaml.h>

#include <optional>
#include <vector>

namespace tropo {

/// One interface of a netplan file.
struct NetplanEntry
{
    YAML::Node kindKey; ///< "ethernets"
    YAML::Node kind;    ///< the mapping of its interfaces
    YAML::Node key;     ///< the id
    YAML::Node body;
};

/// A netplan file as lines that are changed where the YAML reader says that something stands; comments and
/// form stay. Every change reads the text anew. The first thing that cannot be done is kept. YAML::Exception
/// leaves these functions: the caller catches it.
class NetplanText
{
public:
    explicit NetplanText(const QByteArray &text);

    /// Of every kind, in the order of parseNetplan.
    const std::vector<NetplanEntry> &entries() const { return m_entries; }
    /// One of them; without key where there is none.
    NetplanEntry entry(int index) const;

    /// A scalar becomes another, in the quotes that it has.
    void setScalar(const YAML::Node &scalar, const QByteArray &with);
    /// Lines at the same indent as a key of a mapping, after all that belongs to the key.
    void insertAfterKey(const YAML::Node &key, const QByteArrayList &lines);
    /// Lines at the indent of a block mapping's or sequence's first thing, before it.
    void insertFirst(const YAML::Node &first, const QByteArrayList &lines);
    /// A key of a block mapping, with all that belongs to it and the comments below it.
    void removeKey(const YAML::Node &key);
    /// An item of a sequence, block or, where it is a scalar, flow.
    void removeItem(const YAML::Node &sequence, const YAML::Node &item);

    void fail(const QString &message);
    bool failed() const { return m_error.has_value(); }
    Result<QByteArray> result() const;

private:
    int endOfBlock(int line, qsizetype column, bool itemsAtColumn) const;
    void removeFlowItem(const YAML::Node &sequence, const YAML::Node &item);
    void reread();

    TextLines m_lines;
    std::vector<NetplanEntry> m_entries;
    std::optional<Error> m_error;
};

/// The value of a mapping's key, or nothing; unlike YAML::Node's operator it never makes one.
std::optional<YAML::Node> valueOf(const YAML::Node &mapping, const char *key);
/// The key itself.
std::optional<YAML::Node> keyOf(const YAML::Node &mapping, const char *key);
QString scalarText(const YAML::Node &node);
int lineOf(const YAML::Node &node); ///< from 1

} // namespace tropo
