#!/usr/bin/env bash
# Dependencies point one way: app → views → models, app → ssh → models. Fails on an include against it, and proves on
# a made-up tree that it would.
set -euo pipefail

# against ROOT: prints the includes of ROOT that point the wrong way.
against() {
    (
        cd "$1"
        includes() { grep -rnE "$1" "${@:2}" --include='*.h' --include='*.cpp' 2>/dev/null || true; }
        includes '#[[:space:]]*include[[:space:]]*[<"](ssh|views|app)/' models
        includes '#[[:space:]]*include[[:space:]]*[<"](ssh|app)/' views
        includes '#[[:space:]]*include[[:space:]]*[<"](views|app)/' ssh
        includes '#[[:space:]]*include[[:space:]]*[<"](libssh|libvirt|git2)[/.]' models views app
        includes '#[[:space:]]*include[[:space:]]*<(QtWidgets|QtGui|QWidget|QPainter|QImage|QIcon|QColor)' models ssh
        includes '#[[:space:]]*include[[:space:]]*"\.\./' models views ssh app
    )
}

made_up=$(mktemp -d)
trap 'rm -rf "$made_up"' EXIT
mkdir "$made_up"/{app,models,views,ssh}
echo '#include "ssh/session.h"' >"$made_up/models/bad.cpp"
echo '#include "app/main.h"' >"$made_up/views/bad.h"
echo '#include <libvirt/libvirt.h>' >"$made_up/app/bad.cpp"
echo '#include "models/fleet.h"' >"$made_up/ssh/good.cpp"
[ "$(against "$made_up" | wc -l)" -eq 3 ] || { echo "the check itself is broken"; against "$made_up"; exit 1; }

found=$(against "$1")
[ -z "$found" ] || { echo "includes against the one direction:"; echo "$found"; exit 1; }
