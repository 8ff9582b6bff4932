#pragma once

#include "models/fixes/files/format_edit.h"

#include <functional>

namespace tropo {

/// A guest's file as its reader sees it.
struct GuestText
{
    QList<InterfaceConfig> configs;
    qsizetype problems = 0;
};

/// What an entry says, without where it says it.
struct Meaning
{
    QString device;
    std::optional<MacAddress> hwaddr;
    std::optional<MacAddress> macaddr;
    QList<InterfaceAddress> addresses;
    std::optional<Ipv4> gateway;
    AddressMethod method = AddressMethod::Unknown;
    std::optional<bool> onBoot;
    QString master;
    QStringList ports;
    QList<QPair<QString, QString>> others; ///< settings that the edit does not touch

    bool operator==(const Meaning &) const = default;
};

using TouchedKey = std::function<bool(const QString &key)>;

GuestText readGuestText(ConfigFormat format, const QByteArray &text, const QString &device);

Meaning meaningOf(const InterfaceConfig &config, const TouchedKey &touched);

/// Why a text may not be edited at all; nothing where it may.
std::optional<Error> textRefusal(const QByteArray &text);

/// The entry that is meant; of several the one that has the address. Usage where there is none or still
/// several.
Result<EntryText> findEntry(const InterfaceEntry &entry, const QByteArray &text,
                            std::optional<Ipv4> address = {});

/// Where an entry has an address; -1: nowhere.
qsizetype indexOf(const InterfaceConfig &config, Ipv4 address);

} // namespace tropo
