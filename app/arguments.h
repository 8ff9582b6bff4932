#pragma once

#include "models/fixes/planner.h"
#include "models/result.h"
#include "models/severity.h"

#include <QSize>
#include <QStringList>

#include <optional>

namespace tropo {

enum class SourceKind { None, FleetFile, Capture, Demo };

/// What the operator asked for on the command line (`command-line.md`).
struct Request
{
    QString command; ///< "inspect", "capture", …; empty: the window
    SourceKind source = SourceKind::None;
    QString path; ///< of the fleet file or capture
    QString format = QStringLiteral("text");
    QStringList rules;
    Severity failOn = Severity::Error;
    QString output;
    QString text;       ///< identify's text, forecast's subject, compare's earlier capture
    QString secondText; ///< compare's later capture
    QString view;       ///< shot's
    QSize size{1600, 1000};
    QString select;
    QString with;         ///< shot's later capture, of the view of changes; report's text of the author
    QStringList findings; ///< report's, by id; empty: all
    QStringList pictures; ///< report's, by view
    QString title;        ///< report's
    QString journal;      ///< of the plan that report is to tell of
    QString attach;       ///< where report puts the capture that it was made from
    bool redact = false;  ///< hide whom the fleet belongs to
    bool dark = false;
    bool probeFloats = false; ///< ask from here whether the floats answer
    bool costs = false;       ///< say on standard error what collecting cost
    PlanRequest plan;         ///< plan's and apply's
    bool yes = false;         ///< apply without asking
    QString resumeJournal;    ///< apply goes on with the plan of this journal, or takes it back
    QString undoJournal;
    bool help = false;
    bool version = false;
};

/// Strict: an unknown command, option or value is an error that says what was expected.
Result<Request> parseArguments(const QStringList &arguments);

/// What --help prints.
QString helpText();

} // namespace tropo
