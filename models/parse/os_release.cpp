#include "models/parse/os_release.h"

#include "models/parse/numbered_lines.h"
#include "models/parse/problem_log.h"

#include <QHash>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Without quotes and escapes; a quote that is not closed ends with the line.
QString plainValue(QStringView text)
{
    QString plain;
    QChar quote;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (quote.isNull() && i == 0 && (c == u'"' || c == u'\''))
            quote = c;
        else if (!quote.isNull() && c == quote)
            break;
        else if (c == u'\\' && quote != u'\'' && i + 1 < text.size())
            plain += text[++i];
        else
            plain += c;
    }
    return bounded(plain, 256);
}

/// The beginnings of redhat-release files and the id that os-release of the same system has.
struct Family
{
    QStringView name;
    QStringView id;
};

constexpr Family families[] = {
    {u"Fedora", u"fedora"},       {u"CentOS", u"centos"},         {u"Red Hat", u"rhel"}, {u"Rocky", u"rocky"},
    {u"AlmaLinux", u"almalinux"}, {u"Scientific", u"scientific"}, {u"Oracle", u"ol"},    {u"Amazon", u"amzn"},
};

} // namespace

Parsed<std::optional<OsRelease>> parseOsRelease(const QByteArray &text, const QString &document)
{
    if (!text.contains('='))
        return parseRedhatRelease(text, document);
    ProblemLog problems(document);
    QHash<QString, QString> values;
    Source source{document, 0, 0};
    const QString decoded = decodedText(text);
    for (const NumberedLine &line : numberedLines(decoded)) {
        const QStringView trimmed = line.text.trimmed();
        if (trimmed.isEmpty() || trimmed.startsWith(u'#'))
            continue;
        const qsizetype equals = trimmed.indexOf(u'=');
        if (equals <= 0) {
            problems.notUnderstood(line.number, trimmed);
            continue;
        }
        const QString key = bounded(trimmed.first(equals).trimmed(), 64);
        if (key != u"ID" && key != u"VERSION_ID" && key != u"PRETTY_NAME" && key != u"NAME" &&
            key != u"VERSION")
            continue;
        values[key] = plainValue(trimmed.sliced(equals + 1).trimmed());
        source.first = source.first == 0 ? line.number : source.first;
        source.last = line.number;
    }
    const auto value = [&values](QLatin1StringView key) { return values.value(QString(key)); };
    OsRelease os{value("ID"_L1).toLower(), value("VERSION_ID"_L1), value("PRETTY_NAME"_L1), source};
    if (os.pretty.isEmpty())
        os.pretty = QString(value("NAME"_L1) % u' ' % value("VERSION"_L1)).trimmed();
    if (os.id.isEmpty() && os.pretty.isEmpty()) {
        problems.add(0, u"neither ID nor PRETTY_NAME: not an os-release file"_s);
        return {{}, problems.take()};
    }
    return {os, problems.take()};
}

Parsed<std::optional<OsRelease>> parseRedhatRelease(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    std::optional<OsRelease> os;
    const QString decoded = decodedText(text);
    for (const NumberedLine &line : numberedLines(decoded)) {
        const std::vector<QStringView> words = wordsOf(line.text);
        if (words.empty())
            continue;
        const auto release = std::find(words.begin(), words.end(), QStringView(u"release"));
        const Family *family = nullptr;
        for (const Family &one : families)
            if (line.text.trimmed().startsWith(one.name))
                family = &one;
        if (os || !family || release == words.end() || release + 1 == words.end()) {
            problems.notUnderstood(line.number, line.text);
            continue;
        }
        QStringView version = *(release + 1);
        if (family->id == u"centos" && version.contains(u'.'))
            version = version.first(version.indexOf(u'.'));
        os = OsRelease{family->id.toString(), bounded(version, 64), bounded(line.text.trimmed(), 256),
                       problems.at(line.number)};
    }
    if (!os)
        problems.add(0, u"no line “NAME release VERSION”"_s);
    return {os, problems.take()};
}

} // namespace tropo
