#pragma once

#include "models/snapshot.h"

namespace tropo {

enum class CardState {
    Sound,    ///< one VM has its address and its MAC, and no layer disagrees
    Wrong,    ///< several have it, one has half of it, or a layer disagrees
    Free,     ///< nobody has it, and everything was read that could say otherwise
    NotKnown, ///< what was not read may have it
};

/// A float on the board; it lies on every VM that has something of it.
struct BoardCard
{
    QString name;
    QString address;
    QString mac;
    CardState state = CardState::NotKnown;
    QString has;        ///< what the VM it lies on has of it: "its MAC and its address"; empty for nobody
    QString says;       ///< what is wrong with it, in a sentence; empty: nothing that is known
    bool split = false; ///< it lies on several

    bool operator==(const BoardCard &) const = default;
};

/// A VM, on which floats lie.
struct BoardVm
{
    QString subject;
    QString name;
    DomainState state = DomainState::Unknown;
    QList<BoardCard> cards;

    bool operator==(const BoardVm &) const = default;
};

struct BoardColumn
{
    QString hypervisor;
    bool known = false; ///< whether its VMs were read
    QList<BoardVm> vms; ///< by name

    bool operator==(const BoardColumn &) const = default;
};

/// Floats on the VMs that hold them, in columns by hypervisor.
struct FloatBoard
{
    QList<BoardColumn> columns;
    QList<BoardCard> loose; ///< on no VM

    bool operator==(const FloatBoard &) const = default;
};

FloatBoard floatBoard(const Snapshot &snapshot);

} // namespace tropo
