#!/bin/sh
# Everything CI runs: installs what the tests need, then ruff, mypy, import-linter, codespell and pytest.
# Needs Python 3.11+, pip, git; as root on Debian also apt, for LibreOffice, tesseract, poppler, qpdf, Dovecot and OpenSMTPD.
# apt works beside pip and the checks, and mypy beside pytest; what either says comes last, and each can fail the run.
set -eu
cd "$(dirname "$0")/.."

have_tools() {
    for tool in soffice tesseract pdftoppm qpdf dovecot smtpd; do
        command -v "$tool" >/dev/null 2>&1 || return 1
    done
    /usr/bin/python3 -c "import uno" >/dev/null 2>&1 && tesseract --list-langs 2>/dev/null | grep -qx nld
}

install_tools() {
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -q &&
        apt-get install -q -y --no-install-recommends \
            libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui python3-uno \
            tesseract-ocr tesseract-ocr-nld poppler-utils qpdf dovecot-imapd dovecot-lmtpd opensmtpd
}

said=$(mktemp -d)
tools=
types=
# Nobody is left at work: apt may not be cut off halfway.
trap 'status=$?; wait; rm -rf "$said"; exit $status' EXIT

# finish NAME PROCESS: waits for it and shows what it said.
finish() {
    [ -n "$2" ] || return 0
    ended=0
    wait "$2" || ended=$?
    cat "$said/$1"
    return "$ended"
}

if ! have_tools; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        install_tools >"$said/apt" 2>&1 &
        tools=$!
    else
        echo "LibreOffice, tesseract (nld), poppler, qpdf, Dovecot or OpenSMTPD is missing; install them, or run this as root on Debian." >&2
        exit 1
    fi
fi
# apt may renew the Python of the system: then nothing of it is used meanwhile.
if [ "$(python3 -c 'import sys; print(sys.base_prefix)')" = /usr ]; then
    finish apt "$tools"
    tools=
fi

venv=.venv-test
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check --constraint requirements.lock '.[test]'

"$venv/bin/mypy" >"$said/mypy" 2>&1 &
types=$!
"$venv/bin/ruff" check .
"$venv/bin/ruff" format --check .
"$venv/bin/lint-imports"
"$venv/bin/codespell" README.md CHANGELOG.md pipeline/README.md templates/README.md tests/samples/README.md
finish apt "$tools"
failed=0
"$venv/bin/python" -m pytest -n 2 --dist loadfile --no-loadscope-reorder "$@" || failed=$?
finish mypy "$types" || failed=$?
exit "$failed"
