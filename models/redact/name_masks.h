#pragma once

#include "models/redact/stand_in.h"

#include <QByteArrayView>
#include <QHash>
#include <QList>

#include <array>
#include <optional>

namespace tropo {

/// Stand-ins for names: "host1", "vm1", "person1", "image1". A name is found where no letter or digit stands
/// beside it, in any case of its letters.
class NameMasks
{
public:
    /// `stem` begins the stand-in: "vm". `isOwn`: one that differs from another by the case of its letters
    /// alone is another: a domain's or hypervisor's, as libvirt has them.
    void meet(RedactedKind kind, const QString &name, const QString &stem, bool isOwn = false);
    bool has(const QString &name) const { return m_known.contains(name.toUtf8().toLower()); }
    /// How many were met.
    qsizetype size() const { return m_names.size(); }
    /// Chooses the stand-ins of those that were met since the last time; they come behind the others. Names
    /// of the vocabulary() stay.
    void settle();

    struct Found
    {
        qsizetype length = 0;
        QByteArray shown;
        bool stays = false; ///< words of the vocabulary() that stay as a whole, whatever is a name in them
    };
    /// The longest name that begins at `i`, where a word begins or a sign stands.
    std::optional<Found> at(QByteArrayView text, qsizetype i) const;

    QList<StandIn> standIns() const;

private:
    struct Name
    {
        StandIn standIn;
        QString stem;
        bool isSettled = false;
    };
    struct Pattern
    {
        QByteArray text;
        QByteArray shown;
        bool stays = false;
    };
    void addPattern(const Pattern &pattern);
    void keepPhrases();
    QString unused(const QString &stem, int width);
    QList<Name *> inOrder();

    QList<Name> m_names;
    QHash<QByteArray, QList<qsizetype>> m_known;  ///< in lower case, to the names
    QHash<QByteArray, QList<Pattern>> m_patterns; ///< by keyOf(); the longest first
    std::array<bool, 256> m_begins{};             ///< what a pattern begins with, in lower case
    QHash<QString, int> m_last;                   ///< by stem
};

/// Letters and digits; bytes beyond ASCII are taken for letters.
bool isNameByte(char c);
/// Whether a word may begin at `i`: no letter or digit is before it, except those of `\n` and its like, of
/// `0x` and of `enx`.
bool beginsWord(QByteArrayView text, qsizetype i);

} // namespace tropo
