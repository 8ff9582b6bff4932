#pragma once

#include "models/floats/float_row.h"
#include "models/rules/float_facts.h"
#include "models/rules/who_wins.h"

namespace tropo {

/// What the layers of one float are read from.
struct FloatInput
{
    const Fleet &fleet;
    const Policy &policy;
    const VmIndex &index;
    const Witnesses &witnesses;
    const FloatPolicy &floating;
    QList<FloatFacts> claims;     ///< of the VMs that have something of it
    QStringList hosts;            ///< hypervisors whose own system has its address
    bool allNicsKnown = false;    ///< so that "nobody" can be said
    bool allInsidesKnown = false; ///< the same of the inside of every running VM

    bool isHeld() const { return !claims.isEmpty() || !hosts.isEmpty(); }
};

FloatCell declaredLayer(const FloatInput &input);
FloatCell persistentLayer(const FloatInput &input);
/// `settled`: names of the VMs that have it in the persistent layer.
FloatCell liveLayer(const FloatInput &input, const QStringList &settled);
FloatCell forwardingLayer(const FloatInput &input);
FloatCell fileLayer(const FloatInput &input);
FloatCell runningLayer(const FloatInput &input);
FloatCell neighboursLayer(const FloatInput &input);
FloatCell serviceLayer(const FloatInput &input);

/// What one VM has in one layer.
struct Share
{
    enum class What {
        Right,         ///< as the float table says
        Wrong,         ///< something of it, but not so
        Lacking,       ///< nothing, and it was read
        NotKnown,      ///< not read
        NotApplicable, ///< a VM that is off has nothing that runs
    };
    What what = What::NotKnown;
    QString vm;
    QString text;   ///< what it has, in a few words
    QString detail; ///< a sentence
    QList<Source> sources;
};

/// Puts the shares of the VMs that have something of a float together. `nobody`: what stands in the cell
/// where no VM has anything of it; `allKnown`: whether every VM was read, so that this can be said.
FloatCell joined(FloatLayer layer, const QList<Share> &shares, const QString &nobody, bool allKnown);

} // namespace tropo
