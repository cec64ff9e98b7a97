// Writes npm packages into a folder, ready for `npm pack` or `npm publish`.
//
//   node packages/npm/build.mjs OUT                       the package `docdrift`
//   node packages/npm/build.mjs OUT TARGET PROGRAM NOTICES  the package of one platform, with its program
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');
const platforms = JSON.parse(readFileSync(join(here, 'platforms.json'), 'utf8'));
const manifest = readFileSync(join(root, 'Cargo.toml'), 'utf8');
const version = /^version = "([^"]+)"/m.exec(manifest)[1];
const description = 'Check API docs, their translations and the API spec against each other';

function write(folder, files, extra) {
  mkdirSync(folder, { recursive: true });
  for (const name of ['LICENSE-MIT', 'LICENSE-APACHE']) {
    copyFileSync(join(root, name), join(folder, name));
  }
  copyFileSync(join(here, 'README.md'), join(folder, 'README.md'));
  const content = { version, description, license: 'MIT OR Apache-2.0', files: [...files, 'LICENSE-*'], ...extra };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(content, null, 2)}\n`);
}

const [out, target, program, notices] = process.argv.slice(2);
if (out === undefined || (target !== undefined && notices === undefined)) {
  process.stderr.write('usage: build.mjs OUT [TARGET PROGRAM NOTICES]\n');
  process.exit(2);
}
if (target === undefined) {
  const folder = join(out, 'docdrift');
  write(folder, ['docdrift.js', 'platforms.json'], {
    name: 'docdrift',
    keywords: ['documentation', 'localization', 'lint', 'api', 'openapi'],
    bin: { docdrift: 'docdrift.js' },
    main: 'docdrift.js',
    engines: { node: '>=18' },
    optionalDependencies: Object.fromEntries(platforms.map((one) => [one.package, version])),
  });
  for (const name of ['docdrift.js', 'platforms.json']) {
    copyFileSync(join(here, name), join(folder, name));
  }
} else {
  const platform = platforms.find((one) => one.target === target);
  if (platform === undefined) {
    process.stderr.write(`no platform package for ${target}\n`);
    process.exit(2);
  }
  const folder = join(out, platform.package);
  const libc = platform.libc === 'musl' ? { libc: ['musl'] } : platform.libc === 'any' ? { libc: ['glibc'] } : {};
  write(folder, ['bin', 'THIRD-PARTY-NOTICES'], { name: platform.package, os: [platform.os], cpu: [platform.cpu], ...libc });
  const file = join(folder, 'bin', platform.os === 'win32' ? 'docdrift.exe' : 'docdrift');
  mkdirSync(dirname(file), { recursive: true });
  copyFileSync(program, file);
  chmodSync(file, 0o755);
  copyFileSync(notices, join(folder, 'THIRD-PARTY-NOTICES'));
}
