#!/usr/bin/env python3
"""Holds what `docdrift schema export` writes against tools that are not docdrift's.

    .ci/exports.py DOCDRIFT

JSON Schema against its meta-schema and the examples of corpus/, OpenAPI against a public validator, TypeScript
against the compiler, reports and configuration against their schemas; and each format that docdrift reads
back has to come out the same again. Installs what it needs into target/exports, from PyPI and npm.
"""

import csv
import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / 'target' / 'exports'
PYTHON = PLACE / 'venv' / 'bin' / 'python'
PACKAGES = [
    'jsonschema==4.26.0',
    'rfc3339-validator==0.1.4',
    'isoduration==20.11.0',
    'openapi-spec-validator==0.9.0',
    'translate-toolkit==3.20.4',
]
TYPESCRIPT = 'typescript@7.0.2'

# Sources, those of pages with the pages.
PAGES = {'docs': 'corpus', 'docs:en-US': 'corpus'}
SOURCES = ['models', *PAGES, 'tests/spec/cart/openapi.yaml', 'tests/export/everything.json', 'findings', 'changes', 'config', 'canonical']
# Formats that docdrift reads back whole.
READ_BACK = ['json-schema', 'openapi', 'canonical']
# Findings that a validator makes too; of others it cannot know.
SCHEMA_RULES = {'wrong-type', 'wrong-value', 'missing-field'}
BODY_RULES = SCHEMA_RULES | {'unknown-field', 'wrong-format'}


def main():
    docdrift = Path(sys.argv[1]).resolve()
    if Path(sys.prefix) != PYTHON.parent.parent:
        install()
        sys.exit(subprocess.run([PYTHON, '-B', __file__, docdrift], check=False).returncode)
    tool = Tool(docdrift)
    for source in SOURCES:
        check_source(tool, source)
    check_examples(tool)
    check_own_formats(tool)
    check_glossaries(tool)
    compile_typescript()


