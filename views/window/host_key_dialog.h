#pragma once

#include "models/collect/host_key.h"

#include <QDialog>

namespace tropo {

/// Shows an unknown host key and asks, once. Use open(); the answer comes by signal, a closed dialog refuses.
class HostKeyDialog final : public QDialog
{
    Q_OBJECT
public:
    explicit HostKeyDialog(const HostKeyQuestion &question, QWidget *parent = nullptr);

Q_SIGNALS:
    void answered(const HostKeyQuestion &question, HostKeyAnswer answer);

private:
    void answer(HostKeyAnswer answer);

    HostKeyQuestion m_question;
};

} // namespace tropo
