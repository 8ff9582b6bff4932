#pragma once

#include <QWidget>

class QLineEdit;

namespace tropo {

/// The names that must be typed before a live service is cut off, exactly as they are.
class TypedNames final : public QWidget
{
    Q_OBJECT
public:
    explicit TypedNames(QWidget *parent = nullptr);

    /// Asks for these anew; hidden where there are none.
    void ask(const QStringList &names);
    bool isEmpty() const { return m_edits.isEmpty(); }
    bool isConfirmed() const;

Q_SIGNALS:
    void changed();

private:
    QList<QLineEdit *> m_edits;
};

} // namespace tropo
