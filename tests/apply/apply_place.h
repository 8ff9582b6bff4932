#pragma once

#include "ssh/apply/live_executor.h"
#include "ssh/collect/ssh_machine.h"
#include "tests/session/sshd.h"

#include <QUuid>

/// A hypervisor and a guest on it that are both this machine, by a real sshd; the guest's files lie below a
/// folder.
namespace tropo::test {

/// Passes everything on, and may tear answers: what the machine printed after a number of bytes is lost, and
/// so is the connection.
class TearingMachine : public RemoteMachine
{
public:
    struct Tears
    {
        int left = 0; ///< answers still to be torn
        qsizetype after = 40;
        int commands = 0;
    };

    TearingMachine(std::shared_ptr<RemoteMachine> machine, std::shared_ptr<Tears> tears)
        : m_machine(std::move(machine)), m_tears(std::move(tears))
    {
    }

    Result<int> run(const RemoteCommand &command, const std::stop_token &stop) override
    {
        ++m_tears->commands;
        if (m_tears->left == 0 || !command.line.contains("troposcope-change"))
            return m_machine->run(command, stop);
        --m_tears->left;
        RemoteCommand torn = command;
        qsizetype room = m_tears->after;
        torn.onOutput = [&](QByteArrayView piece) {
            command.onOutput(piece.first(qMin(room, piece.size())));
            room -= qMin(room, piece.size());
        };
        const auto status = m_machine->run(torn, stop);
        return status ? -1 : status;
    }
    Result<std::unique_ptr<RemoteForward>> forward(const QString &socket,
                                                   const std::stop_token &stop) override
    {
        return m_machine->forward(socket, stop);
    }
    Result<std::shared_ptr<RemoteMachine>> jump(const RemoteGuest &guest,
                                                const std::stop_token &stop) override
    {
        auto inner = m_machine->jump(guest, stop);
        if (!inner)
            return inner;
        return std::make_shared<TearingMachine>(*inner, m_tears);
    }
    RemoteUsage usage() const override { return m_machine->usage(); }
    bool isAlive() const override { return m_machine->isAlive(); }
    std::chrono::steady_clock::time_point madeAt() const override { return m_machine->madeAt(); }

private:
    std::shared_ptr<RemoteMachine> m_machine;
    std::shared_ptr<Tears> m_tears;
};

class ApplyPlace
{
public:
    ApplyPlace()
    {
        QDir().mkpath(root() + u"/etc/sysconfig/network-scripts"_s);
        m_sshd = std::make_unique<Sshd>(m_place.folder(),
                                        "SetEnv SHLVL=3 TROPOSCOPE_CHANGE_ROOT=" + root().toUtf8() + '\n');
        m_place.knows(*m_sshd);
        writeFile(m_place.path(u"config"_s),
                  "Host *\n HostName 127.0.0.1\n Port " + QByteArray::number(m_sshd->port()) +
                      "\n IdentityFile " + m_place.path(u"id"_s).toUtf8() + "\n IdentityAgent none\n User " +
                      Place::userName().toUtf8() + "\n UserKnownHostsFile " +
                      m_place.path(u"known_hosts"_s).toUtf8() + '\n');
    }

    QString root() const { return m_place.path(u"root"_s); }
    QString at(const QString &path) const { return root() + path; }
    Sshd &sshd() { return *m_sshd; }
    TearingMachine::Tears &tears() { return *m_tears; }
    const QString &hypervisor() const { return m_hypervisor; }
    VmPlace vm(const QString &name = u"Acilamwen"_s) const
    {
        return {m_hypervisor, name, QUuid::createUuid().toString()};
    }

    RemoteConnector connector() const
    {
        const auto connect = sshConnector({m_place.path(u"config"_s), 20s, {}});
        return [connect,
                tears = m_tears](const QString &destination,
                                 const std::stop_token &stop) -> Result<std::shared_ptr<RemoteMachine>> {
            auto machine = connect(destination, stop);
            if (!machine)
                return machine;
            return std::make_shared<TearingMachine>(*machine, tears);
        };
    }

    ApplyOptions options(const QString &planId = u"2024-test-1"_s) const
    {
        ApplyOptions options;
        HypervisorPolicy policy;
        policy.name = m_hypervisor;
        policy.uri = u"test:///default"_s;
        options.policy.hypervisors = {policy};
        options.ways.guests.insert(vm().subject(), {*Ipv4::fromString(u"127.0.0.1"), Place::userName()});
        options.changeScript = readFile(u"resources/change/change.sh"_s);
        options.revertScript = readFile(u"resources/change/revert.sh"_s);
        options.planId = planId;
        options.keepFolder = m_place.path(u"kept"_s);
        options.connect = connector();
        return options;
    }

    /// A plan that touches the VM and does nothing.
    Plan plan() const
    {
        Plan plan;
        plan.touches = {vm().subject()};
        return plan;
    }

private:
    Place m_place;
    std::unique_ptr<Sshd> m_sshd;
    std::shared_ptr<TearingMachine::Tears> m_tears = std::make_shared<TearingMachine::Tears>();
    /// Its own, as locks are files of the whole machine.
    const QString m_hypervisor = u"hv-"_s + QUuid::createUuid().toString(QUuid::Id128).left(12);
};

} // namespace tropo::test
