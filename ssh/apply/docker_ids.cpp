#include "ssh/apply/docker_ids.h"

#include "models/text/plain_text.h"

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

Result<void> dockerId(const QString &id, const VmPlace &vm)
{
    constexpr qsizetype most = 64;
    const bool plain = !id.isEmpty() && id.size() <= most && std::all_of(id.cbegin(), id.cend(), [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9');
    });
    if (!plain)
        return failure(ErrorKind::Format, vm.subject(),
                       u"\"%1\" is no id of docker's, so nothing is done by it"_s.arg(visibleText(id, 80)));
    return {};
}

} // namespace tropo
