#pragma once

#include "models/fleet/fleet.h"
#include "models/policy/policy.h"

namespace tropo {

/// Where something of a float can be seen, from what is declared to what answers.
enum class FloatLayer {
    Declared,   ///< the float table of the fleet file
    Persistent, ///< what the next start of a VM uses
    Live,       ///< what runs outside
    Forwarding, ///< behind which port bridges learned its MAC
    File,       ///< files inside guests
    Running,    ///< interfaces inside guests
    Neighbours, ///< which MAC others hold for its address
    Service,    ///< whether its address answered, where that was asked
};
constexpr int floatLayerCount = 8;

enum class LayerState {
    Agrees,    ///< with the float table, and with the layers before it
    Disagrees, ///< with one of them; or lacks what another layer has
    Absent,    ///< nothing there, and nothing missing
    NotKnown,  ///< not read
};

QString layerName(FloatLayer layer);  ///< "declared", "persistent-xml", "live-xml", "fdb", "guest-file", …
QString layerTitle(FloatLayer layer); ///< a few words: "Persistent XML"
QString stateName(LayerState state);  ///< "agrees", "disagrees", "absent", "not-known"

struct FloatCell
{
    FloatLayer layer = FloatLayer::Declared;
    LayerState state = LayerState::NotKnown;
    QString text;   ///< a few words for a table's cell
    QString detail; ///< sentences; empty where the text says all
    QList<Source> sources;

    bool operator==(const FloatCell &) const = default;
};

/// A machine that has something of a float.
struct FloatHolder
{
    QString subject;
    QString has; ///< "its MAC and its address", "its MAC", "its address"

    bool operator==(const FloatHolder &) const = default;
};

/// All that is known of one float.
struct FloatRow
{
    QString name;
    Ipv4 address;
    MacAddress mac;
    QList<FloatCell> cells; ///< one a layer, in their order
    QList<FloatHolder> holders;
    std::optional<FloatLayer> firstDisagreeing;

    bool operator==(const FloatRow &) const = default;
    QString subject() const;
    const FloatCell &cell(FloatLayer layer) const { return cells[static_cast<int>(layer)]; }
};

/// One row a float, in the order of the float table.
QList<FloatRow> floatRows(const Fleet &fleet, const Policy &policy);

} // namespace tropo
