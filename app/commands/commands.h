#pragma once

#include "app/arguments.h"
#include "models/redact/redaction.h"
#include "models/snapshot.h"

#include <QJsonObject>

namespace tropo {

/// Exit statuses of command-line.md.
enum ExitStatus { Done = 0, Found = 1, Failed = 2 };

// Each command: results on standard output, messages on standard error, an exit status back.
int runInspect(const Request &request);
int runCapture(const Request &request);
int runCompare(const Request &request);
int runForecast(const Request &request);
int runIdentify(const Request &request);
int runShot(const Request &request);
/// What is wrong with a request for a picture, before anything is read.
std::optional<Error> shotRefusal(const Request &request);
int runReport(const Request &request);
/// What is wrong with a request for a report, before anything is read.
std::optional<Error> reportRefusal(const Request &request);
int runRules(const Request &request);
/// Prints a plan.
int runPlanCommand(const Request &request);
/// Makes a plan and carries it out, or goes on with one.
int runApply(const Request &request);

/// The snapshot that the request's source gives: read live now, or from a capture, or the demo. Progress of a
/// live reading goes to standard error.
Result<SnapshotPtr> snapshotOf(const Request &request);
/// A live source read again: one hypervisor where only one is named, else all.
Result<SnapshotPtr> readAgain(const Request &request, const Snapshot &before, const QStringList &hypervisors);

void printOut(const QString &text);
/// Both end the command: the status given, or Failed where standard output does not take the result.
int printResult(const QString &text, ExitStatus status = Done);
int printResult(const QJsonObject &object, ExitStatus status = Done);
/// What is shown in place of what, for standard output: it is the author's alone. Warns of what stays.
QString toldOf(const Redaction &redaction);
/// One line, made safe for a terminal.
void printError(const QString &text);
int fail(const Error &error);

} // namespace tropo
