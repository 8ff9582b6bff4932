#include "models/fixes/guest_files.h"

#include <QCryptographicHash>

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

Result<GuestFileText> fileTextOf(const PlanInput &input, const VmView &vm, const InterfaceConfig &config)
{
    const Document *document = input.evidence.find(config.source.document);
    const auto path = guestPathOf(config.source.document);
    if (!document || !path)
        return failure(ErrorKind::Refused, vm.subject,
                       u"the file %1 is not among what was read: read the fleet live first"_s.arg(
                           config.source.document));
    return GuestFileText{*path, document->text};
}

QString sha256Of(const QByteArray &text)
{
    return QString::fromLatin1(QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex());
}

const InterfaceConfig *fileGiving(const InsideUnit &unit, Ipv4 address)
{
    for (const InterfaceConfig *config : unit.configs)
        if (std::any_of(config->addresses.begin(), config->addresses.end(),
                        [&](const auto &one) { return one.value.address == address; }))
            return config;
    return nullptr;
}

QString pathGiving(const InsideUnit &unit, Ipv4 address)
{
    const InterfaceConfig *config = fileGiving(unit, address);
    return config ? guestPathOf(config->source.document).value_or(QString()) : QString();
}

bool hasNow(const InsideUnit &unit, Ipv4 address)
{
    return unit.running && std::any_of(unit.running->addresses.begin(), unit.running->addresses.end(),
                                       [&](const InterfaceAddress &one) { return one.address == address; });
}

QString withPrefix(const InsideUnit &unit, Ipv4 address)
{
    int prefix = 24;
    if (unit.running)
        for (const InterfaceAddress &one : unit.running->addresses)
            if (one.address == address && one.prefix)
                prefix = *one.prefix;
    return u"%1/%2"_s.arg(address.toString()).arg(prefix);
}

} // namespace tropo
