#include "models/rules/rule.h"

#include "app/commands/commands.h"

#include <QJsonArray>
#include <QJsonObject>

namespace tropo {

using namespace Qt::StringLiterals;

int runRules(const Request &request)
{
    QJsonArray list;
    QString text;
    for (const Rule &rule : ruleCatalogue()) {
        const auto word = [](const char *english) { return QString::fromUtf8(english); };
        list.append(QJsonObject{{u"rule"_s, word(rule.name)},
                                {u"severity"_s, severityName(rule.severity)},
                                {u"title"_s, word(rule.title)},
                                {u"explanation"_s, word(rule.explanation)},
                                {u"reads"_s, word(rule.reads)},
                                {u"consequence"_s, word(rule.consequence)},
                                {u"fixes"_s, QJsonArray::fromStringList(rule.fixes)}});
        text += u"%1  %2\n    %3\n    Fires when: %4\n    If left: %5\n\n"_s.arg(
            word(rule.name), severityName(rule.severity), word(rule.title), word(rule.explanation),
            word(rule.consequence));
    }
    return request.format == u"json" ? printResult(QJsonObject{{u"format"_s, 1}, {u"rules"_s, list}})
                                     : printResult(text);
}

} // namespace tropo
