#include "models/parse/package_history.h"

#include "models/parse/config_values.h"
#include "models/parse/numbered_lines.h"
#include "models/parse/problem_log.h"

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// "2018-10-16 13:41" or "2026-11-23 21:16:08"
QDateTime timeFrom(QStringView text)
{
    if (text.size() != 16 && text.size() != 19)
        return {};
    const QDate date = QDate::fromString(text.first(10).toString(), Qt::ISODate);
    const QTime time = QTime::fromString(text.sliced(11).toString(), Qt::ISODate);
    return date.isValid() && time.isValid() ? QDateTime(date, time) : QDateTime();
}

/// What yum and dnf print around the table.
bool isTalk(QStringView line)
{
    for (const QStringView start :
         {QStringView(u"---"), QStringView(u"Loaded plugins:"), QStringView(u"history list"),
          QStringView(u"Last metadata expiration"), QStringView(u"Updating Subscription")})
        if (line.startsWith(start))
            return true;
    return false;
}

class HistoryReader
{
public:
    explicit HistoryReader(const QString &document) : m_log(document) {}

    Parsed<QList<PackageTransaction>> read(const QByteArray &text)
    {
        const QString decoded = decodedText(text);
        for (const NumberedLine &line : numberedLines(decoded))
            if (const QStringView trimmed = line.text.trimmed(); !trimmed.isEmpty())
                readLine(line, trimmed);
        if (m_history.isEmpty())
            m_history = m_installed;
        if (m_oldestFirst)
            std::reverse(m_history.begin(), m_history.end());
        std::stable_sort(
            m_history.begin(), m_history.end(),
            [](const PackageTransaction &a, const PackageTransaction &b) { return a.time > b.time; });
        return {m_history, m_log.take()};
    }

private:
    void readLine(const NumberedLine &line, QStringView trimmed)
    {
        if (trimmed.startsWith(u"ID ") && trimmed.contains(u"Date and time")) {
            m_hasCommand = trimmed.contains(u"Command line");
            m_bars = trimmed.contains(u'|');
            m_commandAt = line.text.indexOf(u"Command line");
            m_dateAt = line.text.indexOf(u"Date and time");
        } else if (m_dateAt >= 0 && trimmed.front().isDigit() &&
                   (m_bars ? readBars(line) : readColumns(line))) {
            return;
        } else if (!isTalk(trimmed) && !readDpkg(line.number, trimmed)) {
            m_log.notUnderstood(line.number, trimmed);
        }
    }

    bool append(QStringView id, QStringView command, QStringView time, QStringView action, int line)
    {
        PackageTransaction one;
        const auto number = plainNumber(id.trimmed());
        one.time = timeFrom(time.trimmed());
        if (!number || !one.time.isValid())
            return false;
        one.id = *number;
        if (m_hasCommand)
            one.command = bounded(command.trimmed());
        one.action = bounded(action.trimmed(), 256);
        one.source = m_log.at(line);
        m_history.append(one);
        return true;
    }

    /// ID | Command line | Date and time | Action(s) | Altered; a command may have bars of its own.
    bool readBars(const NumberedLine &line)
    {
        const QList<QStringView> cells = line.text.split(u'|');
        if (cells.size() < 5)
            return false;
        const QStringView time = cells[cells.size() - 3];
        const QStringView command(cells[1].begin(), cells[cells.size() - 4].end());
        return append(cells[0], command, time, cells[cells.size() - 2], line.number);
    }

    /// dnf 5: the same columns without bars, under their headings; the actions are a count.
    bool readColumns(const NumberedLine &line)
    {
        const QStringView text = line.text;
        const qsizetype command = m_commandAt < 0 ? m_dateAt : m_commandAt;
        if (text.size() < m_dateAt + 19 || command > m_dateAt)
            return false;
        return append(text.first(command), text.sliced(command, m_dateAt - command),
                      text.sliced(m_dateAt, 19), text.sliced(m_dateAt + 19), line.number);
    }

    /// "2026-11-23 21:16:08 install docker.io:amd64 <none> 20.10.24+dfsg1-1"
    bool readDpkg(int number, QStringView line)
    {
        if (line.size() < 20)
            return false;
        PackageTransaction one;
        one.time = timeFrom(line.first(19));
        const std::vector<QStringView> words = wordsOf(line.sliced(19));
        if (!one.time.isValid() || words.size() < 2)
            return false;
        m_oldestFirst = true;
        const QStringView action = words[0];
        const bool installed = action == u"status" && words[1] == u"installed" && words.size() > 2;
        one.action = installed ? u"installed"_s : bounded(action, 64);
        one.command = bounded(words[installed ? 2 : 1], 256);
        if (words.size() > 3)
            one.command += u' ' + bounded(words[3], 256);
        one.source = m_log.at(number);
        if (installed)
            m_installed.append(one);
        else if (action == u"install" || action == u"upgrade" || action == u"remove" || action == u"purge")
            m_history.append(one);
        else
            return action == u"status" || action == u"startup" || action == u"configure" ||
                   action == u"trigproc" || action == u"conffile" || action == u"disappear";
        return true;
    }

    ProblemLog m_log;
    QList<PackageTransaction> m_history;
    QList<PackageTransaction> m_installed;
    bool m_oldestFirst = false;
    bool m_hasCommand = false;
    bool m_bars = false;
    qsizetype m_commandAt = -1;
    qsizetype m_dateAt = -1;
};

} // namespace

Parsed<QList<PackageTransaction>> parsePackageHistory(const QByteArray &text, const QString &document)
{
    return HistoryReader(document).read(text);
}

} // namespace tropo
