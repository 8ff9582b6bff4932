#include "models/fixes/files/guest_file_edit.h"

#include "models/fixes/files/guest_text.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

struct FormatEdits
{
    Result<QByteArray> (*withMac)(const EntryText &, MacAddress);
    Result<QByteArray> (*withAddress)(const EntryText &, const AddressChange &);
    Result<Remainder> (*withoutAddress)(const EntryText &, Ipv4, bool);
};

FormatEdits editsOf(ConfigFormat format)
{
    switch (format) {
    case ConfigFormat::Ifcfg:
        return {&ifcfgWithMac, &ifcfgWithAddress, &ifcfgWithoutAddress};
    case ConfigFormat::Keyfile:
        return {&keyfileWithMac, &keyfileWithAddress, &keyfileWithoutAddress};
    case ConfigFormat::Netplan:
        return {&netplanWithMac, &netplanWithAddress, &netplanWithoutAddress};
    case ConfigFormat::DebianInterfaces:
        break;
    }
    return {&interfacesWithMac, &interfacesWithAddress, &interfacesWithoutAddress};
}

bool isMacKey(const QString &key)
{
    return key == "HWADDR"_L1 || key.endsWith(".mac-address"_L1) || key == "match.macaddress"_L1 ||
           key == "hwaddress"_L1;
}

/// Of what configures an address: keys that its edit may change.
bool isAddressKey(const QString &key)
{
    for (const QLatin1StringView part : {"IPADDR"_L1, "NETMASK"_L1, "PREFIX"_L1, "NETWORK"_L1, "BROADCAST"_L1,
                                         "GATEWAY"_L1, "ipv4.address"_L1})
        if (key.startsWith(part))
            return true;
    for (const QLatin1StringView whole :
         {"BOOTPROTO"_L1, "ipv4.gateway"_L1, "ipv4.method"_L1, "gateway4"_L1, "address"_L1, "netmask"_L1,
          "network"_L1, "broadcast"_L1, "gateway"_L1, "iface"_L1})
        if (key == whole)
            return true;
    return key.startsWith("addresses"_L1) || key.startsWith("routes."_L1);
}

bool never(const QString &)
{
    return false;
}

/// The edited text, once it is read back: `expected` for the entry (nothing: it is gone), all else as before.
Result<QByteArray> proven(const InterfaceEntry &entry, const EntryText &before, const QByteArray &edited,
                          std::optional<Meaning> expected, const TouchedKey &touched)
{
    const GuestText was = readGuestText(entry.format, before.text, entry.device);
    GuestText is = readGuestText(entry.format, edited, entry.device);
    const auto differs = [](const QString &what) {
        return failure(ErrorKind::Unsupported, {},
                       u"is written in a way that cannot be edited safely: read back, %1"_s.arg(what));
    };
    if (is.problems > was.problems)
        return differs(u"it would not be understood"_s);
    QList<InterfaceConfig> others = was.configs;
    others.removeAt(before.index);
    if (is.configs.size() != others.size() + (expected ? 1 : 0))
        return differs(u"it would have other interfaces"_s);
    if (expected) {
        const Meaning meaning = meaningOf(is.configs.takeAt(before.index), touched);
        // Without an address any method will do that does not promise one.
        if (expected->addresses.isEmpty() && expected->method == AddressMethod::Static &&
            meaning.method != AddressMethod::Dhcp && meaning.method != AddressMethod::Static)
            expected->method = meaning.method;
        if (meaning != *expected)
            return differs(u"it would not say what it should"_s);
    }
    for (qsizetype i = 0; i < others.size(); ++i)
        if (meaningOf(is.configs[i], &never) != meaningOf(others[i], &never))
            return differs(u"it would say something else of %1"_s.arg(others[i].device));
    return edited;
}

Error noSuchAddress(const InterfaceConfig &config, Ipv4 address)
{
    return {ErrorKind::Usage,
            {},
            u"does not give %1 the address %2"_s.arg(
                config.device.isEmpty() ? u"its interface"_s : config.device, address.toString())};
}

bool inNetwork(const InterfaceAddress &address, Ipv4 gateway)
{
    return address.prefix && Subnet::of(address.address, *address.prefix).contains(gateway);
}

