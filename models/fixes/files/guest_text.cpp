#include "models/fixes/files/guest_text.h"

#include "models/evidence/evidence.h"
#include "models/parse/debian_interfaces.h"
#include "models/parse/ifcfg.h"
#include "models/parse/netplan.h"
#include "models/parse/nm_keyfile.h"
#include "models/parse/secrets.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype mostBytes = 64 * 1024;

bool holdsOne(ConfigFormat format)
{
    return format == ConfigFormat::Ifcfg || format == ConfigFormat::Keyfile;
}

bool isMeant(const InterfaceConfig &config, const InterfaceEntry &entry)
{
    if (holdsOne(entry.format))
        return config.device.isEmpty() || entry.device.isEmpty() || config.device == entry.device;
    return config.device == entry.device && (entry.line == 0 || config.source.first == entry.line);
}

} // namespace

GuestText readGuestText(ConfigFormat format, const QByteArray &text, const QString &device)
{
    GuestText read;
    const auto one = [&read](const Parsed<InterfaceConfig> &parsed) {
        read = {{parsed.value}, parsed.problems.size()};
    };
    const auto all = [&read](const Parsed<QList<InterfaceConfig>> &parsed) {
        read = {parsed.value, parsed.problems.size()};
    };
    switch (format) {
    case ConfigFormat::Ifcfg: // the file's name may be the interface's
        one(parseIfcfg(text, device.isEmpty() ? QString() : u"ifcfg-"_s + escapedName(device)));
        break;
    case ConfigFormat::Keyfile:
        one(parseKeyfile(text, {}));
        break;
    case ConfigFormat::Netplan:
        all(parseNetplan(text, {}));
        break;
    case ConfigFormat::DebianInterfaces:
        all(parseDebianInterfaces(text, {}));
        break;
    }
    return read;
}

Meaning meaningOf(const InterfaceConfig &config, const TouchedKey &touched)
{
    Meaning meaning;
    meaning.device = config.device;
    if (config.hwaddr)
        meaning.hwaddr = config.hwaddr->value;
    if (config.macaddr)
        meaning.macaddr = config.macaddr->value;
    for (const auto &address : config.addresses)
        meaning.addresses.append(address.value);
    if (config.gateway)
        meaning.gateway = config.gateway->value;
    meaning.method = config.method;
    meaning.onBoot = config.onBoot;
    if (config.master)
        meaning.master = config.master->value;
    for (const auto &port : config.bridgePorts)
        meaning.ports.append(port.value);
    for (const Setting &setting : config.settings)
        if (!touched(setting.key))
            meaning.others.append({setting.key, setting.value});
    return meaning;
}

std::optional<Error> textRefusal(const QByteArray &text)
{
    if (text.size() > mostBytes)
        return Error{ErrorKind::Limit, {}, u"larger than 64 KiB: not edited"_s};
    if (text.contains('\0'))
        return Error{ErrorKind::Unsupported, {}, u"has NUL bytes in it: not edited"_s};
    if (text.contains(withheld.data()))
        return Error{ErrorKind::Refused,
                     {},
                     u"was read without its secrets, and must not be written back so: change it on the "
                     "machine by hand"_s};
    return {};
}

qsizetype indexOf(const InterfaceConfig &config, Ipv4 address)
{
    for (qsizetype i = 0; i < config.addresses.size(); ++i)
        if (config.addresses[i].value.address == address)
            return i;
    return -1;
}

Result<EntryText> findEntry(const InterfaceEntry &entry, const QByteArray &text, std::optional<Ipv4> address)
{
    if (const auto refusal = textRefusal(text))
        return tl::unexpected<Error>(*refusal);
    const GuestText read = readGuestText(entry.format, text, entry.device);
    QList<int> meant;
    for (int i = 0; i < read.configs.size(); ++i)
        if (isMeant(read.configs[i], entry))
            meant.append(i);
    if (address && meant.size() > 1)
        meant.removeIf([&](int i) { return indexOf(read.configs[i], *address) < 0; });
    const QString name = entry.device.isEmpty() ? u"that interface"_s : entry.device;
    if (meant.isEmpty())
        return failure(ErrorKind::Usage, {}, u"does not configure %1"_s.arg(name));
    if (meant.size() > 1)
        return failure(ErrorKind::Usage, {},
                       u"configures %1 several times: which is meant is not known"_s.arg(name));
    return EntryText{text, read.configs[meant.first()], meant.first()};
}

} // namespace tropo
