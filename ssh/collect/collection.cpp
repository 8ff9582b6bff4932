#include "ssh/collect/collection.h"

#include "ssh/collect/declared_repository.h"

#include <algorithm>
#include <thread>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// A guest that has not connected in this time no longer counts against `parallel`.
constexpr std::chrono::milliseconds patience(2000);

/// Why a source gave nothing or not all: the error that names it.
QString ownError(const Harvest &harvest)
{
    for (const SourceError &error : harvest.errors)
        if (error.source == harvest.source)
            return error.message;
    return harvest.answered || harvest.errors.isEmpty() ? QString() : harvest.errors.constFirst().message;
}

} // namespace

Collection::Collection(const Policy &policy, const CollectScope &scope, const CollectEvents &events)
    : m_policy(policy),
      m_scope(scope),
      m_events(events),
      m_slots(std::make_shared<Slots>(policy.parallel, patience))
{
}

std::shared_ptr<Collection> Collection::start(const Policy &policy, const CollectScope &scope,
                                              const MachineReaderFactory &factory,
                                              const CollectEvents &events)
{
    const std::shared_ptr<Collection> collection(new Collection(policy, scope, events));
    QList<HypervisorPolicy> hypervisors;
    for (const HypervisorPolicy &hypervisor : policy.hypervisors)
        if (scope.hypervisor.isEmpty() || scope.hypervisor == hypervisor.name)
            hypervisors.append(hypervisor);
    for (const HypervisorPolicy &hypervisor : hypervisors) {
        collection->expect({hypervisor.name, u"libvirt"_s}, SourceState::Waiting);
        if (scope.guest.isEmpty())
            collection->expect({hypervisor.name, u"host"_s}, SourceState::Waiting);
    }
    collection->m_reading = collection->m_threads = static_cast<int>(hypervisors.size());
    for (const HypervisorPolicy &hypervisor : hypervisors)
        std::thread([collection, hypervisor, factory] { collection->run(hypervisor, factory); }).detach();
    if (hypervisors.isEmpty())
        collection->finish(false);
    return collection;
}

void Collection::run(const HypervisorPolicy &hypervisor, const MachineReaderFactory &factory)
{
    {
        const std::shared_ptr<MachineReader> reader = factory(hypervisor);
        std::thread host;
        if (m_scope.guest.isEmpty())
            host = std::thread([&] { readHost(*reader, hypervisor); });
        const SourceKey key{hypervisor.name, u"libvirt"_s};
        const Harvest libvirt = reader->readLibvirt(taskFor(key));
        deliver(key, libvirt);
        readGuests(reader, libvirt);
        if (host.joinable())
            host.join();
        hypervisorEnded(*reader);
    }
    const std::lock_guard lock(m_mutex);
    --m_threads;
    m_threadEnded.notify_all();
}

void Collection::readHost(MachineReader &reader, const HypervisorPolicy &hypervisor)
{
    if (m_policy.declaredLocal && !m_policy.declaredRepository.isEmpty())
        readDeclaredHere(hypervisor);
    const SourceKey key{hypervisor.name, u"host"_s};
    deliver(key, reader.readHost(taskFor(key)));
}

void Collection::readDeclaredHere(const HypervisorPolicy &hypervisor)
{
    const SourceKey key{hypervisor.name, u"declared"_s};
    expect(key, SourceState::Reading);
    deliver(key, readDeclared(hypervisor.name, {m_policy.declaredRepository, m_policy.declaredPath}));
}

bool Collection::guestInScope(const QString &name) const
{
    return m_scope.guest.isEmpty() || m_scope.guest == name;
}

void Collection::readGuests(const std::shared_ptr<MachineReader> &reader, const Harvest &libvirt)
{
    QList<GuestPlace> guests = runningGuests(m_policy, libvirt);
    guests.removeIf([this](const GuestPlace &guest) { return !guestInScope(guest.name); });
    if (guests.isEmpty() && !m_scope.guest.isEmpty())
        tellWithoutReading({libvirt.hypervisor, "guest "_L1 + m_scope.guest},
                           u"not read: it does not run, or libvirt could not be asked"_s);
    for (const GuestPlace &guest : guests)
        expect({guest.hypervisor, "guest "_L1 + guest.name}, SourceState::Waiting);
    std::vector<std::thread> threads;
    for (const GuestPlace &guest : guests) {
        std::shared_ptr<Slots::Place> place = m_slots->take(m_stop.get_token());
        if (!place)
            break;
        threads.emplace_back(
            [this, reader, guest, place = std::move(place)] { readGuest(*reader, guest, *place); });
    }
    for (std::thread &thread : threads)
        thread.join();
}

