#!/usr/bin/env bash
# Installs what is missing, builds with sanitizers, and runs every test. Arguments go to ctest. The lab (real hypervisors
# and guests) runs where the machine can, and says so where it cannot. The last line is ctest's summary.
set -euo pipefail
cd "$(dirname "$0")/.."
. app/prepare.sh
install_missing app/packages.txt tests/packages.txt
build asan
export ASAN_OPTIONS=detect_leaks=1:strict_string_checks=1 UBSAN_OPTIONS=print_stacktrace=1
ctest --preset asan --parallel "$(nproc)" "$@"
