// Packs a program that is built (lint/static) for npm: a package for its platform, which holds it, and
// "trainlint" itself, which any platform installs and which runs the one that fits.
//
// usage: node lint/npm/pack.js PROGRAM FOLDER
const {execFileSync} = require('child_process');
const fs = require('fs');
const path = require('path');

const top = path.join(__dirname, '..', '..');
const {version, license} = require(path.join(top, 'package.json'));
const platforms = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'];

const [program, folder] = process.argv.slice(2);
if (!program || !folder) {
  console.error('usage: node lint/npm/pack.js PROGRAM FOLDER');
  process.exit(2);
}

// The package's folder, with its files: [source, path in the package, executable].
function pack(description, files) {
  const place = fs.mkdtempSync(path.join(folder, 'package-'));
  for (const [from, to, executable] of files) {
    fs.mkdirSync(path.join(place, path.dirname(to)), {recursive: true});
    fs.copyFileSync(from, path.join(place, to));
    fs.chmodSync(path.join(place, to), executable ? 0o755 : 0o644);
  }
  const whole = {...description, version, license, files: files.map(([, to]) => to)};
  fs.writeFileSync(path.join(place, 'package.json'), JSON.stringify(whole, null, 2) + '\n');
  execFileSync('npm', ['pack', '--silent', '--pack-destination', path.resolve(folder)], {cwd: place, stdio: 'inherit'});
  fs.rmSync(place, {recursive: true});
}

fs.mkdirSync(folder, {recursive: true});
const licence = [path.join(top, 'LICENSE'), 'LICENSE', false];
pack({
  name: `@trainlint/${process.platform}-${process.arch}`,
  description: 'trainlint for this platform; install the package "trainlint"',
  os: [process.platform],
  cpu: [process.arch],
}, [
  [program, 'bin/trainlint', true],
  [path.join(top, 'rules', 'README.md'), 'share/doc/trainlint/rules.md', false],
  licence,
]);
pack({
  name: 'trainlint',
  description: 'A linter for Python trainer packages',
  bin: {trainlint: 'bin/trainlint.js'},
  optionalDependencies: Object.fromEntries(platforms.map((name) => [`@trainlint/${name}`, version])),
}, [[path.join(__dirname, 'prebuilt', 'trainlint.js'), 'bin/trainlint.js', true], licence]);
