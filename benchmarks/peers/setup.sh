#!/usr/bin/env bash
# Prepares .venv-peers, the Python environment of benchmarks/peers. Run it again at any time.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
python=${PYTHON:-/usr/bin/python3}
[[ -x .venv-peers/bin/python ]] || "$python" -m venv .venv-peers
.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check -r benchmarks/peers/requirements.txt