def install():
    PLACE.mkdir(parents=True, exist_ok=True)
    if not PYTHON.exists():
        subprocess.run([sys.executable, '-m', 'venv', PLACE / 'venv'], check=True)
    subprocess.run([PYTHON, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', *PACKAGES], check=True)
    npm = ['npm', 'install', '--silent', '--no-audit', '--no-fund', '--prefix', PLACE, TYPESCRIPT]
    subprocess.run(npm, check=True)


class Tool:
    def __init__(self, path):
        self.path = path

    def run(self, *arguments, codes=(0,)):
        done = subprocess.run([self.path, *arguments], cwd=ROOT, capture_output=True, check=False)
        if done.returncode not in codes:
            fail(f"{' '.join(arguments)} ended with {done.returncode}: {done.stderr.decode()}")
        return done.stdout

    def export(self, source, form, *more):
        pages = [PAGES[source]] if source in PAGES else []
        return self.run('schema', 'export', '--from', source, '--format', form, *more, *pages)


def fail(message):
    sys.exit(f'exports: {message}')


def say(message):
    print(f'exports: {message}')


def check_source(tool, source):
    from jsonschema import Draft202012Validator
    from openapi_spec_validator import validate

    bundle = json.loads(tool.export(source, 'json-schema'))
    Draft202012Validator.check_schema(bundle)
    validate(json.loads(tool.export(source, 'openapi')))
    name = source.replace('/', '-').replace(':', '-').removesuffix('.json').removesuffix('.yaml')
    (PLACE / f'{name}.d.ts').write_bytes(tool.export(source, 'typescript'))
    # Docdrift's own formats have a root, and a file does not say which.
    root = ['--resource', bundle['title']] if 'title' in bundle else []
    for form in READ_BACK:
        first = tool.export(source, form, *root)
        file = PLACE / f'{name}.{form}.json'
        file.write_bytes(first)
        if tool.export(str(file), form, *root) != first:
            fail(f'{source} as {form} does not come back as it was: {file}')
    say(f"{source}: {len(bundle['$defs'])} types are valid JSON Schema and OpenAPI, and come back as they were")


def check_examples(tool):
    """The examples that docdrift finds nothing wrong with are valid, those with wrong values are not."""
    from jsonschema import Draft202012Validator

    bundle = json.loads(tool.export('models', 'json-schema'))
    valid, refused = [], 0
    for where, name, body, rules in examples(tool):
        schema = {**bundle, '$ref': f'#/$defs/{name}'}
        checker = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
        errors = [error.message for error in checker.iter_errors(body)]
        if rules & SCHEMA_RULES:
            if not errors:
                fail(f'{where}: docdrift finds {rules}, and a validator nothing')
            refused += 1
        elif not rules & BODY_RULES:
            if errors:
                fail(f'{where}: a validator finds {errors}, and docdrift nothing')
            valid.append((name, body))
    if len(valid) < 5 or refused < 1:
        fail(f'only {len(valid)} examples are sound and {refused} are not')
    lines = ["import type * as models from './models';"]
    for at, (name, body) in enumerate(valid):
        lines.append(f'export const example{at}: models.{name} = {json.dumps(body)};')
    (PLACE / 'examples.ts').write_text('\n'.join(lines) + '\n')
    say(f'{len(valid)} examples of the corpus are valid, {refused} are rightly refused')


def examples(tool):
    """Place, type and body of each example in strict JSON, with the rules that find something in it."""
    # Each locale in a folder of its own: else a defect that a page has from its source is reported there alone.
    for folder in sorted(path for path in (ROOT / 'corpus').iterdir() if path.is_dir()):
        alone = PLACE / 'alone' / folder.name
        shutil.rmtree(alone, ignore_errors=True)
        shutil.copytree(folder, alone / folder.name)
        folder = str(alone.relative_to(ROOT))
        findings = json.loads(tool.run('check', folder, '--spec', 'models', '--format', 'json', codes=(0, 1)))['findings']
        for page in json.loads(tool.run('extract', folder, '--format', 'json'))['pages']:
            text = (ROOT / page['path']).read_bytes()
            for example in page['examples']:
                start, end = example['start'], example['end']
                body = read_body(text[start['byte']:end['byte']].decode())
                lines = range(start['line'], end['line'] + 1)
                here = (one for one in findings if one['path'] == page['path'] and one['start']['line'] in lines)
                if example['type'] is not None and body is not None:
                    yield f"{page['path']}:{start['line']}", example['type'], body, {one['rule'] for one in here}


def read_body(block):
    """The JSON below the head of a message in a fence; None if it is not strict JSON."""
    lines = block.split('\n')
    first = next((at for at, line in enumerate(lines) if line.startswith(('{', '['))), None)
    if first is None:
        return None
    try:
        body, end = json.JSONDecoder().raw_decode(text := '\n'.join(lines[first:]))
    except json.JSONDecodeError:
        return None
    return body if text[end:].strip() in ('', '```', '~~~') else None


def check_own_formats(tool):
    from jsonschema import validate

    changed = ('schema', 'diff', 'models', 'tests/export/everything.json', '--format', 'json')
    documents = {
        'findings': json.loads(tool.run('check', 'corpus', '--format', 'json', codes=(1,))),
        'changes': json.loads(tool.run(*changed, codes=(1,))),
        'config': tomllib.loads((ROOT / 'docdrift.toml').read_text()),
        'canonical': json.loads(tool.export('models', 'canonical')),
    }
    for source, document in documents.items():
        validate(document, json.loads(tool.export(source, 'json-schema')))
    say('findings, changes, configuration and canonical JSON are what their schemas say')


def check_glossaries(tool):
    """Glossaries say in every language what the plain list says, for a toolkit of translators."""
    from translate.storage import tbx, tmx

    def glossary(form):
        file = PLACE / f'glossary.{form}'
        file.write_bytes(tool.run('protect', 'corpus', '--quiet', '--format', form))
        return file

    words = [line.split('\t') for line in glossary('glossary-tsv').read_text().splitlines()]
    with glossary('glossary-csv').open(newline='') as file:
        head, *rows = csv.reader(file)
    if len(words) < 5 or len(head) < 2 or any(set(row) != {word[0]} or len(row) != len(head) for word, row in zip(words, rows, strict=True)):
        fail('the glossaries of two and of more columns differ')
    for form, read in (('tmx', tmx.tmxfile), ('tbx', tbx.tbxfile)):
        with glossary(form).open('rb') as file:
            units = [[unit.source, unit.target] for unit in read(file, head[0], head[1]).units]
        if units != words:
            fail(f'{form} says {units}')
    say(f'{len(words)} words in {len(head)} languages are the same as TSV, CSV, TMX and TBX')


def compile_typescript():
    files = sorted([*PLACE.glob('*.d.ts'), PLACE / 'examples.ts'])
    tsc = [PLACE / 'node_modules' / '.bin' / 'tsc', '--noEmit', '--strict', '--ignoreConfig', *files]
    subprocess.run(tsc, cwd=PLACE, check=True)
    say(f'{len(files)} TypeScript files compile')


if __name__ == '__main__':
    main()
