"""Sets one print: run as a program of its own, so that what it held is gone with it.

The compiler keeps every document it has set, with the names in it, as long as its process lives; within the web
server that grew by six megabytes a print. A process for each print costs some thirty milliseconds and keeps nothing.

Reads a job as JSON from standard input: ``template``, ``root``, ``fonts`` (a folder), ``system`` (whether the machine's
own fonts serve too), ``data`` (a text). Writes the PDF to standard output; a fault of the print as text to standard
error, ending with 3. Imports nothing of ours: starting it must stay quick.
"""

import json
import sys

import typst

FAULT = 3
"""The code it ends with when the compiler found a fault."""


def main() -> int:
    """Set the print that standard input asks for."""
    job = json.load(sys.stdin)
    fonts = typst.Fonts(
        include_system_fonts=job["system"], include_embedded_fonts=job["system"], font_paths=[job["fonts"]]
    )
    compiler = typst.Compiler(job["template"], root=job["root"], font_paths=fonts, sys_inputs={"data": job["data"]})
    try:
        printed = compiler.compile(format="pdf", pdf_standards="ua-1", timestamp=0)
    except typst.TypstError as trouble:
        sys.stderr.write(trouble.diagnostic)
        return FAULT
    if not isinstance(printed, bytes):
        raise TypeError("a print is one file")
    sys.stdout.buffer.write(printed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
