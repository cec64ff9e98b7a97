#!/usr/bin/env python3
"""Holds the HTML report against axe, which finds what keeps people from using it: contrast, names, order, landmarks.

    .ci/axe.py REPORT

In light and dark, on a wide and a narrow window, with findings opened. Needs npm and Chromium.
"""

import html
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

PLACE = Path(__file__).resolve().parent.parent / 'target' / 'axe'
AXE = 'axe-core@4.14.1'
# What axe found, as the only text of the page.
RUN = """
addEventListener('load', () => setTimeout(() => {
  [...document.querySelectorAll('.findings details')].slice(0, 5).forEach((details) => { details.open = true; });
  setTimeout(() => axe.run().then((found) => {
    const faults = found.violations.map((one) => [one.id, one.help, one.nodes.length, one.nodes[0].html.slice(0, 200)]);
    document.body.replaceChildren('AXE' + JSON.stringify({ faults, passes: found.passes.length }) + 'EXA');
  }), 200);
}, 500));
"""


def main():
    report = Path(sys.argv[1]).read_text()
    npm = ['npm', 'install', '--silent', '--no-audit', '--no-fund', '--prefix', PLACE, AXE]
    PLACE.mkdir(parents=True, exist_ok=True)
    subprocess.run(npm, check=True)
    axe = (PLACE / 'node_modules' / 'axe-core' / 'axe.min.js').read_text().replace('</script>', '<\\/script>')
    # The policy of the report lets no other script run.
    report, policies = re.subn(r'<meta http-equiv="Content-Security-Policy"[^>]*>', '', report)
    if policies != 1:
        sys.exit('axe: the report has no content security policy')
    page = PLACE / 'report.html'
    page.write_text(report.replace('</body>', f'<script>{axe}</script><script>{RUN}</script></body>'))
    browser = shutil.which('chromium') or shutil.which('google-chrome') or sys.exit('axe: no Chromium')
    wrong = 0
    for theme in ('light', 'dark'):
        for window in ('1280,800', '420,800'):
            command = [browser, '--headless', '--no-sandbox', '--virtual-time-budget=30000', f'--window-size={window}']
            command += ['--dump-dom', f'{page.as_uri()}#theme={theme}']
            done = subprocess.run(command, capture_output=True, check=True, text=True, timeout=300)
            found = re.search('AXE(.*)EXA', done.stdout, re.DOTALL)
            if not found:
                sys.exit('axe: it did not come to an end')
            result = json.loads(html.unescape(found.group(1)))
            print(f"axe, {theme}, {window}: {result['passes']} rules pass, {len(result['faults'])} fail")
            for name, text, places, first in result['faults']:
                print(f'  {name}: {text} ({places} places, the first is {first})', file=sys.stderr)
            wrong += len(result['faults'])
    sys.exit(1 if wrong else 0)


if __name__ == '__main__':
    main()
