# shellcheck shell=bash
saved_ready() { false; }
