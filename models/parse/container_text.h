#pragma once

#include "models/fleet/container.h"

#include <QStringView>

namespace tropo {

/// "Up 5 days (healthy)", "Exited (0) 2 weeks ago", … as `docker ps` prints it (docker's container/state.go).
ContainerState stateFromStatus(QStringView status);
/// "running", "paused", … as ps's State and inspect's State.Status name it.
ContainerState stateFromWord(QStringView word);
/// What a status tells of health checks: a container that is up and says nothing has none.
Health healthFromStatus(QStringView status);

/// "0.0.0.0:8000-8001->8000-8001/tcp, :::80->80/tcp, 9000/udp", ranges taken apart. At most `budget`
/// mappings, which is lowered by those made; nothing where the text is in another form or the budget is used
/// up.
std::optional<QList<PortMapping>> portsFromText(QStringView text, int &budget);

/// "a=b,c=d" as ps prints labels. A comma inside a value is not marked: a piece without "=" goes on with the
/// value before it; one with "=" is taken for a label (inspect tells exactly).
QMap<QString, QString> labelsFromText(QStringView text);

/// Swarm's task of a container from its labels, else from its name NAME.SLOT.TASKID (or NAME.NODEID.TASKID of
/// a global service); nothing for a container that Swarm did not make.
std::optional<SwarmTaskLabel> taskFrom(const QMap<QString, QString> &labels, QStringView name);

/// The name of several ("web,other/alias" where others link to it).
QString ownName(QStringView names);

/// A command as ps prints it, without the quotes around it; a cut one keeps its "…".
QString commandText(QStringView printed);

} // namespace tropo
