// What is answered of rules that are tried before they count.

import { PROBLEM_CODES } from '@lintel/model';
import { z } from 'zod';
import { rule } from './views.ts';

const firing = z.object({
  at: z.string(),
  cause: z.number(),
  commands: z.array(z.record(z.string(), z.unknown())),
  only: z.enum(['new', 'old']).optional(),
});
export const backtest = z
  .object({ firings: z.array(firing), divergesAt: z.string().nullable(), truncated: z.boolean().optional() })
  .meta({ id: 'Backtest' });
const ruleProblem = z
  .object({
    severity: z.enum(['error', 'warning']),
    code: z.enum(PROBLEM_CODES),
    rule: z.string(),
    pointer: z.string().describe('JSON pointer inside the automation'),
    message: z.string(),
    with: z.string().optional().describe('the other automation, where two are involved'),
  })
  .meta({ id: 'RuleProblem' });
export const check = z
  .object({ problems: z.array(ruleProblem), truncated: z.boolean().optional() })
  .meta({ id: 'Check' });
export const forecastEntry = z
  .object({
    at: z.string(),
    kind: z.enum(['run', 'revert', 'more']),
    automation: z.string().optional(),
    name: z.string().optional(),
    run: z.number().optional(),
    text: z.string(),
  })
  .meta({ id: 'ForecastEntry' });
const importNote = z
  .object({ line: z.number(), level: z.enum(['info', 'warning', 'error']), message: z.string() })
  .meta({ id: 'ImportNote' });
export const imported = z.object({ rules: z.array(rule), report: z.array(importNote) }).meta({ id: 'Import' });
