#pragma once

#include "models/compare/change_log.h"

namespace tropo {

// The parts of a comparison, from the whole to its pieces. Each writes what differs into the log. Titles end
// a phrase: "of Acilamwen".

void compareHypervisor(const Hypervisor &before, const Hypervisor &after, ChangeLog &log);
void compareNetworks(const Hypervisor &before, const Hypervisor &after, ChangeLog &log);
void compareDomains(const Hypervisor &before, const Hypervisor &after, ChangeLog &log);
void compareForms(const Domain &before, const Domain &after, const Hypervisor &hypervisor,
                  const QString &subject, ChangeLog &log);
void compareGuests(const Guest &before, const Guest &after, const QString &subject, const QString &title,
                   ChangeLog &log);
void compareMachines(const Machine &before, const Machine &after, const QString &subject, bool isGuest,
                     const QString &title, ChangeLog &log);
/// Files by the interfaces that they configure, setting by setting. `whole`: every file was read in both, so
/// that one which is not there is gone.
void compareFiles(const QList<InterfaceConfig> &before, const QList<InterfaceConfig> &after, bool whole,
                  const QString &subject, bool isGuest, const QString &title, ChangeLog &log);
void compareEngines(const Engine &before, const Engine &after, const QString &subject, const QString &title,
                    ChangeLog &log);
void compareSwarms(const Engine &before, const Engine &after, const QString &subject, ChangeLog &log);

/// Who holds each float, and whether it answers.
void compareFloats(const Snapshot &before, const Snapshot &after, ChangeLog &log);
/// Findings that came and went. What stands on a document that the other one never had to read is not
/// comparable.
void compareFindings(const Snapshot &before, const Snapshot &after, ChangeLog &log);

// Words for values.
QString yesOrNo(bool value);
std::optional<QString> onOrOff(const std::optional<bool> &value);
QString stateWords(ContainerState state);

} // namespace tropo
