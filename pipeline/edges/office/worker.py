"""Keep one LibreOffice warm and turn documents into PDF, one at a time, over stdin and stdout.

A script, run by a Python that has ``uno`` (the system's, with ``-I``), so it uses the standard
library only and imports nothing of the product. It may touch: its own profile folder, the files
named in a job, and the LibreOffice it starts. It has no network where the kernel allows that, never
runs a macro and never updates a link.

Usage: ``worker.py SOFFICE FOLDER``. Each line on stdin is a job, a JSON object with
``source`` and ``target`` (absolute paths) and ``filter`` (name of LibreOffice's import filter, empty
for its own detection). Each line on stdout is a JSON object with ``state`` ``ready``, ``done`` or
``fault`` and ``detail`` (English). The script ends when stdin closes, when its parent is gone, and
as soon as LibreOffice no longer answers: starting another one is the parent's work.
"""

import contextlib
import ctypes
import json
import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import DisposedException
from com.sun.star.uno import Exception as UnoError

START_SECONDS = 40.0
MEMORY_BYTES = 6 * 1024**3
FILE_BYTES = 1024**3
NEVER = 0
CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000
PORTRAIT_WIDTH = 19000
"""Printable width of an upright A4, in 1/100 mm; a sheet that is wider is laid on its side."""

EXPORTS = (
    ("com.sun.star.sheet.SpreadsheetDocument", "calc_pdf_Export"),
    ("com.sun.star.presentation.PresentationDocument", "impress_pdf_Export"),
    ("com.sun.star.drawing.DrawingDocument", "draw_pdf_Export"),
    ("com.sun.star.text.WebDocument", "writer_web_pdf_Export"),
    ("com.sun.star.text.GenericTextDocument", "writer_pdf_Export"),
)

SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Save/Document", "AutoSave", "false"),
    ("Office.Common/Misc", "UseLocking", "false"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "1"),
    ("Setup/L10N", "ooSetupSystemLocale", "nl-NL"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("Inet/Settings", "ooInetFTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetFTPProxyPort", "9"),
)
"""What the profile says before its first start: nothing runs, nothing is fetched, A4 and Dutch."""


class FaultError(Exception):
    """This document cannot be converted; LibreOffice itself is well."""


def answer(state: str, detail: str = "") -> None:
    """Tell the parent how it went."""
    sys.stdout.write(json.dumps({"state": state, "detail": detail[:500]}) + "\n")
    sys.stdout.flush()


def prop(name: str, value: object) -> PropertyValue:
    """Make a named value as LibreOffice wants it."""
    made = PropertyValue()
    made.Name = name
    made.Value = value
    return made


def leave_network() -> None:
    """Move this process and all it starts into an empty network, where the kernel allows it."""
    unshare = getattr(ctypes.CDLL(None), "unshare", None)
    if unshare is None or unshare(CLONE_NEWNET) == 0:
        return
    uid, gid = os.getuid(), os.getgid()
    if unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0:
        return
    with contextlib.suppress(OSError):
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1", encoding="ascii")


def limit_use() -> None:
    """Keep a document that blows up from taking the memory or the disk of the machine along."""
    with contextlib.suppress(ImportError):
        import resource  # noqa: PLC0415 - does not exist everywhere

        for which, most in (
            (resource.RLIMIT_AS, MEMORY_BYTES),
            (resource.RLIMIT_FSIZE, FILE_BYTES),
            (resource.RLIMIT_CORE, 0),
        ):
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(which, (most, most))


def end_group() -> None:
    """End LibreOffice and this script, which leads their process group."""
    if hasattr(os, "killpg") and os.getpgid(0) == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def end_with(parent: int) -> None:
    """End everything when the parent is gone, also in the middle of a document."""
    while os.getppid() == parent:
        time.sleep(1)
    end_group()


def write_settings(profile: Path) -> None:
    """Write the settings that LibreOffice reads at its first start."""
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in SETTINGS
    )
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        f"{items}</oor:items>",
        encoding="utf-8",
    )


