"""Builds the site: ``python3 build.py``; ``python3 build.py --help`` tells the rest.

This file must be readable by any Python, so that an old one can say what is needed.
"""

import sys

if sys.version_info < (3, 11):
    sys.stderr.write(
        "Python 3.11 or newer is needed; this is %d.%d. Install it from https://www.python.org/downloads/ .\n"
        % sys.version_info[:2]
    )
    sys.exit(2)


if __name__ == "__main__":
    from hayami import environment

    sys.exit(environment.main(sys.argv[1:]))
