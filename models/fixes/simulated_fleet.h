#pragma once

#include "models/evidence/evidence.h"
#include "models/fixes/executor.h"
#include "models/fixes/simulated_xml.h"
#include "models/policy/policy.h"

#include <mutex>

namespace tropo {

/// A plan carried out on a copy of the fleet in memory: what the demo shows, and what plans are tested on. It
/// knows the facts that plans must hold on: a paused guest says that a NIC was detached and keeps it, each
/// form of a domain has slots of its own, a guest ignores a file whose MAC is not its NIC's and brings
/// nothing up whose cable is pulled, a bridge learns where a MAC spoke last, a Swarm that is scaled up starts
/// other tasks than it ended. What it cannot know of a fleet (the wire beyond it) is as if nobody else were
/// there. Thread-safe.
class SimulatedFleet : public Executor
{
public:
    SimulatedFleet(Fleet fleet, Policy policy, Evidence evidence);

    Result<void> perform(const Action &action, const std::stop_token &stop) override;
    Result<Observation> observe(const Condition &condition, const std::stop_token &stop) override;
    bool isSimulation() const override { return true; }

    /// The fleet as it is now, and the documents that plans are made from: descriptions of domains and
    /// networks, and interface files, are as they would be read anew. What else was changed stands on the
    /// document "simulation".
    Fleet fleet() const;
    Evidence evidence() const;

private:
    /// A NIC that was there, with what its host and its guest called it.
    struct Unplugged
    {
        NicPlace nic;
        QString tap;
        QString alias;
        std::optional<Interface> interface; ///< nothing: none was known to be it
    };

    Result<void> act(const DetachNic &);
    Result<void> act(const AttachNic &);
    Result<void> act(const SetNicLink &);
    Result<void> act(const SetDomainAutostart &);
    Result<void> act(const SetNetworkAutostart &);
    Result<void> act(const SetNetworkActive &);
    Result<void> act(const DefineNetwork &);
    Result<void> act(const UndefineNetwork &);
    Result<void> act(const ChangeReservation &);
    Result<void> act(const WriteGuestFile &);
    Result<void> act(const RemoveGuestFile &);
    Result<void> act(const SetGuestInterface &);
    Result<void> act(const AnnounceAddress &);
    Result<void> act(const SaveContainer &) { return {}; }
    Result<void> act(const StopContainer &);
    Result<void> act(const StartContainer &);
    Result<void> act(const RemoveContainer &);
    Result<void> act(const ScaleService &);
    Result<void> act(const Wait &) { return {}; }
    Result<void> act(const ArmRevert &);
    Result<void> act(const DisarmRevert &);
    Result<void> act(const WriteLocalFile &) { return {}; }

    Result<Observation> see(const NicIs &) const;
    Result<Observation> see(const NicCount &) const;
    Result<Observation> see(const HoldersAre &) const;
    Result<Observation> see(const SlotIsFree &) const;
    Result<Observation> see(const DomainRuns &) const;
    Result<Observation> see(const NicLinkIs &) const;
    Result<Observation> see(const NobodySends &) const;
    Result<Observation> see(const CarrierInside &) const;
    Result<Observation> see(const CarriersInside &) const;
    Result<Observation> see(const GuestFileIs &) const;
    Result<Observation> see(const GuestAddressIs &) const;
    Result<Observation> see(const GuestReachable &) const;
    Result<Observation> see(const AddressSilent &) const;
    Result<Observation> see(const AddressAnswers &) const;
    Result<Observation> see(const BridgeLearned &) const;
    Result<Observation> see(const DomainAutostartIs &) const;
    Result<Observation> see(const NetworkAutostartIs &) const;
    Result<Observation> see(const NetworkActiveIs &) const;
    Result<Observation> see(const NetworkDefined &) const;
    Result<Observation> see(const ReservationIs &) const;
    Result<Observation> see(const NetworkIs &) const;
    Result<Observation> see(const ContainerIs &) const;
    Result<Observation> see(const TaskUnwanted &) const;
    Result<Observation> see(const ServiceReplicasAre &) const;
    Result<Observation> see(const RevertArmed &) const;

    Hypervisor *hypervisorOf(const QString &name);
    Domain *domainOf(const VmPlace &vm);
    Network *networkOf(const NetworkPlace &network);
    const Domain *domainOf(const VmPlace &vm) const;
    const Network *networkOf(const NetworkPlace &network) const;
    Container *containerOf(const ContainerPlace &place);
    Result<void> setState(const ContainerPlace &place, ContainerState state, const QString &status);
    const Container *containerOf(const ContainerPlace &place) const;
    Service *serviceOf(const VmPlace &manager, const QString &id);

    /// The description of the form that a NIC is in, and a new one for it.
    Result<QByteArray> descriptionOf(const NicPlace &nic) const;
    Result<void> describe(const NicPlace &nic, const Result<QByteArray> &xml);
    Result<void> describeNetwork(const NetworkPlace &place, const Result<QByteArray> &xml);
    void setOwnBridge(Hypervisor &hypervisor, const NetworkForm &form, bool there);
    const Unplugged *unplugged(const NicPlace &nic) const;
    PluggedWords pluggedWords(const AttachNic &action);
    void plugInside(Hypervisor &hypervisor, Domain &domain, const Nic &nic);
    void unplugInside(Hypervisor &hypervisor, Domain &domain, const Nic &nic);
    void learn(Hypervisor &hypervisor, const Nic &nic);
    void spoke(const VmPlace &vm, const Interface &interface);
    void endTasks(const Service &service, int replicas);
    int startTasks(const Service &service, int replicas);
    /// The document that a file of a guest is, or would be; empty where there can be none.
    QString documentOf(const VmPlace &vm, const QString &path) const;
    void readFilesAnew(const VmPlace &vm);
    /// Interfaces of the fleet that have the address now, with their MACs: who would answer for it.
    QList<MacAddress> answering(Ipv4 address) const;

    /// A task that its Swarm ended, with its container.
    struct EndedTask
    {
        VmPlace node;
        Container container;
    };

    mutable std::mutex m_mutex;
    Fleet m_fleet;
    const Policy m_policy;
    Evidence m_evidence;
    QList<Unplugged> m_unplugged;
    QList<EndedTask> m_ended;
    QList<RevertPlace> m_armed;
    int m_taps = 1000; ///< number of the next tap
    int m_tasks = 0;   ///< that Swarms started
};

} // namespace tropo
