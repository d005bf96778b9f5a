// Builds the program when npm installs the package. pre-commit first runs npm in its clone of the
// repository and then installs a packed copy; only the copy is used, so the clone builds nothing.
const {spawnSync} = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const top = path.join(__dirname, '..', '..');
if (fs.existsSync(path.join(top, '.git'))) process.exit(0);

// The npm that cmake runs must not take "install globally" for meant.
const env = {...process.env};
for (const name of Object.keys(env)) {
  if (/^npm_config_(global|location|prefix|local_prefix|global_prefix)$/i.test(name)) delete env[name];
}

function run(...command) {
  const result = spawnSync(command[0], command.slice(1), {cwd: top, stdio: 'inherit', env});
  if (result.status !== 0) {
    console.error(`trainlint: '${command.join(' ')}' failed; lint/packages names what the build needs`);
    process.exit(result.status || 1);
  }
}

run('cmake', '-S', '.', '-B', 'build/npm', '-DCMAKE_BUILD_TYPE=Release');
// Without a number, make starts all compilers at once; each may take half a gigabyte.
const jobs = Math.max(1, Math.min(os.cpus().length, Math.floor(os.freemem() / (512 << 20))));
run('cmake', '--build', 'build/npm', '--target', 'trainlint', '--parallel', String(jobs));
// What is left behind is the program.
for (const name of fs.readdirSync(path.join(top, 'build', 'npm'))) {
  if (name !== 'trainlint') fs.rmSync(path.join(top, 'build', 'npm', name), {recursive: true, force: true});
}
