# shellcheck shell=bash
# Faults by name.
fault_list() { :; }
faults_set() { ls "$lab_state/faults" 2>/dev/null; }
