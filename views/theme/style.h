#pragma once

#include <QProxyStyle>

namespace tropo {

/// Fusion with more air, flat headers, and outlines and focus that can be seen in the dark as well.
class Style final : public QProxyStyle
{
    Q_OBJECT
public:
    Style();

    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
};

} // namespace tropo
