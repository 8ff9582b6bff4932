#pragma once

#include "tests/generator/operations.h"

#include <functional>

namespace tropo::generator {

/// A finding that a fault must give: this rule, at one of these subjects (more than one where two are equal
/// and which of them comes first is the rule's own choice).
struct Expectation
{
    QString rule;
    QStringList subjects;
};

struct HostVm
{
    WorldHypervisor *host = nullptr;
    WorldVm *vm = nullptr;
    QString subject() const { return host->vmSubject(*vm); }
    QString interface(const QString &name) const
    {
        return QString(subject() + QStringLiteral("/if/") + name);
    }
    QString nic(MacAddress mac) const
    {
        return QString(subject() + QStringLiteral("/nic/") + mac.toString());
    }
    QString container(const QString &name) const
    {
        return QString(subject() + QStringLiteral("/container/") + name);
    }
    QString service(const QString &name) const
    {
        return QString(subject() + QStringLiteral("/service/") + name);
    }
};

/// Breaks a World, one thing after another, each at objects that no other has touched, and notes which
/// findings must come of it.
class Breaker
{
public:
    Breaker(World &toBreak, Dice &chances) : world(toBreak), dice(chances) {}

    using VmFilter = std::function<bool(const HostVm &)>;
    using HostFilter = std::function<bool(WorldHypervisor &)>;

    /// Takes a VM at random of those that fit; nothing where none does.
    std::optional<HostVm> vm(const VmFilter &fits);
    /// A running VM that was read inside.
    std::optional<HostVm> guest(const VmFilter &fits = {});
    /// A guest that holds a float, and one without.
    std::optional<HostVm> holder(const VmFilter &fits = {});
    std::optional<HostVm> bystander(const VmFilter &fits = {});
    /// Takes a hypervisor of which nothing was touched, with all its VMs.
    WorldHypervisor *host(const HostFilter &fits = {});
    /// Takes the Swarm with all its members, its manager first.
    QList<HostVm> swarm();
    WorldFloat *freeFloat();
    /// Nobody else may take this one.
    void keep(const WorldFloat &floating) { m_taken.append(floating.name); }
    /// Whether nothing at all was touched before; then nothing else may be after it.
    bool everything();
    /// A guest, where everything was taken.
    std::optional<HostVm> anyGuest();

    void expect(const QString &rule, const QString &subject) { expected.append({rule, {subject}}); }
    void expectOneOf(const QString &rule, const QStringList &subjects) { expected.append({rule, subjects}); }
    /// Said at this severity or below it is no false alarm: another true fact of the same fault.
    void allow(const QString &rule) { allowed.append(rule); }

    World &world;
    Dice &dice;
    QList<Expectation> expected;
    QStringList allowed;

private:
    QStringList m_taken; ///< subjects
    bool m_everything = false;
};

/// One way in which a rule's fault comes about. `apply` returns false where this World has nothing to break
/// so.
struct Breakage
{
    const char *rule; ///< empty: nothing is wrong, it only looks so
    const char *how;
    bool (*apply)(Breaker &);
    QString name() const { return QString::fromLatin1(rule) + QStringLiteral(": ") + QString::fromUtf8(how); }
};

QList<Breakage> floatBreakages();
QList<Breakage> nicBreakages();
QList<Breakage> addressBreakages();
QList<Breakage> fileBreakages();
QList<Breakage> networkBreakages();
QList<Breakage> hostBreakages();
QList<Breakage> domainBreakages();
QList<Breakage> guestBreakages();
QList<Breakage> containerBreakages();
QList<Breakage> swarmBreakages();
QList<Breakage> allBreakages();
/// Healthy, however odd.
QList<Breakage> lookAlikes();

// Filters.

inline bool hasMacOf(FileForm form)
{
    return form != FileForm::Debian;
}
/// Another order of the bytes, or one digit changed: what a tired hand makes of a MAC.
MacAddress mistyped(MacAddress mac, Dice &dice);
/// Gives a NIC another MAC everywhere: live, persistent and inside.
void changeMac(HostVm &place, MacAddress from, MacAddress to);

} // namespace tropo::generator
