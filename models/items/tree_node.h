#pragma once

#include "models/severity.h"
#include "models/source.h"

#include <QDateTime>
#include <QMetaType>
#include <QStringList>

#include <vector>

namespace tropo {

/// What a row stands for; views choose the icon and the word.
enum class NodeKind {
    Fleet,
    Group,
    Hypervisor,
    Bridge,
    Port,
    Tap,
    Network,
    Reservation,
    Lease,
    Domain,
    Nic,
    Interface,
    File,
    Address,
    Engine,
    Service,
    Container,
    Float,
    NotKnown, ///< says in words what was not read
};

/// How the thing is, as far as the evidence says.
enum class NodeState {
    NotKnown,
    Plain, ///< nothing to say: a thing that is neither on nor off
    On,
    Off,
    Paused,
    Unhealthy,
    Unreachable,
};

/// How many findings, by severity. Accepted ones do not count.
struct FindingCounts
{
    int errors = 0;
    int warnings = 0;
    int infos = 0;

    bool operator==(const FindingCounts &) const = default;
    bool isEmpty() const { return *this == FindingCounts{}; }
    int total() const { return errors + warnings + infos; }
    void add(Severity severity);
    FindingCounts &operator+=(const FindingCounts &other);
};

/// One line of what is known of a node.
struct Fact
{
    QString name;
    QString value;

    bool operator==(const Fact &) const = default;
};

/// A row of the fleet tree. The key is the subject that findings use, unique in the tree and stable between
/// refreshes. Texts are as read: whoever shows them escapes them (`visible_text.h`).
struct TreeNode
{
    QString key;
    NodeKind kind = NodeKind::Group;
    NodeState state = NodeState::Plain;
    QString label;
    QString detail;
    QString badge;        ///< words of the state that must not be missed: "unplugged", "not persistent"
    FindingCounts counts; ///< at this node and below it
    bool unread = false;  ///< something of it, or below it, was not read, so that no findings means nothing
    QDateTime taken;      ///< when the oldest of what it says was read; invalid where it says nothing
    bool stale = false;   ///< what it says could not be read again
    QString staleReason;
    QList<Source> sources;
    QStringList aliases; ///< other subjects that mean this node
    QList<Fact> facts;   ///< only in the node that `nodeWithFacts` was asked for
    std::vector<TreeNode> children;

    bool operator==(const TreeNode &) const = default;
};

/// Whether two nodes say the same, their children aside.
bool sameRow(const TreeNode &a, const TreeNode &b);

} // namespace tropo
