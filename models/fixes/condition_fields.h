#pragma once

#include "models/fixes/action_fields.h"
#include "models/fixes/condition.h"

namespace tropo {

template <>
inline constexpr auto fieldsOf<NicIs> = named("nic-is", field("nic", &NicIs::nic),
                                              field("present", &NicIs::present));

template <>
inline constexpr auto fieldsOf<NicCount> = named("nic-count", field("vm", &NicCount::vm),
                                                 field("form", &NicCount::form), field("mac", &NicCount::mac),
                                                 field("count", &NicCount::count));

template <>
inline constexpr auto fieldsOf<HoldersAre> = named("holders-are", field("mac", &HoldersAre::mac),
                                                   field("hypervisors", &HoldersAre::hypervisors),
                                                   field("subjects", &HoldersAre::subjects));

template <>
inline constexpr auto fieldsOf<NobodySends> = named("nobody-sends", field("mac", &NobodySends::mac),
                                                    field("hypervisors", &NobodySends::hypervisors));

template <>
inline constexpr auto fieldsOf<SlotIsFree> = named("slot-is-free", field("vm", &SlotIsFree::vm),
                                                   field("form", &SlotIsFree::form),
                                                   field("pci", &SlotIsFree::pci));

template <> inline constexpr auto fieldsOf<DomainRuns> = named("domain-runs", field("vm", &DomainRuns::vm));

template <>
inline constexpr auto fieldsOf<NicLinkIs> = named("nic-link-is", field("nic", &NicLinkIs::nic),
                                                  field("up", &NicLinkIs::up));

template <>
inline constexpr auto fieldsOf<CarrierInside> = named("carrier-inside", field("vm", &CarrierInside::vm),
                                                      field("pci", &CarrierInside::pci),
                                                      field("up", &CarrierInside::up));

template <>
inline constexpr auto fieldsOf<CarriersInside> = named("carriers-inside", field("vm", &CarriersInside::vm),
                                                       field("devices", &CarriersInside::devices));

template <>
inline constexpr auto fieldsOf<GuestFileIs> = named("guest-file-is", field("vm", &GuestFileIs::vm),
                                                    field("path", &GuestFileIs::path),
                                                    field("sha256", &GuestFileIs::sha256));

template <>
inline constexpr auto fieldsOf<GuestAddressIs> = named("guest-address-is", field("vm", &GuestAddressIs::vm),
                                                       field("address", &GuestAddressIs::address),
                                                       field("pci", &GuestAddressIs::pci),
                                                       field("present", &GuestAddressIs::present));

template <>
inline constexpr auto fieldsOf<GuestReachable> = named("guest-reachable", field("vm", &GuestReachable::vm));

template <>
inline constexpr auto fieldsOf<AddressSilent> = named("address-silent",
                                                      field("hypervisor", &AddressSilent::hypervisor),
                                                      field("bridge", &AddressSilent::bridge),
                                                      field("address", &AddressSilent::address));

template <>
inline constexpr auto fieldsOf<AddressAnswers> = named("address-answers",
                                                       field("hypervisor", &AddressAnswers::hypervisor),
                                                       field("bridge", &AddressAnswers::bridge),
                                                       field("address", &AddressAnswers::address),
                                                       field("mac", &AddressAnswers::mac));

template <>
inline constexpr auto fieldsOf<BridgeLearned> = named("bridge-learned", field("nic", &BridgeLearned::nic),
                                                      field("bridge", &BridgeLearned::bridge));

template <>
inline constexpr auto fieldsOf<DomainAutostartIs> = named("domain-autostart-is",
                                                          field("vm", &DomainAutostartIs::vm),
                                                          field("on", &DomainAutostartIs::on));

template <>
inline constexpr auto fieldsOf<NetworkAutostartIs> = named("network-autostart-is",
                                                           field("network", &NetworkAutostartIs::network),
                                                           field("on", &NetworkAutostartIs::on));

template <>
inline constexpr auto fieldsOf<NetworkActiveIs> = named("network-active-is",
                                                        field("network", &NetworkActiveIs::network),
                                                        field("active", &NetworkActiveIs::active));

template <>
inline constexpr auto fieldsOf<NetworkDefined> = named("network-defined",
                                                       field("network", &NetworkDefined::network),
                                                       field("defined", &NetworkDefined::defined));

template <>
inline constexpr auto fieldsOf<ReservationIs> = named("reservation-is",
                                                      field("network", &ReservationIs::network),
                                                      field("mac", &ReservationIs::mac),
                                                      field("address", &ReservationIs::address),
                                                      field("name", &ReservationIs::name),
                                                      field("present", &ReservationIs::present));

template <>
inline constexpr auto fieldsOf<NetworkIs> = named("network-is", field("network", &NetworkIs::network),
                                                  field("xml", &NetworkIs::xml),
                                                  field("persistent", &NetworkIs::persistent));

template <>
inline constexpr auto fieldsOf<ContainerIs> = named("container-is",
                                                    field("container", &ContainerIs::container),
                                                    field("phase", &ContainerIs::phase));

template <>
inline constexpr auto fieldsOf<TaskUnwanted> = named("task-unwanted",
                                                     field("manager", &TaskUnwanted::manager),
                                                     field("container", &TaskUnwanted::container));

template <>
inline constexpr auto fieldsOf<ServiceReplicasAre> =
    named("service-replicas-are", field("manager", &ServiceReplicasAre::manager),
          field("service_id", &ServiceReplicasAre::serviceId), field("name", &ServiceReplicasAre::name),
          field("desired", &ServiceReplicasAre::desired), field("running", &ServiceReplicasAre::running));

template <>
inline constexpr auto fieldsOf<RevertArmed> = named("revert-armed", field("place", &RevertArmed::place),
                                                    field("armed", &RevertArmed::armed));

} // namespace tropo
