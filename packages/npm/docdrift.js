#!/usr/bin/env node
// Runs the program of the platform package that npm installed beside this one.
'use strict';

const { spawnSync } = require('node:child_process');

const PLATFORMS = require('./platforms.json');

/** The name of this machine's platform package, for example `docdrift-linux-x64`. */
function packageName() {
  const musl = process.platform === 'linux' && !process.report?.getReport().header.glibcVersionRuntime;
  const libc = musl ? 'musl' : 'any';
  const found = PLATFORMS.find((one) => one.os === process.platform && one.cpu === process.arch && (one.libc ?? libc) === libc);
  return found?.package;
}

/** The path of the program. */
function findProgram() {
  const name = packageName();
  if (name === undefined) {
    throw new Error(`there is no docdrift for ${process.platform} on ${process.arch}; build it with: cargo install docdrift`);
  }
  const file = process.platform === 'win32' ? 'docdrift.exe' : 'docdrift';
  try {
    return require.resolve(`${name}/bin/${file}`);
  } catch {
    throw new Error(`the package ${name} is not installed; install docdrift again with optional dependencies`);
  }
}

module.exports = { findProgram };

if (require.main === module) {
  let program;
  try {
    program = findProgram();
  } catch (error) {
    process.stderr.write(`error: ${error.message}\n`);
    process.exit(2);
  }
  const done = spawnSync(program, process.argv.slice(2), { stdio: 'inherit' });
  if (done.error) {
    process.stderr.write(`error: ${program} cannot be run: ${done.error.message}\n`);
    process.exit(2);
  }
  if (done.signal) {
    process.kill(process.pid, done.signal);
  }
  process.exit(done.status ?? 2);
}
