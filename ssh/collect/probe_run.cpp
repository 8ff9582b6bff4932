#include "ssh/collect/probe_run.h"

#include "models/text/shell_quote.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

using Clock = std::chrono::steady_clock;

/// The whole probe may last so many times the limit of one of its commands.
constexpr int totalFactor = 30;
/// Of a command's limit: the probe itself ends what lasts longer, and says so. Ours is for a machine that
/// hangs.
constexpr std::chrono::milliseconds grace(5000);

/// From one first part to the next.
constexpr std::chrono::seconds between(2);

Result<QByteArray> commandLine(const QStringList &arguments)
{
    QByteArray line = "sh -s --";
    for (const QString &argument : arguments) {
        const Result<QByteArray> quoted = shellQuoted(argument);
        if (!quoted)
            return quoted;
        line += ' ' + *quoted;
    }
    return line;
}

bool isSlow(const QString &path)
{
    return path == "package-history.txt"_L1 || path.startsWith("docker/"_L1);
}

/// Gives the first parts, at their times.
class PartGiver
{
public:
    PartGiver(const ProbePlace &place, const ReadTask &task) : m_place(place), m_task(task) {}

    void look(const ProbeReader &reader)
    {
        const auto now = Clock::now();
        const qsizetype count = reader.count();
        const bool due = now - m_last >= between || (m_given == 0 && isSlow(reader.openPath()));
        if (reader.done() || !due || count == m_given)
            return;
        m_given = count;
        m_last = now;
        m_task.part(firstPart(m_place, reader));
    }

private:
    const ProbePlace &m_place;
    const ReadTask &m_task;
    qsizetype m_given = 0;
    Clock::time_point m_last = Clock::now();
};

/// Why the probe did not come to its end, if so.
std::optional<Error> whyItEnded(const ProbeReader &reader, const Result<int> &status)
{
    if (reader.done())
        return {};
    if (reader.error())
        return Error{
            reader.error()->kind, {}, reader.error()->message + u"; see what its login shell prints"};
    if (!status)
        return status.error();
    const QString noise = reader.noise().simplified().left(300);
    const QString said = noise.isEmpty() ? QString() : QString(u" and said: " + noise);
    if (!reader.started())
        return Error{ErrorKind::Format,
                     {},
                     u"sh could not run the probe there: it ended with status %1%2"_s.arg(*status).arg(said)};
    return Error{
        ErrorKind::Format, {}, u"the probe ended early, with status %1; refresh to try again"_s.arg(*status)};
}

} // namespace

Harvest runProbe(RemoteMachine &machine, const QByteArray &script, const QStringList &arguments,
                 const ProbePlace &place, const ReadTask &task)
{
    task.report(SourceState::Reading, u"runs the probe"_s);
    ProbeReader reader;
    PartGiver parts(place, task);
    const Result<QByteArray> line = commandLine(arguments);
    if (!line)
        return probeHarvest(place, reader, line.error());
    RemoteCommand command;
    command.line = *line;
    command.input = script;
    command.silenceLimit = std::chrono::seconds(place.limitSeconds) + grace;
    command.totalLimit = std::chrono::seconds(place.limitSeconds) * totalFactor;
    // A machine that breaks the protocol is not listened to any longer.
    std::stop_source enough;
    const std::stop_callback passOn(task.stop, [&] { enough.request_stop(); });
    command.onOutput = [&](QByteArrayView bytes) {
        reader.feedOutput(bytes);
        if (reader.error())
            enough.request_stop();
        parts.look(reader);
    };
    command.onErrors = [&](QByteArrayView bytes) { reader.feedErrors(bytes); };
    const Result<int> status = machine.run(command, enough.get_token());
    return probeHarvest(place, reader, whyItEnded(reader, status));
}

} // namespace tropo
