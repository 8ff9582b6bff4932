#include "views/shot.h"

#include "app/commands/commands.h"

namespace tropo {

using namespace Qt::StringLiterals;

std::optional<Error> shotRefusal(const Request &request)
{
    if (!viewNames().contains(request.view))
        return Error{ErrorKind::Usage,
                     {},
                     u"there is no view \"%1\" to picture; there are %2"_s.arg(request.view,
                                                                               viewNames().join(u", "_s))};
    if (!request.output.endsWith(u".png"_s, Qt::CaseInsensitive))
        return Error{ErrorKind::Usage, request.output, u"a picture's name must end in .png"_s};
    return {};
}

int runShot(const Request &request)
{
    const auto snapshot = snapshotOf(request);
    if (!snapshot)
        return fail(snapshot.error());
    const auto picture = renderView(*snapshot, request.view, request.size, request.select,
                                    request.dark ? Theme::Dark : Theme::Light);
    if (!picture)
        return fail(picture.error());
    if (!picture->save(request.output))
        return fail({ErrorKind::Io, request.output, u"the picture could not be written there"_s});
    return Done;
}

} // namespace tropo
