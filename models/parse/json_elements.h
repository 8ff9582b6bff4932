#pragma once

#include "models/parse/problem_log.h"

#include <QByteArray>
#include <QJsonObject>

namespace tropo {

/// An object of a JSON document and the lines it stands on.
struct JsonElement
{
    QJsonObject object;
    Source source;
};

/// The objects of a document as docker prints lists: an object a line (`--format '{{json .}}'`), or an array
/// of objects over many lines (`inspect`; several arrays one after another too). A broken object or line is a
/// problem and costs the others nothing.
QList<JsonElement> jsonElements(const QByteArray &text, ProblemLog &problems);

/// The one object of a document such as `docker info --format '{{json .}}'`; nothing, with a problem, where
/// there is none.
std::optional<JsonElement> jsonObject(const QByteArray &text, ProblemLog &problems);

} // namespace tropo
