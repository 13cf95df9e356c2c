/**
 * `npm test`: sets up what is missing, runs the checks (format, types, directions, unused code), then every test but the
 * interop ones, which need Java, Go and large downloads: `npm run test:interop`. The last line says how many tests passed
 * and failed. Arguments go to Vitest, and then only the tests run.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { installProgram, pinnedNode, root, setup } from './setup.mjs';

const vitestArguments = process.argv.slice(2);
const projects = ['unit', 'e2e', 'browser', 'faults'].flatMap((project) => ['--project', project]);
const resultFile = join(root, '.data', 'test-results.json');

setup();
const isInterop = vitestArguments.includes('interop');
if (isInterop) {
  installProgram('java', 'default-jre-headless', 'the interop tests with Kafka, Keycloak and S3 will fail');
} else {
  installProgram('chromium', 'chromium', 'the browser tests will fail');
}
const failedChecks = vitestArguments.length > 0 ? [] : runChecks();
const { passed, failed, skipped } = runTests();
if (failedChecks.length > 0) console.log(`\nFailed checks: ${failedChecks.join(', ')}`);
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 || failedChecks.length > 0 ? 1 : 0;

/** Runs all checks even if one fails, so that a person sees everything at once. */
function runChecks() {
  const checks = ['format:check', 'typecheck', 'deps', 'unused'];
  return checks.filter((check) => {
    console.log(`\n> ${check}`);
    return run('npm', ['run', '--silent', check]) !== 0;
  });
}

function runTests() {
  const selected = vitestArguments.length > 0 ? vitestArguments : projects;
  rmSync(resultFile, { force: true });
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${resultFile}`];
  const status = run(pinnedNode, [vitest, 'run', ...reporters, ...selected]);
  const results = existsSync(resultFile) ? JSON.parse(readFileSync(resultFile, 'utf8')) : {};
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0 } = results;
  // A file that does not load fails the run without failing a test: it counts as one.
  return {
    passed: numPassedTests,
    failed: status === 0 ? 0 : Math.max(numFailedTests, 1),
    skipped: numPendingTests,
  };
}

function run(command, args) {
  return spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }).status;
}
