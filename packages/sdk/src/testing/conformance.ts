// The conformance suite that every plugin runs against itself, and the quality level that comes out of it.

import { appendFileSync } from 'node:fs';

import type { PluginDefinition } from '../define.ts';
import { FOUND_VARIABLE, QUALITY_LEVELS } from '../quality.ts';
import type { QualityLevel } from '../quality.ts';
import { CHECKS } from './checks.ts';
import { Skipped } from './quality.ts';
import type { Check, TestPluginOptions } from './quality.ts';

/**
 * What became of one check.
 * @example const skipped = (result: CheckResult) => result.status === 'skipped' && result.detail;
 */
export interface CheckResult {
  /** A sentence such as "a command is confirmed by a report". */
  readonly name: string;
  readonly level: QualityLevel;
  readonly status: 'passed' | 'failed' | 'skipped';
  /** Why it failed, or what it takes not to be skipped. */
  readonly detail: string | null;
}

/**
 * What became of all checks.
 * @example const { level, failures }: ConformanceReport = await testPlugin(plugin);
 */
export interface ConformanceReport {
  /** The highest level of which every check passed, and of all below it; null for none. */
  readonly level: QualityLevel | null;
  readonly results: readonly CheckResult[];
  /** A line for each check that failed: empty when the plugin conforms. */
  readonly failures: readonly string[];
}

async function judge(check: Check, plugin: PluginDefinition, options: TestPluginOptions): Promise<CheckResult> {
  const { name, level } = check;
  try {
    await options.before?.();
    await check.run(plugin, options);
    return { name, level, status: 'passed', detail: null };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { name, level, status: error instanceof Skipped ? 'skipped' : 'failed', detail };
  }
}

function levelOf(results: readonly CheckResult[]): QualityLevel | null {
  const isReached = (level: QualityLevel): boolean =>
    results.filter((each) => each.level === level).every(({ status }) => status === 'passed');
  let reached: QualityLevel | null = null;
  for (const level of QUALITY_LEVELS) {
    if (!isReached(level)) break;
    reached = level;
  }
  return reached;
}

/** Tells `lintel-plugin test`, where that runs the tests. */
function tell(level: QualityLevel | null): void {
  const file = process.env[FOUND_VARIABLE];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(level)}\n`);
}

/**
 * Runs every check on a plugin, each on a hub in memory of its own.
 * @example
 * const report = await testPlugin(plugin, { settings: { lamps: 1 } });
 * assert.equal(report.failures, []);
 * assert.is(report.level, 'silver');
 */
export async function testPlugin(
  plugin: PluginDefinition,
  options: TestPluginOptions = {},
): Promise<ConformanceReport> {
  const results: CheckResult[] = [];
  for (const check of CHECKS) results.push(await judge(check, plugin, options));
  const failures = results
    .filter(({ status }) => status === 'failed')
    .map(({ level, name, detail }) => `${level}: ${name}: ${detail}`);
  const level = levelOf(results);
  tell(level);
  return { level, results, failures };
}
