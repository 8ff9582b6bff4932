#pragma once

#include "models/source.h"

namespace tropo {

struct LibvirtVersion
{
    QString libvirt; ///< "9.0.0"
    QString qemu;    ///< "7.2.19"; empty where not said

    bool operator==(const LibvirtVersion &) const = default;
};

/// What `virsh version` prints.
Parsed<LibvirtVersion> parseLibvirtVersion(const QByteArray &text, const QString &document);

} // namespace tropo
