#include "models/rules/families.h"

#include <algorithm>

namespace tropo {

const std::vector<Rule> &ruleCatalogue()
{
    static const std::vector<Rule> rules = [] {
        std::vector<Rule> all;
        for (const auto family :
             {&floatFamily, &nicFamily, &networkFamily, &hostFamily, &guestFamily, &containerFamily})
            for (const Rule &rule : family())
                all.push_back(rule);
        return all;
    }();
    return rules;
}

const Rule *findRule(QStringView name)
{
    const auto &rules = ruleCatalogue();
    const auto it = std::find_if(rules.begin(), rules.end(),
                                 [name](const Rule &rule) { return name == QLatin1String(rule.name); });
    return it == rules.end() ? nullptr : &*it;
}

QString ruleFamily(QStringView name)
{
    const qsizetype dash = name.indexOf(u'-');
    return (dash < 0 ? name : name.first(dash)).toString();
}

} // namespace tropo
