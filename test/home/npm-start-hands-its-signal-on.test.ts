// A service manager that runs `npm start` knows npm's process alone: what it sends there must reach the hub.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { test } from 'uvu';
import * as assert from 'uvu/assert';

const ROOT = join(import.meta.dirname, '../..');

test('SIGTERM to npm ends the hub in order', async () => {
  const data = mkdtempSync(join(tmpdir(), 'lintel-npm-'));
  const npm = spawn('npm', ['start', '--', '--port', '0', '--host', '127.0.0.1', '--data', data], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  let said = '';
  npm.stdout.on('data', (chunk: Buffer) => (said += chunk));
  try {
    while (!said.includes('setup code')) await once(npm.stdout, 'data', { signal: AbortSignal.timeout(90_000) });
    const [address] = /http:\/\/[\w.]+:\d+/.exec(said)!;
    assert.is((await fetch(`${address}/api/health`)).status, 200);
    const ended = once(npm, 'exit', { signal: AbortSignal.timeout(30_000) });
    npm.kill('SIGTERM');
    assert.equal(await ended, [0, null], said);
    const answers = await fetch(`${address}/api/health`).catch(() => null);
    assert.is(answers, null, 'the hub outlived npm');
  } finally {
    try {
      process.kill(-npm.pid!, 'SIGKILL');
    } catch {
      // All of it has ended.
    }
    rmSync(data, { recursive: true, force: true });
  }
});

test.run();
