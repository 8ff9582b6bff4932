#include "ssh/apply/reach.h"

#include "models/parse/domain_xml.h"
#include "models/text/shell_quote.h"
#include "ssh/apply/plan_reverts.h"
#include "ssh/apply/quoted_line.h"
#include "ssh/libvirt/libvirt_uri.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype mostOutput = 8 * 1024 * 1024;

/// How long a verb of the change script may take, by its own limits (resources/change/README.md), and some
/// for the way.
std::chrono::seconds limitOf(const QString &verb)
{
    constexpr std::chrono::seconds up(120);
    constexpr std::chrono::seconds down(90);
    constexpr std::chrono::seconds others(60);
    constexpr std::chrono::seconds looks(30);
    if (verb == u"ifup")
        return up;
    if (verb == u"ifdown")
        return down;
    return verb == u"read" || verb == u"device" || verb == u"carrier" ? looks : others;
}

/// A line by root, or by one who may become root without a password.
Result<QByteArray> asRoot(const QByteArray &line)
{
    const auto inner = shellQuoted(QString::fromUtf8(line));
    if (!inner)
        return inner;
    return quotedLine({u"sh"_s, u"-c"_s,
                       u"if [ \"$(id -u)\" = 0 ]; then exec sh -c %1; else exec sudo -n sh -c %1; fi"_s.arg(
                           QString::fromUtf8(*inner))});
}

} // namespace

LiveExecutor::Reach::Reach(ApplyOptions options)
    : m_options(std::move(options)),
      m_reverts(std::make_unique<PlanReverts>()),
      m_locks(m_options.planId, [this](const QString &hypervisor, const std::stop_token &stop) {
          return hub(hypervisor, stop);
      })
{
}

LiveExecutor::Reach::~Reach() = default;

LiveExecutor::Reach::Host &LiveExecutor::Reach::hostOf(const QString &hypervisor)
{
    Host &host = m_hosts[hypervisor];
    if (!host.links)
        host.links = std::make_shared<KeptLinks>(m_options.connect);
    return host;
}

QString LiveExecutor::Reach::destinationOf(const QString &hypervisor) const
{
    const HypervisorPolicy *policy = m_options.policy.hypervisor(hypervisor);
    return policy && !policy->ssh.isEmpty() ? policy->ssh : hypervisor;
}

Result<KeptLinks::Link> LiveExecutor::Reach::hub(const QString &hypervisor, const std::stop_token &stop)
{
    return hostOf(hypervisor).links->to(destinationOf(hypervisor), stop);
}

Result<KeptLinks::Link> LiveExecutor::Reach::guest(const VmPlace &vm, const std::stop_token &stop)
{
    const auto way = m_options.ways.guests.constFind(vm.subject());
    if (way == m_options.ways.guests.constEnd())
        return failure(
            ErrorKind::Unreachable, vm.subject(),
            u"no address of it is known that is not a float: give one in the fleet file ([[guest]])"_s);
    const auto link = hub(vm.hypervisor, stop);
    if (!link)
        return link;
    return hostOf(vm.hypervisor).links->into({vm.name, way->address.toString(), way->user}, *link, stop);
}

Result<LibvirtControl *> LiveExecutor::Reach::libvirt(const QString &hypervisor, const std::stop_token &stop)
{
    Host &host = hostOf(hypervisor);
    const HypervisorPolicy *policy = m_options.policy.hypervisor(hypervisor);
    const QString uri =
        policy && !policy->uri.isEmpty() ? policy->uri : u"qemu+ssh://%1/system"_s.arg(hypervisor);
    const auto overSsh = sshLibvirtUri(uri);
    if (!overSsh)
        return tl::unexpected(overSsh.error());
    Link link;
    if (*overSsh) {
        const bool ours = (*overSsh)->destination == hypervisor;
        const auto made = host.links->to(ours ? destinationOf(hypervisor) : (*overSsh)->destination, stop);
        if (!made)
            return tl::unexpected(made.error());
        link = *made;
    }
    if (!host.libvirt) {
        const auto limit = std::chrono::seconds(qMax(5, m_options.policy.commandSeconds));
        host.libvirt =
            std::make_unique<LibvirtControl>(LibvirtControl::Options{hypervisor, uri, limit}, link);
    } else if (host.hub != link) {
        host.libvirt->setLink(link);
    }
    host.hub = link;
    return host.libvirt.get();
}

Result<CommandOutput> LiveExecutor::Reach::run(const Link &link, const QByteArray &line,
                                               const QByteArray &input, std::chrono::milliseconds limit,
                                               const std::stop_token &stop)
{
    CommandOutput output;
    const auto append = [](QByteArray &to, QByteArrayView piece) {
        if (to.size() < mostOutput)
            to.append(piece);
    };
    RemoteCommand command;
    command.line = line;
    command.input = input;
    command.silenceLimit = command.totalLimit = limit;
    command.onOutput = [&](QByteArrayView piece) { append(output.out, piece); };
    command.onErrors = [&](QByteArrayView piece) { append(output.error, piece); };
    const auto status = link->run(command, stop);
    if (!status)
        return tl::unexpected(status.error());
    output.status = *status;
    return output;
}

