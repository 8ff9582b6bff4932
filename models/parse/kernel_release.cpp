#include "models/parse/kernel_release.h"

#include "models/parse/line_cursor.h"
#include "models/parse/problem_log.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// The word of a line that is the release; empty where there is none.
QStringView releaseIn(QStringView line)
{
    const auto words = wordsOf(line);
    const auto isRelease = [](QStringView word) {
        return word.size() <= 256 && word.front().isDigit() && word.contains(u'.');
    };
    if (words.size() == 1 && isRelease(words[0]))
        return words[0];
    return words.size() > 2 && words[0] == u"Linux" && isRelease(words[2]) ? words[2] : QStringView();
}

} // namespace

Parsed<std::optional<Sourced<QString>>> parseKernelRelease(const QByteArray &bytes, const QString &document)
{
    ProblemLog problems(document);
    std::optional<Sourced<QString>> found;
    const QString text = decodedText(bytes);
    for (LineCursor at(text); at.next();) {
        const QStringView release = releaseIn(at.trimmed());
        if (found || release.isEmpty())
            problems.notUnderstood(at.number(), at.trimmed());
        else
            found = Sourced<QString>{release.toString(), problems.at(at.number())};
    }
    if (!found)
        problems.add(0, u"no kernel release"_s);
    return {found, problems.take()};
}

} // namespace tropo
