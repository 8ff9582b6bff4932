#pragma once

#include "models/redact/address_masks.h"
#include "models/redact/address_text.h"
#include "models/redact/identity_masks.h"
#include "models/redact/name_masks.h"
#include "models/snapshot.h"

namespace tropo {

class PlainSpelling;

/// Hides whom a fleet belongs to: public addresses, MACs, names of hosts, floats and people, images, and what
/// names one machine in the whole world, everywhere alike and with the same stand-in for the same value, so
/// that what is told still reads. It is applied to documents before they are understood, so that text,
/// pictures and captures made from them never had the values.
class Redaction
{
public:
    /// Collects the values from all that was read of a fleet, and from what else goes into a note: the
    /// author's words, the journal of a plan.
    explicit Redaction(const Snapshot &snapshot, const QStringList &alsoSaid = {});
    /// Collects more of what goes into a note, and another reading. What has a stand-in keeps it.
    void alsoHide(const QStringList &alsoSaid);
    void alsoHide(const Snapshot &snapshot);

    QByteArray text(QByteArrayView text) const;
    QString text(const QString &text) const;
    /// A finding's or story's id, whose rule or cause is no text: "nic-model:trop02/vm/Acilamwen".
    QString id(const QString &id) const;
    Evidence evidence(const Evidence &evidence) const;
    Sightings sightings(const Sightings &sightings) const;

    /// Whether every address, MAC and id of a text has a stand-in, and every name of a home, login or mail
    /// address. Where not, it is to be told of the text by alsoHide().
    bool knows(const QString &text) const;

    /// Everything that was met, for the author alone: what could not be replaced is told with why.
    QList<StandIn> standIns() const;

private:
    /// What is shown for the bytes from a place on.
    struct Shown
    {
        qsizetype length = 0;
        QByteArray shown;
    };
    std::optional<Shown> standInAt(const PlainSpelling &plain, qsizetype i) const;
    void meet(QByteArrayView text);
    void settle();
    bool knows(const AddressText &address) const;
    std::optional<AddressText> masked(const AddressText &address) const;

    AddressMasks m_addresses;
    IdentityMasks m_identities;
    NameMasks m_names;
};

} // namespace tropo
