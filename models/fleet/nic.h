#pragma once

#include "models/address/mac_address.h"
#include "models/address/pci_address.h"
#include "models/fleet/sourced.h"

namespace tropo {

enum class NicKind { Network, Bridge, Direct, Ethernet, User, Hostdev, Other };

/// A network interface of a domain as one of its XML descriptions has it (formatdomain, "Network
/// interfaces"). A NIC is identified by its domain's UUID and its PCI address, never by MAC or position.
struct Nic
{
    NicKind kind = NicKind::Other;
    std::optional<MacAddress> mac;
    QString network; ///< libvirt network (source/@network), also in the live form of a bridged network
    QString bridge;  ///< host bridge (source/@bridge); in a live NAT NIC the network's bridge
    QString target;  ///< tap on the host, live only: "vnet1"
    QString alias;   ///< live only: "net1"
    QString model;   ///< "virtio", "e1000", …
    QString filter;  ///< nwfilter pinned to it
    std::optional<PciAddress> pci;
    std::optional<bool> linkUp; ///< <link state=>; nothing means not said, which libvirt takes as up
    Source source;

    bool operator==(const Nic &) const = default;
};

struct Disk
{
    QString device; ///< disk, cdrom, floppy
    QString format; ///< qcow2, raw
    QString path;   ///< file, device or "pool/volume"; empty for an empty drive
    QString type;   ///< what the path is: file, block, volume, network, …
    QString remote; ///< of a network disk: the same text wherever the same image is meant
                    ///< ("rbd://mon1/pool/image")
    QString target; ///< vda
    bool readOnly = false;
    bool shareable = false;
    QStringList backing; ///< backing files, nearest first
    Source source;

    bool operator==(const Disk &) const = default;
};

/// One description of a domain: what runs (live) or what the next start will use (persistent).
struct DomainForm
{
    QString name;
    QString uuid; ///< empty where the document does not say
    QString type; ///< kvm, qemu
    QList<Nic> nics;
    QList<Disk> disks;
    bool agentChannel = false;
    std::optional<bool> agentConnected; ///< live only: the channel's state; nothing: not said
    bool partial = false;               ///< a fragment without uuid: devices that it lacks may exist
    Source source;

    bool operator==(const DomainForm &) const = default;
};

} // namespace tropo
