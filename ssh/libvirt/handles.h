#pragma once

#include <libvirt/libvirt.h>

#include <memory>
#include <type_traits>

namespace tropo {

/// libvirt's reference-counted handles and the texts that its callers must free.
template <auto release> struct Release
{
    template <typename T> void operator()(T *handle) const { release(handle); }
};

using ConnectHandle = std::unique_ptr<virConnect, Release<virConnectClose>>;
using DomainHandle = std::shared_ptr<virDomain>;
using NetworkHandle = std::shared_ptr<virNetwork>;
using SnapshotHandle = std::shared_ptr<virDomainSnapshot>;
using PoolHandle = std::shared_ptr<virStoragePool>;
using VolumeHandle = std::shared_ptr<virStorageVol>;
using LibvirtText = std::unique_ptr<char, decltype([](char *text) { free(text); })>;

inline DomainHandle owned(virDomainPtr domain)
{
    return {domain, [](virDomainPtr d) { virDomainFree(d); }};
}

inline NetworkHandle owned(virNetworkPtr network)
{
    return {network, [](virNetworkPtr n) { virNetworkFree(n); }};
}

inline SnapshotHandle owned(virDomainSnapshotPtr snapshot)
{
    return {snapshot, [](virDomainSnapshotPtr s) { virDomainSnapshotFree(s); }};
}

inline PoolHandle owned(virStoragePoolPtr pool)
{
    return {pool, [](virStoragePoolPtr p) { virStoragePoolFree(p); }};
}

inline VolumeHandle owned(virStorageVolPtr volume)
{
    return {volume, [](virStorageVolPtr v) { virStorageVolFree(v); }};
}

} // namespace tropo
