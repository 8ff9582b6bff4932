#pragma once

#include "models/source.h"

#include <QByteArray>

namespace tropo {

struct LibvirtVersion
{
    QString libvirt; ///< the daemon's where the text says ("--daemon"), else the library's: "9.0.0"
    QString qemu;    ///< of the running QEMU: "7.2.22"; "NAME VERSION" for another hypervisor

    bool operator==(const LibvirtVersion &) const = default;
};

/// `virsh version [--daemon]`, in any language.
Parsed<LibvirtVersion> parseLibvirtVersion(const QByteArray &text, const QString &document);

} // namespace tropo
