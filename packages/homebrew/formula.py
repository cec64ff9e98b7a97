#!/usr/bin/env python3
"""Fills in the Homebrew formula: formula.py TEMPLATE SHA256SUMS VERSION BASE HOMEPAGE >docdrift.rb"""

import re
import sys
from pathlib import Path


def main():
    template, sums, version, base, homepage = sys.argv[1:]
    text = Path(template).read_text(encoding='utf-8').partition('\n')[2]
    values = {'VERSION': version, 'BASE': base, 'HOMEPAGE': homepage}
    for line in Path(sums).read_text(encoding='utf-8').splitlines():
        digest, name = line.split(maxsplit=1)
        found = re.fullmatch(r'docdrift-(.+)\.tar\.gz', name.lstrip('*'))
        if found:
            values[f'SHA256_{found[1]}'] = digest
    missing = sorted(set(re.findall(r'@([\w-]+)@', text)) - set(values))
    if missing:
        sys.exit(f"no value for {', '.join(missing)}")
    sys.stdout.write(re.sub(r'@([\w-]+)@', lambda match: values[match[1]], text))


if __name__ == '__main__':
    main()
