#pragma once

#include "models/fixes/change_command.h"
#include "ssh/apply/live_executor.h"
#include "ssh/apply/plan_locks.h"

namespace tropo {

class PlanReverts;

/// What a command printed, whole.
struct CommandOutput
{
    QByteArray out;
    QByteArray error;
    int status = -1;
};

/// The ways to the machines of one plan. Calls block, each with a deadline, from one thread.
class LiveExecutor::Reach
{
public:
    explicit Reach(ApplyOptions options);
    ~Reach();
    Reach(const Reach &) = delete;
    Reach &operator=(const Reach &) = delete;

    const ApplyOptions &options() const { return m_options; }
    /// libvirt on a hypervisor, writable.
    Result<LibvirtControl *> libvirt(const QString &hypervisor, const std::stop_token &stop);
    /// A command on a hypervisor, as root (sudo -n where the login is not root). `line`: quoted already.
    Result<CommandOutput> onHost(const QString &hypervisor, const QByteArray &line,
                                 const std::stop_token &stop, const QByteArray &input = {});
    /// A command inside a guest, as the login user. `line`: quoted already.
    Result<CommandOutput> inGuest(const VmPlace &vm, const QByteArray &line, const std::stop_token &stop,
                                  const QByteArray &input = {});
    /// The same as root: sudo -n where the login is not root.
    Result<CommandOutput> inGuestAsRoot(const VmPlace &vm, const QByteArray &line,
                                        const std::stop_token &stop, const QByteArray &input = {});
    /// A run of the change script inside a guest. A lost or torn answer is asked again: its verbs may be
    /// repeated. Errors: the way there; not what it answers.
    Result<ChangeAnswer> ask(const VmPlace &vm, const ChangeCall &call, const std::stop_token &stop);
    /// The same. Errors: also where it answers that it cannot, or that something moved.
    Result<ChangeAnswer> change(const VmPlace &vm, const ChangeCall &call, const std::stop_token &stop);
    /// docker inside a guest, with sudo where the login needs it. Every argument is quoted here.
    Result<CommandOutput> docker(const VmPlace &vm, const QStringList &arguments,
                                 const std::stop_token &stop);
    /// The interface inside a guest at a slot; empty where none is.
    Result<QString> deviceAt(const VmPlace &vm, const PciAddress &pci, const std::stop_token &stop);
    /// A VM's description, read now and parsed; one without NICs where it does not run and so has no live
    /// form. Errors: unreadable, or another domain.
    Result<DomainForm> form(const VmPlace &vm, NicForm form, const std::stop_token &stop);
    PlanLocks &locks() { return m_locks; }
    PlanReverts &reverts() { return *m_reverts; }

private:
    using Link = KeptLinks::Link;
    struct Host
    {
        std::shared_ptr<KeptLinks> links;
        std::unique_ptr<LibvirtControl> libvirt;
        Link hub;                             ///< that libvirt goes over
        std::map<QString, bool> dockerBySudo; ///< by VM
    };
    Host &hostOf(const QString &hypervisor);
    QString destinationOf(const QString &hypervisor) const;
    Result<Link> hub(const QString &hypervisor, const std::stop_token &stop);
    Result<Link> guest(const VmPlace &vm, const std::stop_token &stop);
    Result<ChangeAnswer> askOnce(const VmPlace &vm, const ChangeCall &call, bool &asked,
                                 const std::stop_token &stop);
    Result<CommandOutput> run(const Link &link, const QByteArray &line, const QByteArray &input,
                              std::chrono::milliseconds limit, const std::stop_token &stop);

    const ApplyOptions m_options;
    std::map<QString, Host> m_hosts;
    std::unique_ptr<PlanReverts> m_reverts;
    PlanLocks m_locks; ///< gone before the connections that hold them
};

} // namespace tropo
