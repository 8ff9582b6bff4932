#include "models/parse/libvirt_volumes.h"

#include "models/parse/json_fields.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

Parsed<QList<Volume>> parseVolumesJson(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    QList<Volume> volumes;
    const QList<JsonElement> elements = jsonElements(text, problems);
    for (const JsonElement &element : elements) {
        const JsonFields fields(element, problems);
        const Volume volume{fields.text("pool"_L1),   fields.text("name"_L1),    fields.text("path"_L1),
                            fields.text("format"_L1), fields.text("backing"_L1), fields.source()};
        if (volume.name.isEmpty() && volume.path.isEmpty())
            fields.complain("name"_L1, u"missing, the volume is left out"_s);
        else
            volumes.append(volume);
    }
    return {volumes, problems.take()};
}

} // namespace tropo
