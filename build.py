# -*- coding: utf-8 -*-
"""Builds the site: ``python3 build.py``; ``python3 build.py --help`` tells the rest.

This file must be readable by any Python, 2.7 included, so that an old one can say what is needed.
"""

from __future__ import unicode_literals

import os
import sys

if sys.version_info < (3, 11):
    said = (
        "Python 3.11 以上が要ります（これは %d.%d です）。https://www.python.org/downloads/ から入れてください。\n"
        "Python 3.11 or newer is needed; this is %d.%d. Install it from https://www.python.org/downloads/ .\n"
    ) % (tuple(sys.version_info[:2]) * 2)
    # As bytes, and with replacements: an old Python fails on what the terminal cannot show.
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    getattr(sys.stderr, "buffer", sys.stderr).write(said.encode(encoding, "replace"))
    sys.exit(2)


if __name__ == "__main__":
    # Python leaves this folder out when it runs with -P or PYTHONSAFEPATH.
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    from hayami import environment

    sys.exit(environment.main(sys.argv[1:]))
