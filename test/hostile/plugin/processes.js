// Other processes: starting them, and doing something to those that are there.

import { createRequire } from 'node:module';
import { setPriority } from 'node:os';

const require = createRequire(import.meta.url);

const EXECUTED = JSON.stringify({ type: 'log', level: 'info', text: 'another program has the process' });

export const processes = {
  'processes: spawn': () =>
    new Promise((resolve, reject) => {
      const child = require('node:child_process').spawn(process.execPath, ['-e', '0']);
      child.on('error', reject);
      child.on('spawn', () => resolve(`started ${child.pid}`));
    }),
  'processes: execFileSync': () => String(require('node:child_process').execFileSync(process.execPath, ['-v'])),
  'processes: execSync of a shell': () => String(require('node:child_process').execSync('echo out')),
  'processes: fork': () => `forked ${require('node:child_process').fork(process.argv[1]).pid}`,
  'processes: cluster': () => `forked ${require('node:cluster').fork().process.pid}`,
  'processes: a worker thread': () =>
    new Promise((resolve, reject) => {
      const { Worker } = require('node:worker_threads');
      const worker = new Worker('0', { eval: true });
      worker.on('online', () => resolve('runs'));
      worker.on('error', reject);
    }),
  'processes: WASI': () => {
    const { WASI } = require('node:wasi');
    return `made ${new WASI({ version: 'preview1', preopens: { '/': '/' } })}`;
  },
  // The plugin is gone when this succeeds: another program has its process, and its line to the hub.
  'processes: execve': () => process.execve('/bin/sh', ['sh', '-c', `echo '${EXECUTED}' >&3`], {}),
  'signals: kill': (t) => {
    process.kill(t.decoy, 'SIGKILL');
    return 'sent SIGKILL';
  },
  'signals: _kill': (t) => (process._kill(t.decoy, 9) === 0 ? 'sent SIGKILL' : null),
  'signals: its parent': () => {
    process.kill(process.ppid, 0);
    return process.ppid > 1 ? 'sees its parent' : null;
  },
  'signals: the process group': () => {
    process.kill(0, 0);
    return process.ppid > 1 ? 'reaches its group' : null;
  },
  'signals: every process': (t) => {
    process.kill(t.hub, 0);
    return 'sees the hub';
  },
  'signals: _debugProcess': (t) => {
    process._debugProcess(t.decoy);
    return 'asked for the inspector';
  },
  'signals: priority of another': (t) => {
    setPriority(t.decoy, 19);
    return 'made it slow';
  },
};
