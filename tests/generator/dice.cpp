#include "tests/generator/dice.h"

namespace tropo::generator {

using namespace Qt::Literals::StringLiterals;

QString Dice::digits(int count, const char *alphabet)
{
    const auto size = static_cast<qsizetype>(qstrlen(alphabet));
    QString text;
    for (int i = 0; i < count; ++i)
        text += QLatin1Char(alphabet[below(size)]);
    return text;
}

QString Dice::uuid()
{
    return QString(hex(8) + u'-' + hex(4) + u"-4"_s + hex(3) + u'-' + digits(1, "89ab") + hex(3) + u'-' +
                   hex(12));
}

QString Dice::name()
{
    static const QStringList heads{u"Ar"_s, u"Bel"_s, u"Dwi"_s, u"Eth"_s,  u"Gal"_s, u"Ibal"_s, u"Kor"_s,
                                   u"Lo"_s, u"Mir"_s, u"Os"_s,  u"Quen"_s, u"Rho"_s, u"Thal"_s, u"Ul"_s};
    static const QStringList middles{u"a"_s,   u"ae"_s,  u"and"_s, u"eri"_s, u"ith"_s,
                                     u"olo"_s, u"ora"_s, u"u"_s,   u"yb"_s};
    static const QStringList tails{u"char"_s, u"dril"_s, u"gon"_s, u"hiel"_s, u"lin"_s,
                                   u"mar"_s,  u"nor"_s,  u"vel"_s, u"wyn"_s};
    return QString(of(heads) + of(middles) + of(tails));
}

} // namespace tropo::generator
