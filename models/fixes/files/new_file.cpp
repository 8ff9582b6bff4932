#include "models/fixes/files/new_file.h"

#include "models/fixes/files/guest_text.h"
#include "models/fixes/files/interfaces_text.h"

#include <QUuid>

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// The namespace of the UUIDs that connections get: the same connection, the same UUID.
constexpr QUuid connections(0x6f0c3a52, 0x1c5e, 0x4c1b, 0x9d, 0x0b, 0x5a, 0x5e, 0x2d, 0x7b, 0x41, 0x90);

bool isSafe(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'_' ||
           c == u'-' || c == u'.';
}

QByteArray safeName(const QString &name)
{
    QString safe = name.left(64);
    for (qsizetype i = 0; i < safe.size(); ++i)
        if (!isSafe(safe[i]) || (i == 0 && safe[i] == u'.'))
            safe[i] = u'-';
    return safe.toLatin1();
}

std::optional<Error> settingsRefusal(const AddressSettings &settings, const QString &name)
{
    const auto usage = [](const QString &message) { return Error{ErrorKind::Usage, {}, message}; };
    const QString &device = settings.device;
    if (device.isEmpty() || device.size() > 15 || device.startsWith(u'.') || device.startsWith(u'-') ||
        !std::all_of(device.begin(), device.end(), &isSafe))
        return usage(u"“%1” is no name that an interface can have"_s.arg(device.left(40)));
    if (name.isEmpty())
        return usage(u"the file needs a name"_s);
    if (settings.prefix < 1 || settings.prefix > 32)
        return usage(u"a prefix length of %1 bits cannot be"_s.arg(settings.prefix));
    if (settings.mac && (settings.mac->isMulticast() || settings.mac->isNull()))
        return usage(u"%1 is no MAC that a NIC can have"_s.arg(settings.mac->toString()));
    const Subnet network = Subnet::of(settings.address, settings.prefix);
    if (settings.gateway && !network.contains(*settings.gateway))
        return usage(u"the gateway %1 is not in the network %2"_s.arg(settings.gateway->toString(),
                                                                      network.toString()));
    return {};
}

/// What the texts are made of.
struct Words
{
    Words(const AddressSettings &settings, const QString &fullName)
        : name(safeName(fullName)),
          device(settings.device.toLatin1()),
          mac(settings.mac ? settings.mac->toString().toLatin1() : QByteArray()),
          address(settings.address.toString().toLatin1()),
          prefix(QByteArray::number(settings.prefix)),
          mask(maskOf(settings.prefix).toString().toLatin1()),
          gateway(settings.gateway ? settings.gateway->toString().toLatin1() : QByteArray()),
          onBoot(settings.onBoot)
    {
    }

    QByteArray name;
    QByteArray device;
    QByteArray mac; ///< empty where none
    QByteArray address;
    QByteArray prefix;
    QByteArray mask;
    QByteArray gateway; ///< empty where none
    bool onBoot;
};

QByteArray ifcfgText(const Words &w)
{
    QByteArray text = "# " + w.name + "\nNAME=" + w.device + "\nDEVICE=" + w.device +
                      "\nTYPE=Ethernet\nONBOOT=" + (w.onBoot ? "yes" : "no") + "\nBOOTPROTO=none\n";
    if (!w.mac.isEmpty())
        text += "HWADDR=" + w.mac + '\n';
    text += "IPADDR=" + w.address + "\nNETMASK=" + w.mask + '\n';
    if (!w.gateway.isEmpty())
        text += "GATEWAY=" + w.gateway + "\nDEFROUTE=yes\n";
    return text + "IPV6INIT=no\n";
}

QByteArray keyfileText(const Words &w)
{
    const QByteArray key = w.name + ' ' + w.mac + ' ' + w.device;
    QByteArray text = "# " + w.name + "\n[connection]\nid=" + w.name +
                      "\nuuid=" + QUuid::createUuidV5(connections, key).toByteArray(QUuid::WithoutBraces) +
                      "\ntype=ethernet\n";
    if (w.mac.isEmpty())
        text += "interface-name=" + w.device + '\n';
    text += w.onBoot ? "autoconnect=true\n" : "autoconnect=false\n";
    if (!w.mac.isEmpty())
        text += "\n[ethernet]\nmac-address=" + w.mac + '\n';
    text += "\n[ipv4]\nmethod=manual\naddress1=" + w.address + '/' + w.prefix;
    if (!w.gateway.isEmpty())
        text += ',' + w.gateway;
    // Every version knows "ignore".
    return text + "\n\n[ipv6]\nmethod=ignore\n";
}

QByteArray netplanText(const Words &w)
{
    QByteArray text = "# " + w.name + "\nnetwork:\n  version: 2\n  ethernets:\n    ";
    if (w.mac.isEmpty())
        text += '"' + w.device + "\":\n";
    else
        text += '"' + w.name + "\":\n      match:\n        macaddress: \"" + w.mac + "\"\n";
    text += "      dhcp4: false\n      addresses:\n        - " + w.address + '/' + w.prefix + '\n';
    // Every version knows 0.0.0.0/0; "default" came late, and gateway4 is on its way out.
    if (!w.gateway.isEmpty())
        text += "      routes:\n        - to: 0.0.0.0/0\n          via: " + w.gateway + '\n';
    return text;
}

