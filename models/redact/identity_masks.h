#pragma once

#include "models/redact/stand_in.h"

#include <QByteArrayView>
#include <QList>
#include <QMap>

#include <optional>

namespace tropo {

/// Stand-ins for what names one machine or image in the whole world: UUIDs of domains, networks and disks,
/// machine ids (the same with no dashes), SSH host keys and their fingerprints, and digests of images. Each
/// keeps its form, so that two that were the same are the same and parsers take them. Ids that Docker and
/// Swarm make up for their own use stay: they mean nothing elsewhere.
class IdentityMasks
{
public:
    /// Remembers the identity at `i`, where a word begins, and tells its length; 0 where there is none. They
    /// must be met and settled before they are asked for; what is settled keeps its stand-in.
    qsizetype meet(QByteArrayView text, qsizetype i);
    void settle();
    /// Whether the identity at `i` has a stand-in, or there is none.
    bool knows(QByteArrayView text, qsizetype i) const;

    struct Found
    {
        qsizetype length = 0;
        QByteArray shown;
    };
    /// The identity at `i`, where a word begins.
    std::optional<Found> at(QByteArrayView text, qsizetype i) const;

    QList<StandIn> standIns() const;

private:
    std::optional<Found> bareHashAt(QByteArrayView text, qsizetype i) const;

    QMap<QByteArray, int> m_ids;          ///< 32 digits, to their numbers
    QMap<QByteArray, int> m_digests;      ///< 64 digits
    QMap<QByteArray, int> m_keys;         ///< SSH keys in base64
    QMap<QByteArray, int> m_fingerprints; ///< as ssh-keygen prints them, without "SHA256:"
    QMap<QByteArray, int>
        m_shortDigests; ///< the first 12 digits, as `docker ps` shows an image without a name
};

} // namespace tropo
