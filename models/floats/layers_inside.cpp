#include "models/floats/float_layers.h"
#include "models/text/words.h"

#include <algorithm>

namespace tropo {

namespace {

bool gives(const InterfaceConfig &config, Ipv4 address)
{
    return std::any_of(config.addresses.begin(), config.addresses.end(),
                       [address](const auto &own) { return own.value.address == address; });
}

QString addressesOf(const InterfaceConfig &config)
{
    QStringList texts;
    for (const auto &address : config.addresses)
        texts.append(address.value.address.toString());
    return texts.isEmpty() ? QStringLiteral("no address") : listed(texts);
}

QString fileOf(const InterfaceConfig &config)
{
    return config.source.document.section(u'/', -1);
}

/// "float2's", "no float's"
QString whose(const FloatInput &input, MacAddress mac)
{
    const FloatPolicy *other = input.policy.floatWith(mac);
    return other ? QString(other->name + QLatin1String("'s")) : QStringLiteral("no float's");
}

/// What a file says of a float; nothing where it says nothing of it.
std::optional<Share> shareOf(const FloatInput &input, const VmView &vm, const InterfaceConfig &config)
{
    const FloatPolicy &floating = input.floating;
    const bool hasAddress = gives(config, floating.address);
    const auto named = config.hwaddr ? config.hwaddr : config.macaddr;
    const bool hasMac = named && named->value == floating.mac;
    if (!hasAddress && !hasMac)
        return {};
    Share share{Share::What::Right, vm.domain->name, fileOf(config), {}, {}};
    if (named)
        share.sources.append(named->source);
    for (const auto &address : config.addresses)
        share.sources.append(address.source);
    if (hasAddress && named && !hasMac) {
        share.what = Share::What::Wrong;
        share.text += QStringLiteral(" with MAC %1").arg(named->value.toString());
        share.detail =
            QStringLiteral("%1 inside %2 gives its address with the MAC %3, which is %4.")
                .arg(fileOf(config), vm.domain->name, named->value.toString(), whose(input, named->value));
    } else if (!hasAddress) {
        share.what = Share::What::Wrong;
        share.text += QStringLiteral(" with %1").arg(addressesOf(config));
        share.detail = QStringLiteral("%1 inside %2 is bound to its MAC and gives %3.")
                           .arg(fileOf(config), vm.domain->name, addressesOf(config));
    }
    return share;
}

/// Several files of one VM as one share: the worst counts.
Share together(const QList<Share> &parts)
{
    Share whole = parts.front();
    for (const Share &part : parts.sliced(1)) {
        whole.what = qMax(whole.what, part.what);
        whole.text += QLatin1String(", ") + part.text;
        whole.detail = QString(whole.detail + u' ' + part.detail).trimmed();
        whole.sources += part.sources;
    }
    return whole;
}

Share lacking(const VmView &vm, bool known, bool off, const char *what)
{
    const QString &name = vm.domain->name;
    if (off)
        return {Share::What::NotApplicable, name, QStringLiteral("%1 is off").arg(name), {}, {}};
    if (!known)
        return {Share::What::NotKnown,
                name,
                QStringLiteral("not read of %1").arg(name),
                QStringLiteral("What stands inside %1 was not all read.").arg(name),
                {}};
    return {Share::What::Lacking,
            name,
            QStringLiteral("%1 has none").arg(name),
            QStringLiteral("No %1 inside %2 has its address.").arg(QLatin1String(what), name),
            {}};
}

bool isOff(const VmView &vm)
{
    return vm.domain->state == DomainState::ShutOff || vm.domain->state == DomainState::Crashed;
}

} // namespace

FloatCell fileLayer(const FloatInput &input)
{
    QList<Share> shares;
    for (const FloatFacts &facts : input.claims) {
        QList<Share> parts;
        if (facts.vm->domain->guest)
            for (const InterfaceConfig &config : facts.vm->domain->guest->configs)
                if (const auto part = shareOf(input, *facts.vm, config))
                    parts.append(*part);
        shares.append(parts.isEmpty() ? lacking(*facts.vm, facts.vm->configsKnown(), false, "file")
                                      : together(parts));
    }
    return joined(FloatLayer::File, shares, QStringLiteral("no file"), input.allInsidesKnown);
}

namespace {

QString addressesOf(const Interface &interface)
{
    QStringList texts;
    for (const InterfaceAddress &address : interface.addresses)
        texts.append(address.address.toString());
    return texts.isEmpty() ? QStringLiteral("no address") : listed(texts);
}

std::optional<Share> shareOf(const FloatInput &input, const VmView &vm, const Interface &shown)
{
    const FloatPolicy &floating = input.floating;
    const bool hasAddress = std::any_of(shown.addresses.begin(), shown.addresses.end(),
                                        [&](const auto &own) { return own.address == floating.address; });
    const bool hasMac = shown.mac == floating.mac;
    // Bridges, VLANs and the like above an interface bear its MAC too.
    if (!hasAddress && (!hasMac || !hasDeviceBehind(shown)))
        return {};
    Share share{Share::What::Right, vm.domain->name, shown.name, {}, {shown.source}};
    if (hasAddress && shown.mac && !hasMac && hasDeviceBehind(shown)) {
        share.what = Share::What::Wrong;
        share.text += QStringLiteral(" with MAC %1").arg(shown.mac->toString());
        share.detail = QStringLiteral("%1 inside %2 has its address with the MAC %3, which is %4.")
                           .arg(shown.name, vm.domain->name, shown.mac->toString(), whose(input, *shown.mac));
    } else if (!hasAddress) {
        share.what = Share::What::Wrong;
        share.text += QStringLiteral(" with %1").arg(addressesOf(shown));
        share.detail = QStringLiteral("%1 inside %2 has its MAC and %3.")
                           .arg(shown.name, vm.domain->name, addressesOf(shown));
    }
    return share;
}

} // namespace

FloatCell runningLayer(const FloatInput &input)
{
    QList<Share> shares;
    for (const FloatFacts &facts : input.claims) {
        QList<Share> parts;
        const auto &guest = facts.vm->domain->guest;
        if (guest && guest->system.interfaces)
            for (const Interface &interface : guest->system.interfaces->items)
                if (const auto part = shareOf(input, *facts.vm, interface))
                    parts.append(*part);
        // An address on a bridge above the NIC is the NIC's: that the NIC itself has none is right.
        const bool above = facts.running.size() == 1 && !hasDeviceBehind(*facts.running.front()->running);
        if (above)
            parts.removeIf([](const Share &part) { return part.what == Share::What::Wrong; });
        shares.append(parts.isEmpty()
                          ? lacking(*facts.vm, facts.vm->addressesKnown(), isOff(*facts.vm), "interface")
                          : together(parts));
    }
    FloatCell cell =
        joined(FloatLayer::Running, shares, QStringLiteral("no interface"), input.allInsidesKnown);
    if (input.hosts.isEmpty())
        return cell;
    cell.state = LayerState::Disagrees;
    cell.text = QString((shares.isEmpty() ? QString() : QString(cell.text + QLatin1String("; "))) +
                        QStringLiteral("%1 itself").arg(listed(input.hosts)));
    cell.detail = QString(cell.detail + u' ' +
                          QStringLiteral("The system of %1 has its address.").arg(listed(input.hosts)))
                      .trimmed();
    return cell;
}

} // namespace tropo
