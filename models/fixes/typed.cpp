#include "models/fixes/typed.h"

#include "models/text/shell_quote.h"

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

bool isPlain(const QString &text)
{
    return !text.isEmpty() && !text.startsWith(u'-') && std::all_of(text.cbegin(), text.cend(), [](QChar c) {
        const char16_t u = c.unicode();
        return (u >= u'a' && u <= u'z') || (u >= u'A' && u <= u'Z') || (u >= u'0' && u <= u'9') ||
               u"@%+=:,./_-"_s.contains(c);
    });
}

QString uriOf(const Policy &policy, const QString &hypervisor)
{
    const HypervisorPolicy *one = policy.hypervisor(hypervisor);
    return one && !one->uri.isEmpty() ? one->uri : u"qemu+ssh://%1/system"_s.arg(hypervisor);
}

QString hopOf(const Policy &policy, const QString &hypervisor)
{
    const HypervisorPolicy *one = policy.hypervisor(hypervisor);
    return one && !one->ssh.isEmpty() ? one->ssh : hypervisor;
}

QString fed(const QByteArray &input, const QString &command)
{
    return u"printf %s "_s + shellWord(QString::fromUtf8(input)) + u" | " + command;
}

} // namespace

QString shellWord(const QString &text)
{
    QString clean = text;
    clean.remove(QChar(0)); // cannot be passed at all
    return isPlain(clean) ? clean : QString::fromUtf8(shellQuoted(clean).value_or("''"));
}

QString shellLine(const QStringList &words)
{
    QStringList quoted;
    for (const QString &word : words)
        // Options of ours begin with a dash; what came from a machine is quoted by its caller's place in the
        // line.
        quoted.append(word.startsWith(u"--") && isPlain(word.sliced(2)) ? word : shellWord(word));
    return quoted.join(u' ');
}

QString virshLine(const Policy &policy, const QString &hypervisor, const QStringList &words)
{
    return u"virsh -c "_s + shellWord(uriOf(policy, hypervisor)) + u' ' + shellLine(words);
}

QString virshLineWith(const Policy &policy, const QString &hypervisor, const QStringList &words,
                      const QByteArray &input)
{
    return fed(input, virshLine(policy, hypervisor, words));
}

QString guestLine(const Policy &policy, const VmView &vm, const QString &command, const QByteArray &input)
{
    const auto way = wayInto(vm, policy);
    const QString address = way ? way->address.toString() : vm.domain->name;
    const QString target = way && !way->user.isEmpty() ? QString(way->user + u'@' + address) : address;
    const QString line = u"ssh -J "_s + shellWord(hopOf(policy, vm.hypervisor->name)) + u' ' +
                         shellWord(target) + u' ' + shellWord(u"sudo -n sh -c "_s + shellWord(command));
    return input.isEmpty() ? line : fed(input, line);
}

QString hostLine(const Policy &policy, const QString &hypervisor, const QString &command,
                 const QByteArray &input)
{
    const QString line = u"ssh "_s + shellWord(hopOf(policy, hypervisor)) + u' ' +
                         shellWord(u"sudo -n sh -c "_s + shellWord(command));
    return input.isEmpty() ? line : fed(input, line);
}

QString domainWord(const VmPlace &vm)
{
    return isPlain(vm.name) ? vm.name : vm.uuid;
}

} // namespace tropo
