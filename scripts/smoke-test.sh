#!/usr/bin/env bash
# Installs the packed product in a folder of its own and runs its main job: scripts/smoke-test.sh FOLDER
set -euo pipefail
folder=$(cd "$1" && pwd)
cd "$(dirname "$0")/.."
tarball=$(npm pack --silent --pack-destination "$folder" | tail -n 1)
mkdir -p "$folder/elsewhere"
cd "$folder/elsewhere"
npm init --yes >/dev/null
npm install --no-audit --no-fund --silent "$folder/$tarball"
npx --no-install scanlot --version
npx --no-install scanlot demo county --lang en >"$folder/demo.txt" || { cat "$folder/demo.txt"; exit 1; }
npx --no-install scanlot status --workspace county
npx --no-install scanlot audit verify --workspace county
