#pragma once

#include "models/fixes/action.h"
#include "models/fixes/plan_fields.h"

namespace tropo {

// Places

template <>
inline constexpr auto fieldsOf<VmPlace> = fields(field("hypervisor", &VmPlace::hypervisor),
                                                 field("name", &VmPlace::name),
                                                 field("uuid", &VmPlace::uuid));

template <>
inline constexpr auto fieldsOf<NicPlace> = fields(field("vm", &NicPlace::vm), field("form", &NicPlace::form),
                                                  field("mac", &NicPlace::mac), field("pci", &NicPlace::pci));

template <>
inline constexpr auto fieldsOf<RevertPlace> = fields(field("vm", &RevertPlace::vm),
                                                     field("inside", &RevertPlace::inside),
                                                     field("unit", &RevertPlace::unit));

template <>
inline constexpr auto fieldsOf<NetworkPlace> = fields(field("hypervisor", &NetworkPlace::hypervisor),
                                                      field("name", &NetworkPlace::name));

template <>
inline constexpr auto fieldsOf<ContainerPlace> = fields(field("vm", &ContainerPlace::vm),
                                                        field("id", &ContainerPlace::id),
                                                        field("name", &ContainerPlace::name),
                                                        field("task_id", &ContainerPlace::taskId));

// Actions

template <>
inline constexpr auto fieldsOf<DetachNic> = named("detach-nic", field("nic", &DetachNic::nic),
                                                  field("xml", &DetachNic::xml));

template <>
inline constexpr auto fieldsOf<AttachNic> = named("attach-nic", field("nic", &AttachNic::nic),
                                                  field("network", &AttachNic::network),
                                                  field("bridge", &AttachNic::bridge),
                                                  field("xml", &AttachNic::xml));

template <>
inline constexpr auto fieldsOf<SetNicLink> = named("set-nic-link", field("nic", &SetNicLink::nic),
                                                   field("up", &SetNicLink::up),
                                                   field("xml", &SetNicLink::xml));

template <>
inline constexpr auto fieldsOf<SetDomainAutostart> = named("set-domain-autostart",
                                                           field("vm", &SetDomainAutostart::vm),
                                                           field("on", &SetDomainAutostart::on));

template <>
inline constexpr auto fieldsOf<SetNetworkAutostart> = named("set-network-autostart",
                                                            field("network", &SetNetworkAutostart::network),
                                                            field("on", &SetNetworkAutostart::on));

template <>
inline constexpr auto fieldsOf<SetNetworkActive> = named("set-network-active",
                                                         field("network", &SetNetworkActive::network),
                                                         field("active", &SetNetworkActive::active));

template <>
inline constexpr auto fieldsOf<DefineNetwork> = named("define-network",
                                                      field("network", &DefineNetwork::network),
                                                      field("xml", &DefineNetwork::xml));

template <>
inline constexpr auto fieldsOf<UndefineNetwork> = named("undefine-network",
                                                        field("network", &UndefineNetwork::network));

template <>
inline constexpr auto fieldsOf<ChangeReservation> = named("change-reservation",
                                                          field("network", &ChangeReservation::network),
                                                          field("add", &ChangeReservation::add),
                                                          field("mac", &ChangeReservation::mac),
                                                          field("address", &ChangeReservation::address),
                                                          field("name", &ChangeReservation::name));

template <>
inline constexpr auto fieldsOf<WriteGuestFile> = named("write-guest-file", field("vm", &WriteGuestFile::vm),
                                                       field("path", &WriteGuestFile::path),
                                                       field("content", &WriteGuestFile::content),
                                                       field("old_sha256", &WriteGuestFile::oldSha256),
                                                       field("mode", &WriteGuestFile::mode));

template <>
inline constexpr auto fieldsOf<RemoveGuestFile> = named("remove-guest-file",
                                                        field("vm", &RemoveGuestFile::vm),
                                                        field("path", &RemoveGuestFile::path),
                                                        field("old_sha256", &RemoveGuestFile::oldSha256));

template <>
inline constexpr auto fieldsOf<SetGuestInterface> = named(
    "set-guest-interface", field("vm", &SetGuestInterface::vm), field("device", &SetGuestInterface::device),
    field("pci", &SetGuestInterface::pci), field("path", &SetGuestInterface::path),
    field("up", &SetGuestInterface::up), field("address", &SetGuestInterface::address));

template <>
inline constexpr auto fieldsOf<AnnounceAddress> = named("announce-address", field("vm", &AnnounceAddress::vm),
                                                        field("pci", &AnnounceAddress::pci),
                                                        field("device", &AnnounceAddress::device),
                                                        field("address", &AnnounceAddress::address),
                                                        field("mac", &AnnounceAddress::mac),
                                                        field("rounds", &AnnounceAddress::rounds));

template <>
inline constexpr auto fieldsOf<SaveContainer> = named("save-container",
                                                      field("container", &SaveContainer::container));

template <>
inline constexpr auto fieldsOf<StopContainer> = named("stop-container",
                                                      field("container", &StopContainer::container));

template <>
inline constexpr auto fieldsOf<StartContainer> = named("start-container",
                                                       field("container", &StartContainer::container));

template <>
inline constexpr auto fieldsOf<RemoveContainer> = named("remove-container",
                                                        field("container", &RemoveContainer::container));

template <>
inline constexpr auto fieldsOf<ScaleService> = named("scale-service",
                                                     field("manager", &ScaleService::manager),
                                                     field("service_id", &ScaleService::serviceId),
                                                     field("name", &ScaleService::name),
                                                     field("replicas", &ScaleService::replicas));

template <> inline constexpr auto fieldsOf<Wait> = named("wait", field("time", &Wait::time));

template <>
inline constexpr auto fieldsOf<ArmRevert> = named("arm-revert", field("place", &ArmRevert::place),
                                                  field("seconds", &ArmRevert::seconds),
                                                  field("script", &ArmRevert::script));

template <>
inline constexpr auto fieldsOf<DisarmRevert> = named("disarm-revert", field("places", &DisarmRevert::places));

template <>
inline constexpr auto fieldsOf<WriteLocalFile> = named("write-local-file",
                                                       field("path", &WriteLocalFile::path),
                                                       field("content", &WriteLocalFile::content));

} // namespace tropo
