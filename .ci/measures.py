#!/usr/bin/env python3
"""Runs the exact measures on real pages in a short form, and holds them against bars that only rise.

    .ci/measures.py DOCDRIFT SHARED

SHARED has `cases` (known faults), `eval` (pseudo-translations of any tree, docs generated from any spec) and `corpus`.
The bars are in measures.json beside this file: a value that is better than its bar is a reason to raise the bar.
Installs what the generators need into target/measures, from PyPI.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / 'target' / 'measures'
PYTHON = PLACE / 'venv' / 'bin' / 'python'
PACKAGES = ['jsonschema==4.26.0', 'PyYAML==6.0.3']
# Trees of English pages below `corpus`, and the locale of their pseudo-translation.
TREES = {
    'partner-center/en-us': 'de-DE',
    'publishers/quickwit': 'ja-JP',
    'publishers/hertzbeat/home/docs': 'ru-RU',
    'publishers/iotdb/src/UserGuide': 'ja-JP',
}
PAGES = '80'


def run(*command):
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, text=True, check=False)
    return done.stdout


def cases(binary, shared):
    """How many known faults are right. The tree is copied: what is laid read-only cannot be fixed."""
    copy = PLACE / 'cases'
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(shared / 'cases' / 'open', copy, copy_function=shutil.copyfile)
    for path in copy.rglob('*'):
        path.chmod(0o755 if path.is_dir() else 0o644)
    last = run(PYTHON, '-B', shared / 'cases' / 'run.py', binary, copy).strip().splitlines()[-1]
    return {'cases passed': int(re.search(r'passed (\d+)', last)[1])}


def specs(binary, shared):
    """How much of docs that were generated from specs is bound, and how many known drifts are found."""
    script, total = shared / 'eval' / 'specdocs.py', {}
    sources = {'ollama': shared / 'eval/specs/ollama.yaml', 'cart': ROOT / 'tests/spec/cart/openapi.yaml'}
    for name, spec in sources.items():
        docs, answer = PLACE / 'specdocs' / name, PLACE / f'specdocs-{name}.json'
        shutil.rmtree(docs, ignore_errors=True)
        run(PYTHON, '-B', script, 'make', spec, docs, '--notation', 'presets', '--ops', '40', '--seed', '1')
        run(PYTHON, '-B', script, 'score', binary, spec, docs, '--json', answer)
        for key, value in json.loads(answer.read_text())['presets'].items():
            total[key] = total.get(key, 0) + value
    share = lambda a, b: round(100 * total.get(a, 0) / max(1, total.get(b, 0)), 1)
    reported = total.get('true', 0) + total.get('false', 0)
    return {
        'specs: operations seen %': share('ops seen', 'ops'),
        'specs: parameters bound %': share('parameters bound', 'parameters'),
        'specs: types bound %': share('types bound', 'types'),
        'specs: examples bound %': share('examples bound', 'examples'),
        'specs: drifts found %': share('found', 'drifts'),
        'specs: findings true %': round(100 * total.get('true', 0) / max(1, reported), 1),
        'specs: false on clean pages for 100 operations (at most)': share('clean false', 'ops'),
    }


def translations(binary, shared):
    """What is said of faithful pseudo-translations, and of those with known changes."""
    script = shared / 'eval' / 'pseudo.py'
    totals = {kind: {'pages': 0, 'false': 0, 'harmed': 0, 'found': 0, 'known': 0, 'true': 0} for kind in ('clean', 'single', 'worn')}
    for tree, locale in TREES.items():
        out = PLACE / 'pseudo' / tree.replace('/', '-')
        shutil.rmtree(out, ignore_errors=True)
        run(PYTHON, '-B', script, 'make', shared / 'corpus' / tree, out, '--locale', locale, '--layout', 'folder', '--seed', '1', '--pages', PAGES)
        kind = None
        for line in run(PYTHON, '-B', script, 'score', binary, out).splitlines():
            if found := re.match(r'== (\w+): (\d+) pages', line):
                kind = found[1]
                totals[kind]['pages'] += int(found[2])
                if number := re.search(r"error\+warning: \{.*?'false': (\d+)", line):
                    totals[kind]['false'] += int(number[1])
            elif found := re.match(r'\s+fix: harmed (\d+) lines .* mended (\d+) wrongly, changed (\d+) lines', line):
                totals[kind]['harmed'] += sum(map(int, found.groups()))
            elif found := re.match(r'\s+recall .*\((\d+) of (\d+)\), precision .*\((\d+) true', line):
                for key, value in zip(('found', 'known', 'true'), found.groups()):
                    totals[kind][key] += int(value)
    values = {}
    for kind, total in totals.items():
        values[f'{kind}: false on 1,000 pages (at most)'] = round(1000 * total['false'] / max(1, total['pages']), 1)
        values[f'{kind}: lines harmed by fix (at most)'] = total['harmed']
        if kind != 'clean':
            values[f'{kind}: changes found %'] = round(100 * total['found'] / max(1, total['known']), 1)
            values[f'{kind}: findings true %'] = round(100 * total['true'] / max(1, total['true'] + total['false']), 1)
    return values


def main():
    binary, shared = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    PLACE.mkdir(parents=True, exist_ok=True)
    if not PYTHON.exists():
        subprocess.run([sys.executable, '-m', 'venv', PLACE / 'venv'], check=True)
        subprocess.run([PYTHON, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', *PACKAGES], check=True)
    bars = json.loads((ROOT / '.ci' / 'measures.json').read_text())
    missed = []
    for measure in (cases, specs, translations):
        for name, value in measure(binary, shared).items():
            bar = bars.get(name)
            worse = bar is None or (value > bar if name.endswith('(at most)') else value < bar)
            print(f'{name:62} {value:>8} bar {bar}{" MISSED" if worse else ""}')
            if worse:
                missed.append(name)
    if missed:
        sys.exit(f'{len(missed)} measures are worse than their bars')


if __name__ == '__main__':
    main()
