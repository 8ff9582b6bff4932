#include "ssh/collect/declared_repository.h"

#include "models/parse/secrets.h"
#include "models/result.h"

#include <QFile>

#include <git2.h>

#include <memory>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

template <auto release> struct Free
{
    template <typename T> void operator()(T *object) const { release(object); }
};
using Repository = std::unique_ptr<git_repository, Free<git_repository_free>>;
using Object = std::unique_ptr<git_object, Free<git_object_free>>;
using Entry = std::unique_ptr<git_tree_entry, Free<git_tree_entry_free>>;
using Blob = std::unique_ptr<git_blob, Free<git_blob_free>>;
using Tree = std::unique_ptr<git_tree, Free<git_tree_free>>;
using Database = std::unique_ptr<git_odb, Free<git_odb_free>>;

constexpr std::size_t largestFile = std::size_t(1) << 20;
constexpr std::size_t mostFiles = 1000;

/// libgit2 is started once and kept: it counts its users over all threads.
void startGit()
{
    static const int started = [] {
        const int count = git_libgit2_init();
        git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
        return count;
    }();
    static_cast<void>(started);
}

QString gitWords()
{
    const git_error *last = git_error_last();
    return last && last->message ? QString::fromUtf8(last->message).simplified().left(300) : u"no reason"_s;
}

class DeclaredReader
{
public:
    DeclaredReader(const QString &hypervisor, const DeclaredPlace &place)
        : m_hypervisor(hypervisor),
          m_repositoryPath(place.repository),
          m_started(std::chrono::steady_clock::now())
    {
        QString below = place.path;
        below.replace(u"{hypervisor}"_s, hypervisor);
        while (below.startsWith(u'/'))
            below.remove(0, 1);
        while (below.endsWith(u'/'))
            below.chop(1);
        m_below = below.isEmpty() ? QString() : QString(below + u'/');
        m_harvest.hypervisor = hypervisor;
        m_harvest.source = u"declared"_s;
        m_harvest.folders = {escapedName(hypervisor) + "/declared"_L1};
    }

    Harvest read()
    {
        if (const QString problem = open(); !problem.isEmpty()) {
            fail(u"declared"_s, problem);
            return std::move(m_harvest);
        }
        readFile(u"etc/network/interfaces"_s, u"etc/network/interfaces"_s);
        readNetworks();
        if (m_harvest.documents.isEmpty() && m_harvest.errors.isEmpty())
            fail(u"declared"_s,
                 u"%1: its HEAD has no %2etc/network/interfaces and no "
                 u"%2etc/libvirt/qemu/networks: correct [declared] path in the fleet file"_s.arg(
                     m_repositoryPath, m_below));
        m_harvest.answered = !m_harvest.documents.isEmpty();
        return std::move(m_harvest);
    }

private:
    QString open()
    {
        git_repository *repository = nullptr;
        if (git_repository_open_ext(&repository, QFile::encodeName(m_repositoryPath).constData(),
                                    GIT_REPOSITORY_OPEN_NO_SEARCH, nullptr) != 0)
            return u"%1 cannot be opened as a git repository (%2): correct [declared] repository in the "
                   u"fleet file"_s.arg(m_repositoryPath, gitWords());
        m_repository.reset(repository);
        git_object *object = nullptr;
        if (git_revparse_single(&object, repository, "HEAD^{tree}") != 0)
            return u"%1 has no commit at HEAD (%2)"_s.arg(m_repositoryPath, gitWords());
        m_root.reset(object);
        return {};
    }

    const git_tree *root() const
    {
        return reinterpret_cast<const git_tree *>(m_root.get()); // what HEAD^{tree} gives is one
    }

    Entry entryAt(const QString &path) const
    {
        git_tree_entry *entry = nullptr;
        git_tree_entry_bypath(&entry, root(), (m_below + path).toUtf8().constData());
        return Entry(entry);
    }

    void readNetworks()
    {
        const QString folder = u"etc/libvirt/qemu/networks"_s;
        const Entry entry = entryAt(folder);
        git_tree *raw = nullptr;
        if (!entry || git_tree_entry_type(entry.get()) != GIT_OBJECT_TREE ||
            git_tree_lookup(&raw, m_repository.get(), git_tree_entry_id(entry.get())) != 0)
            return;
        const Tree tree(raw);
        const std::size_t count = git_tree_entrycount(tree.get());
        std::size_t files = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const QString name = QString::fromUtf8(git_tree_entry_name(git_tree_entry_byindex(raw, i)));
            if (!name.endsWith(".xml"_L1))
                continue;
            if (++files > mostFiles) {
                fail("declared/"_L1 + folder, u"only the first 1000 networks were read"_s);
                return;
            }
            readFile(folder + u'/' + name, folder + u'/' + escapedName(name));
        }
    }

    void readFile(const QString &path, const QString &escaped)
    {
        const Entry entry = entryAt(path);
        if (!entry)
            return;
        const QString document = "declared/"_L1 + escaped;
        const git_filemode_t mode = git_tree_entry_filemode(entry.get());
        if (mode != GIT_FILEMODE_BLOB && mode != GIT_FILEMODE_BLOB_EXECUTABLE) {
            fail(document, u"%1%2 is no plain file in %3: links are not followed"_s.arg(m_below, path,
                                                                                        m_repositoryPath));
            return;
        }
        const git_oid *id = git_tree_entry_id(entry.get());
        git_blob *blob = nullptr;
        if (!isSmall(id)) {
            fail(document, u"larger than 1 MiB, or missing from the repository; not read"_s);
        } else if (git_blob_lookup(&blob, m_repository.get(), id) != 0) {
            fail(document, gitWords());
        } else {
            const Blob owner(blob);
            store(document, QByteArray(static_cast<const char *>(git_blob_rawcontent(blob)),
                                       static_cast<qsizetype>(git_blob_rawsize(blob))));
        }
    }

    /// Asked before it is read, as a blob is loaded whole.
    bool isSmall(const git_oid *id) const
    {
        git_odb *raw = nullptr;
        std::size_t size = 0;
        git_object_t type = GIT_OBJECT_INVALID;
        if (git_repository_odb(&raw, m_repository.get()) != 0)
            return false;
        const Database database(raw);
        return git_odb_read_header(&size, &type, raw, id) == 0 && size <= largestFile;
    }

    void store(const QString &document, const QByteArray &text)
    {
        const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::steady_clock::now() - m_started);
        const QString path = escapedName(m_hypervisor) + u'/' + document;
        m_harvest.documents.insert(path,
                                   Document{withheldText(path, text), QDateTime::currentDateTimeUtc(), took});
    }

    void fail(const QString &source, const QString &message)
    {
        m_harvest.errors.append({m_hypervisor, source, message, QDateTime::currentDateTimeUtc()});
    }

    QString m_hypervisor;
    QString m_repositoryPath;
    QString m_below;
    std::chrono::steady_clock::time_point m_started;
    Harvest m_harvest;
    Repository m_repository;
    Object m_root;
};

} // namespace

Harvest readDeclared(const QString &hypervisor, const DeclaredPlace &place)
{
    startGit();
    return DeclaredReader(hypervisor, place).read();
}

} // namespace tropo
