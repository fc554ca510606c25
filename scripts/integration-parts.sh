#!/usr/bin/env bash
# Installs what the integration tests start and Debian's packages have: a browser. What comes from language registries
# (veraPDF, OpenCMIS, ocfl-py) the tests fetch themselves, into .cache. Does nothing where all of it is there.
set -euo pipefail

have() { command -v "$1" >/dev/null 2>&1; }
if have chromium || have chromium-browser || have google-chrome; then exit 0; fi
have apt-get || { echo 'The integration tests need chromium; install it.' >&2; exit 1; }
as_root=()
if [ "$(id -u)" -ne 0 ]; then as_root=(sudo); fi
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" apt-get install -y -qq --no-install-recommends chromium >/dev/null
