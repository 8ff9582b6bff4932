#pragma once

#include "models/fleet/nic.h"

#include <QByteArray>

namespace tropo {

/// `virsh dumpxml`, live or --inactive (formatdomain), or some <interface>, <disk>, <channel> elements or
/// <devices> alone, as `xmllint --xpath` prints them: then `partial`. Nothing, with a problem, where it is
/// not well-formed: what a cut document lacks must not read as absent.
Parsed<std::optional<DomainForm>> parseDomainXml(const QByteArray &text, const QString &document);

} // namespace tropo
