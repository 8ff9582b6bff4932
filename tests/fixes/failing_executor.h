#pragma once

#include "models/fixes/executor.h"

namespace tropo::test {

enum class Fault {
    Refuses,      ///< nothing happens, and it says so
    Lies,         ///< nothing happens, and it says that it did
    DoesAndFails, ///< it happens, and an error comes back
};

/// Another executor, of which one action fails once.
class FailingExecutor : public Executor
{
public:
    FailingExecutor(Executor &inner, Action failing, Fault fault)
        : m_inner(inner), m_failing(std::move(failing)), m_fault(fault)
    {
    }

    Result<void> perform(const Action &action, const std::stop_token &stop) override
    {
        if (m_failed || action != m_failing)
            return m_inner.perform(action, stop);
        m_failed = true;
        if (m_fault == Fault::Lies)
            return {};
        if (m_fault == Fault::DoesAndFails)
            if (auto done = m_inner.perform(action, stop); !done)
                return done;
        return failure(ErrorKind::Timeout, QStringLiteral("trop02"), QStringLiteral("no answer within 20 s"));
    }
    Result<Observation> observe(const Condition &condition, const std::stop_token &stop) override
    {
        return m_inner.observe(condition, stop);
    }
    bool isSimulation() const override { return true; }
    bool hasFailed() const { return m_failed; }

private:
    Executor &m_inner;
    const Action m_failing;
    const Fault m_fault;
    bool m_failed = false;
};

} // namespace tropo::test
