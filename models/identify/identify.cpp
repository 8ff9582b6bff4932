#include "models/identify/identify.h"

#include "models/identify/known.h"
#include "models/identify/tokens.h"

namespace tropo {

namespace {

constexpr qsizetype longestText = 20000; ///< characters; what is pasted beyond it is not looked at
constexpr qsizetype longestName = 500;

} // namespace

Identifier::Identifier(const Fleet &fleet, const Policy &policy)
    : m_fleet(fleet), m_policy(policy), m_index(fleet)
{
}

Identification Identifier::identify(const QString &given) const
{
    const QString text = given.left(longestText).trimmed();
    Identification found;
    found.query = text;
    found.kind = QStringLiteral("nothing");
    const Known known{m_fleet, m_policy, m_index};
    if (text.isEmpty())
        found.explanation = QStringLiteral("Give a MAC, an address or a name.");
    else if (const auto mac = macFrom(text))
        explainMac(found, *mac, known);
    else if (const auto range = macRangeFrom(text))
        explainMacRange(found, *range, known);
    else if (const auto subnet = subnetFrom(text))
        explainSubnet(found, *subnet, known);
    else if (const auto address = addressFrom(text))
        explainAddress(found, *address, known);
    else if (const auto address6 = address6From(text))
        explainAddress6(found, *address6, known);
    else if (!tokensOf(text).isEmpty())
        explainText(found, text, known);
    else {
        found.query = text.left(longestName);
        explainName(found, found.query, known);
    }
    return found;
}

Identification identify(const QString &text, const Fleet &fleet, const Policy &policy)
{
    return Identifier(fleet, policy).identify(text);
}

} // namespace tropo