Result<CommandOutput> LiveExecutor::Reach::onHost(const QString &hypervisor, const QByteArray &line,
                                                  const std::stop_token &stop, const QByteArray &input)
{
    const auto link = hub(hypervisor, stop);
    if (!link)
        return tl::unexpected(link.error());
    const auto rooted = asRoot(line);
    if (!rooted)
        return tl::unexpected(rooted.error());
    return run(*link, *rooted, input, std::chrono::seconds(qMax(15, m_options.policy.commandSeconds)), stop);
}

Result<CommandOutput> LiveExecutor::Reach::inGuest(const VmPlace &vm, const QByteArray &line,
                                                   const std::stop_token &stop, const QByteArray &input)
{
    const auto link = guest(vm, stop);
    if (!link)
        return tl::unexpected(link.error());
    const QByteArray withPath = "PATH=$PATH:/usr/sbin:/sbin; " + line;
    const auto quoted = shellQuoted(QString::fromUtf8(withPath));
    if (!quoted)
        return tl::unexpected(quoted.error());
    return run(*link, "sh -c " + *quoted, input,
               std::chrono::seconds(qMax(20, m_options.policy.commandSeconds)), stop);
}

Result<CommandOutput> LiveExecutor::Reach::inGuestAsRoot(const VmPlace &vm, const QByteArray &line,
                                                         const std::stop_token &stop, const QByteArray &input)
{
    const auto rooted = asRoot(line);
    return rooted ? inGuest(vm, *rooted, stop, input) : tl::unexpected(rooted.error());
}

Result<ChangeAnswer> LiveExecutor::Reach::askOnce(const VmPlace &vm, const ChangeCall &call, bool &asked,
                                                  const std::stop_token &stop)
{
    const auto link = guest(vm, stop);
    if (!link)
        return tl::unexpected(link.error());
    const auto line = changeCommand(m_options.changeScript, call);
    if (!line)
        return tl::unexpected(line.error());
    asked = true;
    const auto output = run(*link, *line, call.content, limitOf(call.verb), stop);
    auto answer = output ? parseChangeAnswer(output->out, output->error, output->status)
                         : Result<ChangeAnswer>(tl::unexpected(output.error()));
    if (!answer) {
        if (answer.error().kind == ErrorKind::Unreachable)
            hostOf(vm.hypervisor).links->drop(*link);
        return failure(answer.error().kind, vm.subject(), answer.error().message);
    }
    return answer;
}

Result<ChangeAnswer> LiveExecutor::Reach::ask(const VmPlace &vm, const ChangeCall &call,
                                              const std::stop_token &stop)
{
    constexpr int most = 3;
    for (int times = 1;; ++times) {
        bool asked = false;
        const auto answer = askOnce(vm, call, asked, stop);
        const bool lost = !answer && answer.error().kind == ErrorKind::Unreachable && asked;
        if (!lost || times == most || stop.stop_requested())
            return answer;
    }
}

Result<ChangeAnswer> LiveExecutor::Reach::change(const VmPlace &vm, const ChangeCall &call,
                                                 const std::stop_token &stop)
{
    auto answer = ask(vm, call, stop);
    if (answer && !answer->isDone())
        return failure(ErrorKind::Refused, vm.subject(), answer->reason);
    return answer;
}

Result<CommandOutput> LiveExecutor::Reach::docker(const VmPlace &vm, const QStringList &arguments,
                                                  const std::stop_token &stop)
{
    const auto words = quotedLine(arguments);
    if (!words)
        return tl::unexpected(words.error());
    std::map<QString, bool> &bySudo = hostOf(vm.hypervisor).dockerBySudo;
    if (!bySudo.contains(vm.subject())) {
        const auto test = inGuest(vm, "[ -w /var/run/docker.sock ]", stop);
        if (!test)
            return tl::unexpected(test.error());
        bySudo[vm.subject()] = test->status != 0;
    }
    const auto link = guest(vm, stop);
    if (!link)
        return tl::unexpected(link.error());
    const QByteArray line = (bySudo[vm.subject()] ? "sudo -n docker " : "docker ") + *words;
    constexpr std::chrono::seconds longest(
        90); // a stop waits for ten, and a slow guest's client takes seconds
    return run(*link, line, {}, longest, stop);
}

Result<QString> LiveExecutor::Reach::deviceAt(const VmPlace &vm, const PciAddress &pci,
                                              const std::stop_token &stop)
{
    const auto answer = change(vm, {u"device"_s, {pci.toString()}, {}}, stop);
    if (!answer)
        return tl::unexpected(answer.error());
    return answer->fact(u"device").value_or(QString()).section(u' ', 0, 0);
}

Result<DomainForm> LiveExecutor::Reach::form(const VmPlace &vm, NicForm form, const std::stop_token &stop)
{
    const auto control = libvirt(vm.hypervisor, stop);
    if (!control)
        return tl::unexpected(control.error());
    const auto xml = (*control)->domainXml(vm.uuid, form == NicForm::Persistent, stop);
    if (!xml)
        return tl::unexpected(xml.error());
    if (xml->isEmpty())
        return DomainForm{};
    const auto parsed = parseDomainXml(*xml, vm.name).value;
    if (!parsed || parsed->uuid != vm.uuid)
        return failure(ErrorKind::Format, vm.subject(), u"its description could not be understood"_s);
    return *parsed;
}

} // namespace tropo
