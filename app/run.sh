#!/usr/bin/env bash
# Installs what is missing, builds, and runs Troposcope with the arguments given. Without arguments: with a display the
# window (on the demo where there is no fleet file); without one the demo's findings, and a picture of them.
set -euo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)
from=$PWD
cd "$top"
. app/prepare.sh
install_missing app/packages.txt
build release
program=$top/build/release/bin/troposcope
cd "$from"
if [ $# -gt 0 ]; then
    exec "$program" "$@"
fi
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    if [ -e "${XDG_CONFIG_HOME:-$HOME/.config}/troposcope/fleet.toml" ]; then
        exec "$program"
    fi
    say "no fleet file yet: opening the demo"
    exec "$program" --demo
fi
say "no display: the demo's findings, and a picture of them in troposcope-demo.png"
"$program" inspect --demo || [ $? -eq 1 ]
exec "$program" shot --demo --view fleet --output troposcope-demo.png