QByteArray stanzaText(const Words &w)
{
    QByteArray text = "# " + w.name + (w.mac.isEmpty() ? QByteArray() : QByteArray(", " + w.mac)) + '\n';
    if (w.onBoot)
        text += "auto " + w.device + '\n';
    text += "iface " + w.device + " inet static\n    address " + w.address + "\n    netmask " + w.mask + '\n';
    return w.gateway.isEmpty() ? text : QByteArray(text + "    gateway " + w.gateway + '\n');
}

/// Whether the entry says what the settings want.
bool says(const InterfaceConfig &config, const AddressSettings &settings)
{
    const bool byMac = settings.mac && config.format != ConfigFormat::DebianInterfaces;
    const bool named = config.device == settings.device ||
                       (byMac && config.device.isEmpty() && config.format != ConfigFormat::Ifcfg);
    const std::optional<bool> onBoot =
        config.format == ConfigFormat::Netplan ? std::nullopt : std::optional(settings.onBoot);
    return named && config.hwaddr.has_value() == byMac && (!byMac || config.hwaddr->value == *settings.mac) &&
           !config.macaddr && config.addresses.size() == 1 &&
           config.addresses[0].value == InterfaceAddress{settings.address, settings.prefix} &&
           config.gateway.has_value() == settings.gateway.has_value() &&
           (!settings.gateway || config.gateway->value == *settings.gateway) &&
           config.method == AddressMethod::Static && config.onBoot == onBoot;
}

tl::unexpected<Error> notAsWanted()
{
    return failure(ErrorKind::Unsupported, {}, u"the new file, read back, does not say what it should"_s);
}

} // namespace

Result<GuestFile> newAddressFile(ConfigFormat format, const AddressSettings &settings, const QString &name)
{
    if (const auto refusal = settingsRefusal(settings, name))
        return tl::unexpected<Error>(*refusal);
    const Words words(settings, name);
    const QString safe = QString::fromLatin1(words.name);
    GuestFile file{format, {}, {}, 0600};
    switch (format) {
    case ConfigFormat::Ifcfg:
        file = {format, u"/etc/sysconfig/network-scripts/ifcfg-"_s + settings.device, ifcfgText(words), 0644};
        break;
    case ConfigFormat::Keyfile:
        file.path = u"/etc/NetworkManager/system-connections/"_s + safe + u".nmconnection"_s;
        file.text = keyfileText(words);
        break;
    case ConfigFormat::Netplan:
        if (!settings.onBoot)
            return failure(ErrorKind::Unsupported, {},
                           u"older netplan cannot leave an interface down at boot, and refuses the key"_s);
        file.path = u"/etc/netplan/60-"_s + safe + u".yaml"_s;
        file.text = netplanText(words);
        break;
    case ConfigFormat::DebianInterfaces:
        return failure(ErrorKind::Unsupported, {},
                       u"/etc/network/interfaces is one file for all: a stanza is added to it"_s);
    }
    const GuestText read = readGuestText(format, file.text, settings.device);
    if (read.problems > 0 || read.configs.size() != 1 || !says(read.configs[0], settings))
        return notAsWanted();
    return file;
}

Result<QByteArray> withNewStanza(const QByteArray &text, const AddressSettings &settings, const QString &name)
{
    if (const auto refusal = settingsRefusal(settings, name))
        return tl::unexpected<Error>(*refusal);
    if (const auto refusal = textRefusal(text))
        return tl::unexpected<Error>(*refusal);
    const GuestText before = readGuestText(ConfigFormat::DebianInterfaces, text, {});
    for (const InterfaceConfig &config : before.configs)
        if (config.device == settings.device)
            return failure(
                ErrorKind::Usage, {},
                u"has a stanza for %1 already, line %2"_s.arg(config.device).arg(config.source.first));
    if (takeApart(text).endsOpen)
        return failure(ErrorKind::Unsupported, {}, u"its last line goes on on a next one that is missing"_s);
    const QByteArray newline = text.contains("\r\n") ? "\r\n" : "\n";
    QByteArray edited = text;
    if (!edited.isEmpty())
        edited += edited.endsWith('\n') ? newline : QByteArray(newline + newline);
    edited += stanzaText(Words(settings, name)).replace("\n", newline);
    GuestText after = readGuestText(ConfigFormat::DebianInterfaces, edited, {});
    const auto anything = [](const QString &) { return false; };
    if (after.problems > before.problems || after.configs.size() != before.configs.size() + 1 ||
        !says(after.configs.takeLast(), settings))
        return notAsWanted();
    for (qsizetype i = 0; i < before.configs.size(); ++i)
        if (meaningOf(after.configs[i], anything) != meaningOf(before.configs[i], anything))
            return notAsWanted();
    return edited;
}

} // namespace tropo