def start_office(soffice: str, folder: Path, pipe: str) -> "subprocess.Popen[bytes]":
    """Start LibreOffice with its own profile, listening on a pipe that only this user can reach."""
    profile = folder / "profiel"
    write_settings(profile)
    command = [
        soffice,
        "--headless",
        "--norestore",
        "--nologo",
        "--nodefault",
        "--nolockcheck",
        f"-env:UserInstallation={profile.as_uri()}",
        f"--accept=pipe,name={pipe};urp;StarOffice.ComponentContext",
    ]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet)  # noqa: S603 - our own words


def connect(office: "subprocess.Popen[bytes]", pipe: str) -> Any:
    """Wait until LibreOffice answers; give its desktop."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    address = f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext"
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and office.poll() in (None, 0, 81):
        try:
            context = resolver.resolve(address)
        except NoConnectException:
            time.sleep(0.05)
        else:
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    message = "LibreOffice did not start"
    raise SystemExit(message)


def lay_sheet(sheet: Any, styles: Any) -> None:
    """Fit one sheet to the width of its page, on its side when it is wide."""
    style = styles.getByName(sheet.PageStyle)
    style.ScaleToPagesX = 1
    style.ScaleToPagesY = 0
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)  # noqa: FBT003 - positional in UNO
    used = sheet.getCellRangeByPosition(0, 0, cursor.RangeAddress.EndColumn, cursor.RangeAddress.EndRow)
    if used.Size.Width > PORTRAIT_WIDTH and not style.IsLandscape:
        style.IsLandscape = True
        style.Width, style.Height = max(style.Width, style.Height), min(style.Width, style.Height)


def lay_out(document: Any) -> None:
    """Fit the sheets of a spreadsheet to their pages; anything else stays as it is."""
    if document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
        styles = document.StyleFamilies.getByName("PageStyles")
        for sheet in document.Sheets:
            lay_sheet(sheet, styles)


def export(document: Any, target: Path) -> None:
    """Write a document as tagged PDF with bookmarks."""
    name = next((made for service, made in EXPORTS if document.supportsService(service)), None)
    if name is None:
        message = "no PDF export for this kind of document"
        raise FaultError(message)
    data = (prop("UseTaggedPDF", value=True), prop("ExportBookmarks", value=True), prop("Quality", value=90))
    filter_data = uno.Any("[]com.sun.star.beans.PropertyValue", data)
    document.storeToURL(
        target.as_uri(),
        (prop("FilterName", name), prop("FilterData", filter_data), prop("Overwrite", value=True)),
    )


def convert(desktop: Any, source: Path, target: Path, filter_name: str) -> None:
    """Load a document without running or fetching anything, and export it."""
    arguments = [
        prop("Hidden", value=True),
        prop("ReadOnly", value=True),
        prop("MacroExecutionMode", uno.Any("short", NEVER)),
        prop("UpdateDocMode", uno.Any("short", NEVER)),
    ]
    if filter_name:
        arguments.append(prop("FilterName", filter_name))
    document = desktop.loadComponentFromURL(source.as_uri(), "_blank", 0, tuple(arguments))
    if document is None:
        message = "LibreOffice cannot load this"
        raise FaultError(message)
    try:
        lay_out(document)
        export(document, target)
    finally:
        document.close(True)  # noqa: FBT003 - positional in UNO


def serve(desktop: Any, office: "subprocess.Popen[bytes]") -> None:
    """Convert one job per line until stdin closes."""
    answer("ready")
    for line in sys.stdin:
        job = json.loads(line)
        try:
            convert(desktop, Path(job["source"]), Path(job["target"]), job["filter"])
        except DisposedException:
            return
        except (FaultError, UnoError) as error:
            if office.poll() not in (None, 0):
                return
            answer("fault", f"{type(error).__name__}: {error}".replace("\n", " "))
        else:
            answer("done")


def main() -> None:
    """Start LibreOffice and serve; whatever happens, leave no process behind."""
    soffice, folder = sys.argv[1], Path(sys.argv[2])
    leave_network()
    limit_use()
    parent = os.getppid()
    threading.Thread(target=end_with, args=(parent,), daemon=True).start()
    pipe = f"stukkenstroom-{uuid.uuid4().hex}"
    try:
        office = start_office(soffice, folder, pipe)
        serve(connect(office, pipe), office)
    finally:
        end_group()


if __name__ == "__main__":
    main()
