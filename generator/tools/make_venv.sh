#!/bin/sh
# Make the virtual environment, and install the project with everything that its development needs.
#
#     sh generator/tools/make_venv.sh .venv
#
# Takes the newest Python on the path that is 3.11 or later and can make one; PYTHON names another.
set -eu
venv=$1

usable() {
    command -v "$1" >/dev/null 2>&1 &&
        "$1" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    for candidate in ${PYTHON:-python3.14 python3.13 python3.12 python3.11 python3}; do
        if usable "$candidate"; then
            echo "$candidate"
            return
        fi
    done
}

python=$(find_python)
if [ -z "$python" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    # Debian keeps what `python3 -m venv` needs in a package of its own.
    echo "Installing python3-venv ..." >&2
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null
    python=$(find_python)
fi
if [ -z "$python" ]; then
    echo "Python 3.11 or later, with the venv module, was not found." >&2
    echo "Install it (on Debian: sudo apt-get install python3 python3-venv), or name one: make PYTHON=/path/to/python3" >&2
    exit 1
fi

if ! "$venv/bin/python" -c '' >/dev/null 2>&1; then
    rm -rf "$venv"
    "$python" -m venv "$venv"
fi
# Dependency groups need pip 25.1.
"$venv/bin/python" -m pip install --quiet --upgrade 'pip>=25.1'
"$venv/bin/python" -m pip install --quiet --editable '.[all]' --group dev
