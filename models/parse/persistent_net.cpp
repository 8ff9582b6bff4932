#include "models/parse/persistent_net.h"

#include "models/parse/line_cursor.h"
#include "models/parse/problem_log.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// One `KEY{attribute}=="value"` of a rule.
struct Term
{
    QStringView key; ///< with its attribute: "ATTR{address}"
    QStringView op;  ///< "==", "!=", "=", ":=", "+="
    QStringView value;
};

bool isOperator(QChar c)
{
    return c == u'=' || c == u'!' || c == u'+' || c == u'-' || c == u':';
}

/// Takes the next term off a rule; nothing where what follows is none.
std::optional<Term> takeTerm(QStringView &rest)
{
    qsizetype at = 0;
    while (at < rest.size() && !isOperator(rest[at]) && rest[at] != u'"')
        at += rest[at] == u'{' ? qMax(rest.indexOf(u'}', at) - at, qsizetype(1)) : 1;
    const qsizetype op = at;
    while (at < rest.size() && isOperator(rest[at]))
        ++at;
    const QStringView key = rest.first(op).trimmed();
    const QStringView sign = rest.sliced(op, at - op);
    while (at < rest.size() && rest[at].isSpace())
        ++at;
    const qsizetype end = at < rest.size() && rest[at] == u'"' ? rest.indexOf(u'"', at + 1) : -1;
    if (key.isEmpty() || !sign.endsWith(u'=') || end < 0)
        return {};
    const Term term{key, sign, rest.sliced(at + 1, end - at - 1)};
    rest = rest.sliced(end + 1).trimmed();
    if (rest.startsWith(u','))
        rest = rest.sliced(1).trimmed();
    return term;
}

bool namesAddress(QStringView key)
{
    return key == u"ATTR{address}" || key == u"ATTRS{address}" || key == u"SYSFS{address}";
}

/// A rule over the lines `source`, continued lines joined.
void takeRule(QStringView rule, const Source &source, QList<PersistentName> &names, ProblemLog &problems)
{
    QStringView rest = rule.trimmed();
    std::optional<MacAddress> mac;
    QStringView name;
    while (!rest.isEmpty()) {
        const auto term = takeTerm(rest);
        if (!term) {
            problems.notUnderstood(source.first, rule);
            return;
        }
        if (namesAddress(term->key) && term->op == u"==")
            mac = MacAddress::fromString(term->value);
        else if (term->key == u"NAME" && (term->op == u"=" || term->op == u":="))
            name = term->value;
    }
    const bool isFixed = !name.isEmpty() && !name.contains(u'$') && !name.contains(u'%');
    if (mac && isFixed)
        names.append({*mac, bounded(name, 64), source});
}

} // namespace

Parsed<QList<PersistentName>> parsePersistentNet(const QByteArray &bytes, const QString &document)
{
    constexpr qsizetype longest = 16 * 1024; // udev's own bound for a rule
    ProblemLog problems(document);
    QList<PersistentName> names;
    const QString text = decodedText(bytes);
    QString joined;
    int first = 0;
    int last = 0;
    const auto finish = [&] {
        if (!joined.isEmpty())
            takeRule(joined, problems.at(first, last), names, problems);
        joined.clear();
    };
    for (LineCursor at(text); at.next();) {
        if (!joined.isEmpty() && at.number() > last + 1)
            finish();
        if (at.trimmed().startsWith(u'#'))
            continue;
        first = joined.isEmpty() ? at.number() : first;
        last = at.number();
        const bool continues = at.trimmed().endsWith(u'\\');
        joined += continues ? at.trimmed().chopped(1) : at.trimmed();
        if (!continues || joined.size() > longest)
            finish();
    }
    finish();
    return {names, problems.take()};
}

} // namespace tropo