void Collection::readGuest(MachineReader &reader, const GuestPlace &guest, Slots::Place &place)
{
    const SourceKey key{guest.hypervisor, "guest "_L1 + guest.name};
    if (!guest.addresses.isEmpty()) {
        deliver(key, reader.readGuest(guest, taskFor(key, &place)));
        return;
    }
    Harvest harvest;
    harvest.hypervisor = guest.hypervisor;
    harvest.source = key.source;
    harvest.folders = {escapedName(guest.hypervisor) + "/guests/"_L1 + escapedName(guest.name)};
    harvest.errors.append(
        {guest.hypervisor, key.source, adviceForAddress(guest), QDateTime::currentDateTimeUtc()});
    deliver(key, harvest);
}

/// No harvest: nothing was tried, so nothing is known to be wrong.
void Collection::tellWithoutReading(const SourceKey &key, const QString &why)
{
    expect(key, SourceState::Waiting);
    report(key, SourceState::Failed, why);
}

ReadTask Collection::taskFor(const SourceKey &key, Slots::Place *place)
{
    ReadTask task;
    task.stop = m_stop.get_token();
    task.report = [this, key, place](SourceState state, const QString &message) {
        if (place && state == SourceState::Reading)
            place->setConnected();
        report(key, state, message);
    };
    task.part = [this, key](const Harvest &harvest) { deliverPart(key, harvest); };
    return task;
}

void Collection::expect(const SourceKey &key, SourceState state)
{
    const std::lock_guard lock(m_mutex);
    if (m_finished)
        return;
    SourceEntry &entry = m_sources[key];
    entry.started = Clock::now();
    entry.progress = {key.hypervisor, key.source, state, {}, QDateTime::currentDateTimeUtc(), {}};
    m_events.progressed(entry.progress);
}

void Collection::report(const SourceKey &key, SourceState state, const QString &message)
{
    const std::lock_guard lock(m_mutex);
    const auto it = m_sources.find(key);
    if (m_finished || it == m_sources.end() || it->progress.ended())
        return;
    if (state >= SourceState::Done) {
        end(*it, state, message);
        return;
    }
    if (it->progress.state == SourceState::Waiting)
        it->started = Clock::now();
    if (it->progress.state != state)
        it->progress.since = QDateTime::currentDateTimeUtc();
    it->progress.state = state;
    it->progress.message = message;
    m_events.progressed(it->progress);
}

void Collection::deliverPart(const SourceKey &key, const Harvest &harvest)
{
    const std::lock_guard lock(m_mutex);
    const auto it = m_sources.constFind(key);
    if (!m_finished && it != m_sources.constEnd() && !it->progress.ended())
        m_events.harvested(harvest);
}

void Collection::deliver(const SourceKey &key, const Harvest &harvest)
{
    const std::lock_guard lock(m_mutex);
    const auto it = m_sources.find(key);
    if (m_finished || it == m_sources.end() || it->progress.ended())
        return;
    m_events.harvested(harvest);
    const QString why = ownError(harvest);
    end(*it, harvest.answered && why.isEmpty() ? SourceState::Done : SourceState::Failed, why);
}

void Collection::end(SourceEntry &entry, SourceState state, const QString &message)
{
    entry.progress.state = state;
    entry.progress.message = message;
    entry.progress.since = QDateTime::currentDateTimeUtc();
    entry.progress.took = std::chrono::duration_cast<Milliseconds>(Clock::now() - entry.started);
    m_events.progressed(entry.progress);
}

void Collection::hypervisorEnded(MachineReader &reader)
{
    const QList<MachineCost> costs = reader.costs();
    {
        const std::lock_guard lock(m_mutex);
        m_costs += costs;
        if (--m_reading > 0)
            return;
    }
    finish(false);
}

void Collection::finish(bool cancelled)
{
    const std::lock_guard lock(m_mutex);
    if (m_finished)
        return;
    for (SourceEntry &entry : m_sources)
        if (!entry.progress.ended())
            end(entry, SourceState::Cancelled, u"stopped"_s);
    m_finished = true;
    std::sort(m_costs.begin(), m_costs.end(), [](const MachineCost &a, const MachineCost &b) {
        return std::tie(a.hypervisor, a.guest) < std::tie(b.hypervisor, b.guest);
    });
    m_events.finished(
        {cancelled, std::chrono::duration_cast<Milliseconds>(Clock::now() - m_started), m_costs});
}

void Collection::cancel()
{
    finish(true);
    m_stop.request_stop();
}

bool Collection::waitForThreads(std::chrono::milliseconds limit)
{
    std::unique_lock lock(m_mutex);
    return m_threadEnded.wait_for(lock, limit, [this] { return m_threads == 0; });
}

} // namespace tropo
