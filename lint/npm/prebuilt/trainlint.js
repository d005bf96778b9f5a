#!/usr/bin/env node
// Runs the program of the package for this platform, which npm has installed beside this one.
const {spawnSync} = require('child_process');

const platform = `${process.platform}-${process.arch}`;
let program;
try {
  program = require.resolve(`@trainlint/${platform}/bin/trainlint`);
} catch {
  console.error(`trainlint: there is no package '@trainlint/${platform}' beside this one; either npm was told to ` +
    'leave optional packages out, or there is none for this platform, and trainlint is to be built from source');
  process.exit(2);
}
const result = spawnSync(program, process.argv.slice(2), {stdio: 'inherit'});
if (result.error) {
  console.error(`trainlint: ${result.error.message}`);
  process.exit(2);
}
// Who is interrupted says so.
if (result.signal) process.kill(process.pid, result.signal);
process.exitCode = result.status;
