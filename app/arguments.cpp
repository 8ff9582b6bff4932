#include "app/arguments.h"

#include <QCommandLineParser>

namespace tropo {

namespace {

using namespace Qt::StringLiterals;

struct Command
{
    QString name;
    QStringList options;   ///< beside the source's
    QStringList operands;  ///< by name, all needed
    bool onlyLive = false; ///< takes --fleet alone
    bool needsSource = true;
    bool takesPlan = false; ///< a plan's name and its words in place of operands
};

const QList<Command> &commands()
{
    static const QList<Command> all{
        {QString(), {}, {}, false, false},
        {u"inspect"_s,
         {u"format"_s, u"rule"_s, u"fail-on"_s, u"probe-floats"_s, u"costs"_s},
         {},
         false,
         true},
        {u"capture"_s, {u"output"_s, u"probe-floats"_s, u"costs"_s}, {}, true, true},
        {u"compare"_s, {u"format"_s}, {u"PATH"_s, u"PATH"_s}, false, false},
        {u"forecast"_s, {u"format"_s}, {u"SUBJECT"_s}, false, true},
        {u"identify"_s, {u"format"_s}, {u"TEXT"_s}, false, true},
        {u"shot"_s,
         {u"view"_s, u"output"_s, u"size"_s, u"select"_s, u"with"_s, u"dark"_s, u"redact"_s},
         {},
         false,
         true},
        {u"plan"_s, {u"format"_s, u"keep"_s, u"to"_s, u"revert"_s}, {}, false, true, true},
        {u"apply"_s,
         {u"keep"_s, u"to"_s, u"revert"_s, u"yes"_s, u"resume"_s, u"undo"_s},
         {},
         false,
         true,
         true},
        {u"report"_s,
         {u"output"_s, u"finding"_s, u"picture"_s, u"title"_s, u"text"_s, u"journal"_s, u"attach"_s,
          u"redact"_s},
         {},
         false,
         true},
        {u"rules"_s, {u"format"_s}, {}, false, false},
    };
    return all;
}

const Command *commandNamed(const QString &name)
{
    for (const Command &command : commands())
        if (command.name == name)
            return &command;
    return nullptr;
}

QString commandNames()
{
    QStringList names;
    for (const Command &command : commands())
        if (!command.name.isEmpty())
            names.append(command.name);
    return names.join(u", "_s);
}

tl::unexpected<Error> usage(const QString &message)
{
    return failure(ErrorKind::Usage, QString(), message + u" (see troposcope --help)"_s);
}

void addOptions(QCommandLineParser &parser, const Command &command)
{
    const auto value = [&parser](const QString &name) { parser.addOption({name, QString(), name}); };
    if (command.needsSource || command.name.isEmpty()) {
        value(u"fleet"_s);
        if (!command.onlyLive) {
            value(u"capture"_s);
            parser.addOption({u"demo"_s, QString()});
        }
    }
    for (const QString &option : command.options) {
        if (option == u"dark" || option == u"costs" || option == u"redact" || option == u"probe-floats" ||
            option == u"yes")
            parser.addOption({option, QString()});
        else
            value(option);
    }
    parser.addOption({{u"h"_s, u"help"_s}, QString()});
    parser.addOption({{u"v"_s, u"version"_s}, QString()});
}

/// The later of two would win in silence, and the operator meant both.
Result<void> refuseTwice(const QCommandLineParser &parser)
{
    QStringList names = parser.optionNames();
    for (const QString &many : {u"rule"_s, u"finding"_s, u"picture"_s})
        names.removeAll(many);
    for (const QString &name : names)
        if (names.count(name) > 1)
            return usage(u"--%1 is given twice"_s.arg(name));
    return {};
}

Result<void> readSource(const QCommandLineParser &parser, const Command &command, Request &request)
{
    const auto given = [&parser](const QString &name) { return parser.optionNames().contains(name); };
    int sources = 0;
    if (given(u"fleet"_s) && ++sources) {
        request.source = SourceKind::FleetFile;
        request.path = parser.value(u"fleet"_s);
    }
    if (given(u"capture"_s) && ++sources) {
        request.source = SourceKind::Capture;
        request.path = parser.value(u"capture"_s);
    }
    if (given(u"demo"_s) && ++sources)
        request.source = SourceKind::Demo;
    if (sources > 1)
        return usage(u"give one of --fleet, --capture and --demo, not several"_s);
    if (sources == 0 && command.needsSource)
        return usage(command.onlyLive
                         ? u"%1 needs --fleet FILE"_s.arg(command.name)
                         : u"%1 needs --fleet FILE, --capture PATH or --demo"_s.arg(command.name));
    if (command.name == u"apply" && request.source == SourceKind::Capture)
        return usage(u"a capture cannot be changed: apply needs --fleet FILE, or --demo for a simulation"_s);
    if (request.source != SourceKind::None && request.source != SourceKind::Demo && request.path.isEmpty())
        return usage(u"the source's path is empty"_s);
    return {};
}

Result<QSize> readSize(const QString &text)
{
    const QStringList parts = text.split(u'x');
    bool isWidth = false;
    bool isHeight = false;
    const QSize size(parts.value(0).toInt(&isWidth), parts.value(1).toInt(&isHeight));
    constexpr QSize least(640, 400);
    constexpr QSize most(8000, 8000);
    if (parts.size() != 2 || !isWidth || !isHeight || size.expandedTo(least) != size ||
        size.boundedTo(most) != size)
        return usage(u"--size must be WIDTHxHEIGHT from 640x400 to 8000x8000, as 1600x1000"_s);
    return size;
}

Result<void> readValues(const QCommandLineParser &parser, Request &request)
{
    const auto given = [&parser](const QString &name) { return parser.optionNames().contains(name); };
    if (given(u"format"_s))
        request.format = parser.value(u"format"_s);
    const bool mayBeShell = request.command == u"plan";
    if (request.format != u"text" && request.format != u"json" && !(mayBeShell && request.format == u"sh"))
        return usage(mayBeShell ? u"--format must be text, json or sh"_s
                                : u"--format must be text or json"_s);
    if (given(u"fail-on"_s)) {
        const auto severity = severityFromName(parser.value(u"fail-on"_s));
        if (!severity)
            return usage(u"--fail-on must be error, warning or info"_s);
        request.failOn = *severity;
    }
    if (given(u"size"_s)) {
        const auto size = readSize(parser.value(u"size"_s));
        if (!size)
            return tl::unexpected(size.error());
        request.size = *size;
    }
    if (given(u"rule"_s))
        request.rules = parser.values(u"rule"_s);
    for (const auto &[name, field] :
         {std::pair(u"output"_s, &request.output), std::pair(u"view"_s, &request.view),
          std::pair(u"select"_s, &request.select), std::pair(u"with"_s, &request.with),
          std::pair(u"text"_s, &request.with), std::pair(u"title"_s, &request.title),
          std::pair(u"journal"_s, &request.journal), std::pair(u"attach"_s, &request.attach)})
        if (given(name))
            *field = parser.value(name);
    if (given(u"finding"_s))
        request.findings = parser.values(u"finding"_s);
    if (given(u"picture"_s))
        request.pictures = parser.values(u"picture"_s);
    request.redact = given(u"redact"_s);
    request.dark = given(u"dark"_s);
    request.probeFloats = given(u"probe-floats"_s);
    request.costs = given(u"costs"_s);
    if ((request.probeFloats || request.costs) && request.source != SourceKind::FleetFile)
        return usage(u"--%1 needs --fleet FILE: nothing is read live without it"_s.arg(
            request.probeFloats ? u"probe-floats"_s : u"costs"_s));
    return {};
}

/// The plan's name, its words and its choices; or the journal of one that was begun.
Result<void> readPlan(const QCommandLineParser &parser, const Command &command, Request &request)
{
    const QStringList words = parser.positionalArguments();
    const QStringList given = parser.optionNames();
    request.yes = given.contains(u"yes"_s);
    if (command.name == u"apply") {
        request.resumeJournal = parser.value(u"resume"_s);
        request.undoJournal = parser.value(u"undo"_s);
    }
    for (const QString &choice : {u"keep"_s, u"to"_s, u"revert"_s})
        if (given.contains(choice))
            request.plan.options.insert(choice, parser.value(choice));
    if (given.contains(u"resume"_s) || given.contains(u"undo"_s)) {
        if (given.contains(u"resume"_s) && given.contains(u"undo"_s))
            return usage(u"give one of --resume and --undo, not both"_s);
        if (!words.isEmpty() || !request.plan.options.isEmpty())
            return usage(u"the journal says which plan it is; give no other with it"_s);
        if (request.resumeJournal.isEmpty() && request.undoJournal.isEmpty())
            return usage(u"the journal's path is empty"_s);
        return {};
    }
    if (words.isEmpty() || words.contains(QString()))
        return usage(u"%1 needs PLAN ARGS…, as \"%1 float-release float1\""_s.arg(command.name));
    request.plan.name = words.front();
    request.plan.arguments = words.mid(1);
    return {};
}

Result<void> readOperands(const QCommandLineParser &parser, const Command &command, Request &request)
{
    QStringList operands = parser.positionalArguments();
    if (!request.rules.isEmpty()) {
        request.rules += operands; // --rule NAME NAME…
        operands.clear();
    }
    if (operands.size() > command.operands.size())
        return usage(u"\"%1\" is one argument too many"_s.arg(operands.at(command.operands.size())));
    if (operands.size() < command.operands.size() || operands.contains(QString()))
        return usage(u"%1 needs %2"_s.arg(command.name, command.operands.join(u' ')));
    request.text = operands.value(0);
    request.secondText = operands.value(1);
    for (const QString &needed : {u"output"_s, u"view"_s}) {
        const bool missing = (needed == u"output" ? request.output : request.view).isEmpty();
        if (command.options.contains(needed) && missing)
            return usage(u"%1 needs --%2"_s.arg(command.name, needed));
    }
    return {};
}

} // namespace

Result<Request> parseArguments(const QStringList &arguments)
{
    QStringList rest = arguments.mid(1);
    Request request;
    if (!rest.isEmpty() && !rest.front().startsWith(u'-'))
        request.command = rest.takeFirst();
    const bool hasEmptyName = request.command.isEmpty() && rest.size() + 1 < arguments.size();
    const Command *command = hasEmptyName ? nullptr : commandNamed(request.command);
    if (!command)
        return usage(u"\"%1\" is no command; there are %2"_s.arg(request.command, commandNames()));
    QCommandLineParser parser;
    parser.setSingleDashWordOptionMode(QCommandLineParser::ParseAsLongOptions);
    addOptions(parser, *command);
    rest.prepend(u"troposcope"_s);
    if (!parser.parse(rest))
        return usage(parser.errorText());
    request.help = parser.isSet(u"help"_s);
    request.version = parser.isSet(u"version"_s);
    if (request.help || request.version)
        return request;
    if (auto ok = refuseTwice(parser); !ok)
        return tl::unexpected(ok.error());
    if (auto ok = readSource(parser, *command, request); !ok)
        return tl::unexpected(ok.error());
    if (auto ok = readValues(parser, request); !ok)
        return tl::unexpected(ok.error());
    if (auto ok = command->takesPlan ? readPlan(parser, *command, request)
                                     : readOperands(parser, *command, request);
        !ok)
        return tl::unexpected(ok.error());
    return request;
}

namespace {

QString planLines()
{
    QString text;
    for (const PlanKind &kind : planCatalogue())
        text += u"  %1 %2\n"_s.arg(QLatin1String(kind.name), QLatin1String(kind.usage));
    return text;
}

} // namespace

QString helpText()
{
    return uR"(Troposcope shows a fleet of libvirt hypervisors as it is, and what is wrong with it.

  troposcope [--fleet FILE | --capture PATH | --demo]        open the window
  troposcope inspect  SOURCE [--format text|json] [--rule NAME...] [--fail-on error|warning|info]
  troposcope capture  --fleet FILE --output PATH             take a capture (folder, .zip or .tar.gz)
  troposcope compare  PATH PATH [--format text|json]         what changed between two captures
  troposcope forecast SUBJECT SOURCE [--format text|json]    what a restart of a hypervisor or VM would change
  troposcope identify TEXT SOURCE [--format text|json]       what a MAC, address or name is, and whose
  troposcope shot     SOURCE --view NAME --output FILE.png [--size 1600x1000] [--select SUBJECT] [--dark]
                      [--redact]                             view changes: --with PATH is the capture to compare with
  troposcope plan     PLAN ARGS... SOURCE [--format text|json|sh]
                                                             print a plan, change nothing
  troposcope apply    PLAN ARGS... --fleet FILE [--yes]      make and apply a plan; with --demo, simulate it
  troposcope apply    --resume JOURNAL | --undo JOURNAL --fleet FILE [--yes]
                                                             go on with a plan that was cut off, or take it back
  troposcope report   SOURCE --output FILE.html|.pdf|.md [--finding ID...] [--picture VIEW...] [--title TEXT]
                      [--text FILE.md] [--journal FILE] [--attach PATH] [--redact]
                                                             an incident note; --journal tells of a plan that was applied,
                                                             --attach writes the capture beside it
  troposcope rules    [--format text|json]                   the catalogue

PLAN ARGS is one of
%1
SUBJECT is a hypervisor, or a VM as NAME, or HYPERVISOR/NAME where two bear it.
SOURCE is --fleet FILE (read the machines now), --capture PATH or --demo.
With --redact, shot and report show stand-ins for public addresses, MACs, ids and keys, and for names of machines, people
and images; the list of them goes to standard output, for you alone.
With --probe-floats, inspect and capture also ask from here whether the floats answer (TCP 80, 443 and 22).
With --costs, inspect and capture say on standard error what reading each machine cost.
A plan is shown whole, and applied after your yes: where it cuts off a service, the VM's name is to be typed; --yes says
so beforehand. Every step is recorded in $XDG_STATE_HOME/troposcope/journal (~/.local/state/troposcope/journal).
The window looks for a fleet file in $XDG_CONFIG_HOME/troposcope/fleet.toml.

Exit status: 0 done, and nothing at or above --fail-on (default error); 1 findings at or above it, or a plan that
failed; 2 the program could not do what was asked, said in one line on standard error.
)"_s.arg(planLines());
}

} // namespace tropo