/// Whether the gateway goes with the address: no other address of the entry has it in its network.
bool gatewayGoes(const InterfaceConfig &config, qsizetype index)
{
    if (!config.gateway)
        return false;
    for (qsizetype i = 0; i < config.addresses.size(); ++i)
        if (i != index && inNetwork(config.addresses[i].value, config.gateway->value))
            return false;
    return config.addresses.size() == 1 || inNetwork(config.addresses[index].value, config.gateway->value);
}

} // namespace

Result<QByteArray> withMac(const InterfaceEntry &entry, const QByteArray &text, MacAddress mac)
{
    const auto before = findEntry(entry, text);
    if (!before)
        return tl::unexpected<Error>(before.error());
    const bool debian = entry.format == ConfigFormat::DebianInterfaces;
    Meaning expected = meaningOf(before->config, &isMacKey);
    if (!debian && expected.macaddr && *expected.macaddr != mac)
        return failure(ErrorKind::Unsupported, {},
                       u"sets the MAC %1 itself, which would hide the NIC's own %2"_s.arg(
                           expected.macaddr->toString(), mac.toString()));
    (debian ? expected.macaddr : expected.hwaddr) = mac;
    const auto edited = editsOf(entry.format).withMac(*before, mac);
    if (!edited)
        return edited;
    // Bound by its NIC, an entry that went by the name of its file or by its own no longer names an
    // interface.
    if (!before->config.hwaddr) {
        const GuestText is = readGuestText(entry.format, *edited, entry.device);
        if (before->index < is.configs.size() && is.configs[before->index].device.isEmpty())
            expected.device.clear();
    }
    return proven(entry, *before, *edited, expected, &isMacKey);
}

Result<QByteArray> withAddress(const InterfaceEntry &entry, const QByteArray &text,
                               const AddressChange &change)
{
    const auto before = findEntry(entry, text, change.from);
    if (!before)
        return tl::unexpected<Error>(before.error());
    const qsizetype index = indexOf(before->config, change.from);
    if (index < 0)
        return tl::unexpected<Error>(noSuchAddress(before->config, change.from));
    if (change.prefix < 1 || change.prefix > 32)
        return failure(ErrorKind::Usage, {}, u"a prefix length of %1 bits cannot be"_s.arg(change.prefix));
    Meaning expected = meaningOf(before->config, &isAddressKey);
    const InterfaceAddress to{change.to, change.prefix};
    if (!change.gateway && gatewayGoes(before->config, index) && !inNetwork(to, *expected.gateway))
        return failure(ErrorKind::Usage, {},
                       u"has the gateway %1, which %2 does not reach: say which gateway it shall have"_s.arg(
                           expected.gateway->toString(), to.toString()));
    expected.addresses[index] = to;
    if (change.gateway)
        expected.gateway = change.gateway;
    const auto edited = editsOf(entry.format).withAddress(*before, change);
    return edited ? proven(entry, *before, *edited, expected, &isAddressKey) : edited;
}

Result<std::optional<QByteArray>> withoutAddress(const InterfaceEntry &entry, const QByteArray &text,
                                                 Ipv4 address)
{
    const auto before = findEntry(entry, text, address);
    if (!before)
        return tl::unexpected<Error>(before.error());
    const qsizetype index = indexOf(before->config, address);
    if (index < 0)
        return tl::unexpected<Error>(noSuchAddress(before->config, address));
    const bool dropGateway = gatewayGoes(before->config, index);
    const auto rest = editsOf(entry.format).withoutAddress(*before, address, dropGateway);
    if (!rest)
        return tl::unexpected<Error>(rest.error());
    if (rest->kind == Remainder::Kind::Nothing)
        return std::optional<QByteArray>();
    std::optional<Meaning> expected;
    if (rest->kind == Remainder::Kind::Edited) {
        expected = meaningOf(before->config, &isAddressKey);
        expected->addresses.removeAt(index);
        if (dropGateway)
            expected->gateway.reset();
    }
    return proven(entry, *before, rest->text, expected, &isAddressKey).map([](const QByteArray &edited) {
        return std::optional(edited);
    });
}

} // namespace tropo
