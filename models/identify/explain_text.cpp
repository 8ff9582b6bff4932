#include "models/identify/known.h"
#include "models/identify/pasted_pairs.h"

namespace tropo {

namespace {

IdentifyPart partOf(const Token &token, const Known &known)
{
    Identification found;
    switch (token.kind) {
    case Token::Kind::Mac:
        explainMac(found, token.mac, known);
        break;
    case Token::Kind::Address:
        explainAddress(found, token.address, known);
        break;
    case Token::Kind::Address6:
        explainAddress6(found, token.address6, known);
        break;
    }
    return {token.text, found.kind, token.line, found.matches, found.belongsTo, found.explanation};
}

bool isSame(const Token &a, const Token &b)
{
    return a.kind == b.kind && a.mac == b.mac && a.address == b.address && a.address6 == b.address6;
}

/// Each value once, where it first stands.
QList<Token> once(const QList<Token> &tokens)
{
    constexpr qsizetype most = 100;
    QList<Token> kept;
    for (const Token &token : tokens)
        if (kept.size() < most &&
            std::none_of(kept.begin(), kept.end(), [&token](const Token &one) { return isSame(one, token); }))
            kept.append(token);
    return kept;
}

void sayOnce(QList<IdentifyRelation> &relations, const std::optional<IdentifyRelation> &relation)
{
    if (relation && !relations.contains(*relation))
        relations.append(*relation);
}

/// A float's NIC that hangs elsewhere than floats belong.
std::optional<IdentifyRelation> placeOf(const Nic &nic, const Known &known)
{
    const FloatPolicy *floating = nic.mac ? known.policy.floatWith(*nic.mac) : nullptr;
    const QString &wanted = known.policy.floatNetwork;
    if (!floating || wanted.isEmpty() || nic.network.isEmpty())
        return {};
    if (nic.network == wanted)
        return IdentifyRelation{true, QStringLiteral("%1 is %2's and hangs on %3, where floats belong.")
                                          .arg(nic.mac->toString(), floating->name, wanted)};
    return IdentifyRelation{false, QStringLiteral("%1 is %2's, but hangs on %3; floats belong on %4.")
                                       .arg(nic.mac->toString(), floating->name, nic.network, wanted)};
}

std::optional<IdentifyRelation> severalNics(const QList<Nic> &nics)
{
    for (const Nic &nic : nics) {
        const auto bearers = std::count_if(
            nics.begin(), nics.end(), [&nic](const Nic &other) { return nic.mac && other.mac == nic.mac; });
        if (bearers > 1)
            return IdentifyRelation{false, QStringLiteral("%1 NICs have the same MAC %2.")
                                               .arg(QString::number(bearers), nic.mac->toString())};
    }
    return {};
}

QString commonOwner(const QList<IdentifyPart> &parts)
{
    QString owner;
    for (const IdentifyPart &part : parts) {
        if (!part.belongsTo.isEmpty() && !owner.isEmpty() && part.belongsTo != owner)
            return {};
        if (!part.belongsTo.isEmpty())
            owner = part.belongsTo;
    }
    return owner;
}

} // namespace

void explainText(Identification &found, const QString &text, const Known &known)
{
    found.kind = QStringLiteral("text");
    const QList<Token> tokens = tokensOf(text);
    for (const Token &token : once(tokens))
        found.parts.append(partOf(token, known));
    const QList<Nic> nics = nicsOf(text);
    for (const Nic &nic : nics)
        sayOnce(found.together, placeOf(nic, known));
    sayOnce(found.together, severalNics(nics));
    for (const PastedPair &pair : pairsOf(text, tokens))
        sayOnce(found.together, together(pair.macName, pair.mac, pair.addressName, pair.address, known));
    for (const IdentifyPart &part : found.parts)
        for (const IdentifyMatch &match : part.matches)
            if (!found.matches.contains(match))
                found.matches.append(match);
    found.belongsTo = commonOwner(found.parts);
    if (found.parts.size() == 1)
        found.explanation = found.parts.front().explanation;
    else
        found.explanation = QStringLiteral("The text holds %1 MACs and addresses.").arg(found.parts.size());
    QStringList sentences;
    for (const IdentifyRelation &relation : found.together)
        sentences.append(relation.text);
    if (!sentences.isEmpty())
        found.explanation = sentences.join(u' ');
}

} // namespace tropo
