#!/bin/sh
# Installs Debian's Chromium for the widget's tests, where there is none, and prints where it is. Needs root for the installation only.
set -eu
for name in chromium chromium-browser google-chrome; do
  if command -v "$name"; then
    exit 0
  fi
done
export DEBIAN_FRONTEND=noninteractive
{ apt-get update -qq && apt-get install -y --no-install-recommends chromium; } >&2
command -v chromium
