#include "models/redact/redaction.h"

#include "models/redact/kept_columns.h"
#include "models/redact/met_names.h"
#include "models/redact/plain_spelling.h"
#include "models/redact/remarks.h"

namespace tropo {

namespace {

/// Names in paths are escaped (capture-format.md), and so are their stand-ins.
QString pathText(const Redaction &redaction, const QString &path)
{
    QStringList parts = path.split(u'/');
    for (QString &part : parts)
        part = escapedName(redaction.text(unescapedName(part)));
    return parts.join(u'/');
}

} // namespace

Redaction::Redaction(const Snapshot &snapshot, const QStringList &alsoSaid)
{
    alsoHide(snapshot);
    alsoHide(alsoSaid);
}

void Redaction::alsoHide(const Snapshot &snapshot)
{
    QList<QByteArray> errors{snapshot.origin.toUtf8()};
    for (const SourceError &error : snapshot.evidence.errors)
        errors.append(error.message.toUtf8());
    for (const Problem &problem : snapshot.evidence.problems)
        errors.append(problem.message.toUtf8());
    for (auto it = snapshot.evidence.documents.begin(); it != snapshot.evidence.documents.end(); ++it) {
        meet(it.key().toUtf8());
        meet(it->text);
    }
    for (const QByteArray &text : std::as_const(errors))
        meet(text);
    meetNames(m_names, snapshot, errors);
    settle();
}

void Redaction::alsoHide(const QStringList &alsoSaid)
{
    for (const QString &text : alsoSaid)
        meet(text.toUtf8());
    // What one text tells of a host may make a name of what another says.
    qsizetype before = -1;
    while (before != m_names.size()) {
        before = m_names.size();
        for (const QString &text : alsoSaid)
            meetNamesSaid(m_names, text.toUtf8());
    }
    settle();
}

void Redaction::settle()
{
    m_addresses.settle();
    m_identities.settle();
    m_names.settle();
}

void Redaction::meet(QByteArrayView original)
{
    const PlainSpelling plain(original);
    const QByteArrayView text = plain.text();
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (!beginsWord(text, i))
            continue;
        if (const qsizetype length = m_identities.meet(text, i)) {
            i += length - 1;
            continue;
        }
        const auto met = addressAt(text, i);
        if (!met || !isSure(*met))
            continue;
        if (met->mac)
            m_addresses.meet(*met->mac);
        if (met->v4)
            m_addresses.meet(*met->v4);
        if (met->v6)
            m_addresses.meet(*met->v6);
        i += met->length - 1;
    }
}

bool Redaction::knows(const AddressText &address) const
{
    return (!address.mac || m_addresses.knows(*address.mac)) &&
           (!address.v4 || m_addresses.knows(*address.v4)) && (!address.v6 || m_addresses.knows(*address.v6));
}

bool Redaction::knows(const QString &said) const
{
    const QByteArray bytes = said.toUtf8();
    NameMasks names = m_names;
    meetNamesSaid(names, bytes);
    if (names.size() != m_names.size())
        return false;
    const PlainSpelling plain(bytes);
    const QByteArrayView text = plain.text();
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (!beginsWord(text, i))
            continue;
        // Step by step as they are met: a part of a known id is nothing by itself.
        if (const auto known = m_identities.at(text, i)) {
            i += known->length - 1;
            continue;
        }
        const auto met = addressAt(text, i);
        if (!m_identities.knows(text, i) || (met && isSure(*met) && !knows(*met)))
            return false;
        i += met && isSure(*met) ? met->length - 1 : 0;
    }
    return true;
}

/// The stand-in in the form of the real one; nothing where it stays.
std::optional<AddressText> Redaction::masked(const AddressText &address) const
{
    AddressText shown = address;
    if (address.mac)
        shown.mac = m_addresses.of(*address.mac);
    else if (address.v6)
        shown.v6 = m_addresses.of(*address.v6);
    else
        shown.v4 = m_addresses.of(*address.v4);
    if (shown.mac != address.mac || shown.v4 != address.v4 || shown.v6 != address.v6)
        return shown;
    const auto other = address.form == AddressForm::Bare ? turned(address) : std::nullopt;
    return other ? masked(*other) : std::nullopt;
}

std::optional<Redaction::Shown> Redaction::standInAt(const PlainSpelling &plain, qsizetype i) const
{
    const QByteArrayView text = plain.text();
    const bool begins = beginsWord(text, i);
    if (begins) {
        if (const auto identity = m_identities.at(text, i))
            return Shown{identity->length, identity->shown};
        const auto address = addressAt(text, i);
        const auto mask = address ? masked(*address) : std::nullopt;
        if (mask)
            return Shown{address->length, spelledLike(*mask, text.sliced(i, address->length))};
        // One that stays, as a whole: no part of it is a name.
        if (address && isSure(*address))
            return Shown{address->length, plain.original(i, i + address->length).toByteArray()};
    }
    const auto name = begins || !isNameByte(text[i]) ? m_names.at(text, i) : std::nullopt;
    if (!name)
        return {};
    return name->stays ? Shown{name->length, plain.original(i, i + name->length).toByteArray()}
                       : Shown{name->length, name->shown};
}

QByteArray Redaction::text(QByteArrayView original) const
{
    const PlainSpelling plain(original);
    const QByteArrayView text = plain.text();
    KeptColumns columns(original.size());
    for (qsizetype i = 0; i < text.size();) {
        const auto found = standInAt(plain, i);
        const qsizetype length = found ? found->length : 1;
        if (found)
            columns.replace(plain.original(i, i + length), found->shown);
        else
            columns.keep(plain.original(i, i + 1));
        i += length;
    }
    return columns.text();
}

QString Redaction::text(const QString &text) const
{
    return QString::fromUtf8(this->text(QByteArrayView(text.toUtf8())));
}

QString Redaction::id(const QString &id) const
{
    const qsizetype subject = id.indexOf(u':') + 1;
    return id.first(subject) + text(id.sliced(subject));
}

Evidence Redaction::evidence(const Evidence &evidence) const
{
    Evidence shown;
    shown.taken = evidence.taken;
    shown.tool = text(evidence.tool);
    for (auto it = evidence.documents.begin(); it != evidence.documents.end(); ++it) {
        Document document = *it;
        document.text = text(QByteArrayView(withoutRemarks(it.key(), it->text)));
        shown.documents.insert(pathText(*this, it.key()), document);
    }
    for (SourceError error : evidence.errors) {
        error.hypervisor = text(error.hypervisor);
        error.source = text(error.source);
        error.message = text(error.message);
        shown.errors.append(error);
    }
    for (Problem problem : evidence.problems) {
        problem.document = pathText(*this, problem.document);
        problem.message = text(problem.message);
        shown.problems.append(problem);
    }
    return shown;
}

Sightings Redaction::sightings(const Sightings &sightings) const
{
    Sightings shown;
    for (auto it = sightings.byId.begin(); it != sightings.byId.end(); ++it) {
        Sightings::Seen seen = *it;
        for (QString &subject : seen.related)
            subject = text(subject);
        seen.related.sort();
        shown.byId.insert(id(it.key()), seen);
    }
    return shown;
}

QList<StandIn> Redaction::standIns() const
{
    return m_addresses.standIns() + m_identities.standIns() + m_names.standIns();
}

} // namespace tropo
