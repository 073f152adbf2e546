// Faults to plant in the core, one at a time: each breaks one thing that the rules promise. `find` stands once in its file.

export interface Mutant {
  readonly breaks: string;
  /** Under `assembly/`, without its ending. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

const planted = (file: string, breaks: string, find: string, replace: string): Mutant => ({
  breaks,
  file,
  find,
  replace,
});

const CONDITIONS = [
  planted('predicates', 'equal is beyond', '!(number > low)', '!(number >= low)'),
  planted('predicates', 'the upper end of `between` is left out', '!(number <= high)', '!(number < high)'),
  planted(
    'predicates',
    'of no known member the statement is false',
    'if (known == 0) return MAYBE',
    'if (known == 0) return NO',
  ),
  planted('predicates', '`all` counts members that are unknown', 'holding == known', 'holding == count'),
  planted(
    'predicates',
    'the present origin is not asked for',
    'return originIn(origins, last) ? answer : NO',
    'return answer',
  ),
  planted('predicates', 'a `for` is over a moment late', '>= duration ? YES', '> duration ? YES'),
  planted(
    'predicates',
    'every change starts a `for` over',
    'if (answer == load<u32>(hold, abi.HOLD_STATE)) return;',
    '',
  ),
  planted('evaluate', 'the lower end of `between` is left out', '? number >= limit', '? number > limit'),
  planted(
    'evaluate',
    '`not` of unknown passes',
    '(load<u8>(at, abi.OP_NEGATED) ? NO : YES)',
    '(load<u8>(at, abi.OP_NEGATED) ? MAYBE : YES)',
  ),
  planted(
    'evaluate',
    'a window over midnight never opens',
    'if (!(overMidnight ? begun || open : begun && open)) return NO',
    'if (!(begun && open)) return NO',
  ),
  planted(
    'evaluate',
    'on a day without dusk it is never past',
    'event == abi.SUN_SUNSET || event == abi.SUN_DUSK',
    'event == abi.SUN_SUNSET',
  ),
  planted('evaluate', 'a wait does not see the horizon passed', 'watchHorizon(sunEvent(abi.SUN_SUNRISE, noon));', ''),
];

const EXPRESSIONS = [
  planted(
    'operators',
    '! of unknown is true',
    'value == TRUE ? FALSE : value == FALSE ? TRUE : UNKNOWN',
    'value == TRUE ? FALSE : TRUE',
  ),
  planted('operators', 'unknown || true is unknown', 'return a == YES || b == YES ? TRUE', 'return a == YES ? TRUE'),
  planted('operators', 'the mean counts members that are unknown', 'sum / <f64>known', 'sum / <f64>count'),
  planted(
    'operators',
    'what a wait waits for speaks of another wait',
    'if (scratch.run != 0 && scratch.wantsRecheck) return FALSE;',
    '',
  ),
];

const TRIGGERS = [
  planted(
    'entries',
    'the first known value fires',
    'if (previous == UNKNOWN || value == UNKNOWN) return false',
    'if (value == UNKNOWN) return false',
  ),
  planted('triggers', 'unknown in between counts as a change', 'if (previous == value) return false;', ''),
  planted(
    'triggers',
    'hysteresis arms a little too late',
    'number <= load<f64>(trigger, abi.PREDICATE_LOW) - margin',
    'number < load<f64>(trigger, abi.PREDICATE_LOW) - margin',
  ),
  planted(
    'triggers',
    'a trigger with hysteresis is never spent',
    'load<u32>(cell, abi.CELL_FLAGS) & ~abi.CELL_ARMED, abi.CELL_FLAGS',
    'load<u32>(cell, abi.CELL_FLAGS), abi.CELL_FLAGS',
  ),
  planted(
    'triggers',
    'changes do not start a `for` over',
    'if (pending ? !anew : !starts && !broken)',
    'if (pending || (!starts && !broken))',
  ),
  planted(
    'triggers',
    'a `for` that unknown broke does not start over',
    '(flags & ~abi.CELL_PENDING) | abi.CELL_BROKEN',
    'flags & ~abi.CELL_PENDING',
  ),
  planted(
    'triggers',
    'an expression fires from unknown to true',
    'const starts = storedStatement(cell) == NO',
    'const starts = storedStatement(cell) != YES',
  ),
  planted('triggers', 'whoever makes the change, the trigger fires', 'starts = starts && fits;', ''),
  planted(
    'slots',
    'unknown is remembered as the last known value',
    'if (value != UNKNOWN) store<u64>(slot, value, abi.SLOT_KNOWN);',
    'store<u64>(slot, value, abi.SLOT_KNOWN);',
  ),
  planted(
    'listeners',
    'the devices of a wait share one memory',
    'if (load<u32>(each, abi.STRAND_LISTENS_TO) == slot) return each;',
    'return each;',
  ),
];

const ORDER = [
  planted('plain', 'reports of a batch come from nowhere', 'ORIGIN: u32 = abi.DEVICE_ORIGIN', 'ORIGIN: u32 = 0'),
  planted('step', 'what is due now waits for the next step', 'if (due <= target)', 'if (due < target)'),
  planted('step', 'a late step fires everything at its own instant', 'max(now(), due)', 'max(now(), target)'),
  planted('step', 'clock triggers missed in downtime fire', 'if (!downtime || missed) fireFromCell', 'fireFromCell'),
  planted('starts', 'one input starts a rule twice', 'if (load<u32>(state, abi.RULE_MARK) == mark) return false;', ''),
  planted(
    'starts',
    '`restart` drops the new run',
    'if (mode == abi.MODE_RESTART) cancelRuns(rule);',
    'if (mode == abi.MODE_RESTART) return refuse(rule, abi.OUTCOME_DROPPED, 0);',
  ),
  planted(
    'starts',
    '`max` does not count the running run',
    'running >= load<u32>(code, abi.CODE_MAX)',
    'running > load<u32>(code, abi.CODE_MAX)',
  ),
  planted('limits', 'a chain is cut one link late', 'CHAIN_LINKS_MAX: u32 = 32', 'CHAIN_LINKS_MAX: u32 = 33'),
  planted(
    'limits',
    'a run is stopped one step late',
    'STEPS_PER_INSTANT_MAX: u32 = 10000',
    'STEPS_PER_INSTANT_MAX: u32 = 10001',
  ),
  planted('timers', 'at one instant the last rule goes first', 'return ruleA < ruleB', 'return ruleA > ruleB'),
  planted('timers', 'the heap forgets its fourth child', 'min<u32>(first + 4, count)', 'min<u32>(first + 3, count)'),
  planted(
    'switch',
    'a rule cannot be switched off',
    'store<u32>(ruleAt(rule), 0, abi.RULE_ENABLED)',
    'store<u32>(ruleAt(rule), 1, abi.RULE_ENABLED)',
  ),
];

const BATCHES = [
  planted('plain', 'in a batch an input starts a rule twice', 'load<u32>(state, abi.RULE_MARK) == input || ', ''),
  planted('plain', 'in a batch a rule that is off starts', ' || load<u32>(state, abi.RULE_ENABLED) == 0', ''),
  planted('plain', 'in a batch a rule starts beside its run', 'load<u32>(state, abi.RULE_RUNNING) != 0 || ', ''),
  planted('plain', 'in a batch conditions are not asked', 'if (verdict == FAILED) return true;', ''),
  planted('plain', 'a batch forgets what commands lead to', 'if (list != 0) markLink(list, 1, now());', ''),
  planted('plain', 'in a batch no condition holds for long', 'load<u32>(table, abi.TABLE_HOLD_COUNT) | ', ''),
  planted(
    'plain',
    'a trigger that asks for more does not know the value before',
    'store<u64>(abi.H_INPUT, previous, abi.INPUT_PREVIOUS);',
    '',
  ),
  planted(
    'plain',
    'a batch of events all carry one number',
    'load<f64>(abi.H_SEQUENCE) + 1',
    'load<f64>(abi.H_SEQUENCE)',
  ),
];

const RUNS = [
  planted('waits', 'no wait ever timed out', 'timedOut ? abi.TIMED_OUT_YES : abi.TIMED_OUT_NO', 'abi.TIMED_OUT_NO'),
  planted(
    'waits',
    'a wait sees the event in which it began',
    'store<u32>(strand, word(abi.H_INPUT_MARK), abi.STRAND_AWAITED);',
    '',
  ),
  planted(
    'waits',
    '`onTimeout: stop` goes on',
    'if (!(load<u8>(at, abi.OP_AUX) & <u8>STOPS_ON_TIMEOUT)) return wake(strand);',
    'return wake(strand);',
  ),
  planted(
    'waiting',
    'an event beats a time-out of the same instant',
    'load<f64>(strand, abi.STRAND_TIMEOUT) <= at && status',
    'load<f64>(strand, abi.STRAND_TIMEOUT) < at && status',
  ),
  planted(
    'execute',
    'a loop makes one round too many',
    'if (index >= load<u32>(local, 4))',
    'if (index > load<u32>(local, 4))',
  ),
  planted(
    'branches',
    'a run goes on before its last branch has ended',
    'if (left == 0) makeReady(parent);',
    'if (left <= 1) makeReady(parent);',
  ),
  planted(
    'runs',
    'queued runs begin beside one another',
    'if (load<u32>(run, abi.RUN_STATE) != abi.RUN_QUEUED) return;',
    'if (load<u32>(run, abi.RUN_STATE) != abi.RUN_QUEUED) continue;',
  ),
];

const CLOCKS = [
  planted('clock', 'of two day fields of cron both must match', '? byDay || byWeek', '? byDay && byWeek'),
  planted('clock', '`every` runs on over midnight', 'return min(at, midnight(day + 1));', 'return at;'),
  planted('zone', 'a time in the gap fires before it', 'return low > 0 ? max(at, fromAt(low)) : at;', 'return at;'),
  planted('zone', 'a workday may be a holiday', ': (mask & WORKDAY) != 0 && weekday < 5', ': (mask & WORKDAY) != 0'),
  planted('sun', 'the horizon is a little too high', 'HORIZON_DEGREES: f64 = -0.833', 'HORIZON_DEGREES: f64 = -0.8'),
];

export const MUTANTS: readonly Mutant[] = [
  ...CONDITIONS,
  ...EXPRESSIONS,
  ...TRIGGERS,
  ...ORDER,
  ...BATCHES,
  ...RUNS,
  ...CLOCKS,
];
