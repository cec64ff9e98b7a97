#!/usr/bin/env python3
"""Writes the licences of all crates that are linked into the program.

    .ci/notices.py FILE

Asks `cargo metadata`, and reads the licence files that each crate brings. Fails for a crate that names no licence.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAMES = ('LICENSE', 'LICENCE', 'COPYING', 'NOTICE', 'UNLICENSE')


def linked(metadata):
    """The packages that the program depends on, without tests, build scripts and itself."""
    nodes = {node['id']: node for node in metadata['resolve']['nodes']}
    root = next(package['id'] for package in metadata['packages'] if package['name'] == 'docdrift')
    waiting, seen = [root], set()
    while waiting:
        here = waiting.pop()
        if here in seen:
            continue
        seen.add(here)
        for dependency in nodes[here]['deps']:
            if any(kind['kind'] is None for kind in dependency['dep_kinds']):
                waiting.append(dependency['pkg'])
    return [package for package in metadata['packages'] if package['id'] in seen - {root}]


def texts(package):
    """The licence files of a package, by name."""
    folder = Path(package['manifest_path']).parent
    files = [path for path in sorted(folder.iterdir()) if path.is_file() and path.name.upper().startswith(NAMES)]
    return [path.read_text(encoding='utf-8', errors='replace').strip() for path in files]


def main():
    command = ['cargo', 'metadata', '--locked', '--format-version', '1']
    metadata = json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)
    packages = sorted(linked(metadata), key=lambda package: (package['name'], package['version']))
    nameless = [package['name'] for package in packages if not package['license'] and not package['license_file']]
    if nameless:
        sys.exit(f"no licence is named by: {', '.join(nameless)}")
    by_text = {}
    for package in packages:
        for text in texts(package) or [f"Licence: {package['license']}"]:
            by_text.setdefault(text, []).append(f"{package['name']} {package['version']}")
    parts = ['docdrift contains the following third-party software.\n']
    for package in packages:
        parts.append(f"{package['name']} {package['version']}: {package['license'] or 'see its licence file'}")
    for text, names in sorted(by_text.items(), key=lambda entry: entry[1]):
        parts.append('\n' + '=' * 80 + '\n' + ', '.join(sorted(set(names))) + '\n' + '-' * 80 + '\n' + text)
    Path(sys.argv[1]).write_text('\n'.join(parts) + '\n', encoding='utf-8')
    print(f'{len(packages)} crates, {len(by_text)} licence texts')


if __name__ == '__main__':
    main()
