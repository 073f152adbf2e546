// What is wrong with a value from outside, in Lintel's own words: everything that checks with zod asks here, as does nothing else.

/** As much of one of zod's issues as is told; it is not imported, so that this stays free of it. */
export interface ValueFault {
  readonly code?: string;
  readonly input?: unknown;
  readonly [particular: string]: unknown;
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};
const FORMATS: Readonly<Record<string, string>> = {
  email: 'an e-mail address',
  url: 'an address such as "https://example.org"',
  datetime: 'a time such as "2027-01-31T12:00:00Z"',
  date: 'a date such as "2027-01-31"',
  time: 'a time of day such as "07:30"',
  uuid: 'an id of 36 characters',
  ipv4: 'an IPv4 address',
  base64: 'base64',
};
/** Of more choices than these the first are told. */
const CHOICES_TOLD_MAX = 20;

/**
 * What was expected, and of what kind the value is; never the value itself, which may be a secret.
 *
 * @example schema.safeParse(value, { error: faultWords })
 */
export function faultWords(fault: ValueFault): string {
  if (fault.input === undefined && fault.code !== 'custom') return 'this must be given';
  switch (fault.code) {
    case 'invalid_type':
      return typeOf(fault);
    case 'invalid_value':
      return `expected ${choicesOf(fault['values'])}`;
    case 'too_small':
      return `expected ${limitOf(fault, 'at least', 'more than', fault['minimum'])}`;
    case 'too_big':
      return `expected ${limitOf(fault, 'at most', 'less than', fault['maximum'])}`;
    case 'not_multiple_of':
      return `expected a multiple of ${String(fault['divisor'])}`;
    case 'invalid_format':
      return `expected ${FORMATS[String(fault['format'])] ?? 'a text that is written otherwise'}`;
    case 'unrecognized_keys':
      return `unknown field ${choicesOf(fault['keys'])}`;
    case 'invalid_union':
      return unionOf(fault);
    case 'invalid_key':
      return 'this name is not allowed here';
    default:
      return `this does not fit here, being ${kindOf(fault.input)}`;
  }
}

function typeOf({ input, ...fault }: ValueFault): string {
  const wanted = TYPES[String(fault['expected'])] ?? 'something else';
  if (typeof input !== 'number' || !wanted.endsWith('number')) return `expected ${wanted}, not ${kindOf(input)}`;
  return `expected ${wanted}${Number.isFinite(input) ? ', not a fraction' : ''}`;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number') return 'a number';
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'string' ? 'a text' : 'an object';
}

function choicesOf(raw: unknown): string {
  const choices = Array.isArray(raw)
    ? raw.map((each: unknown) => (typeof each === 'string' ? each : String(each)))
    : [];
  const told = choices.slice(0, CHOICES_TOLD_MAX).map((each) => each.slice(0, 60));
  if (told.length === 1) return JSON.stringify(told[0]);
  return `one of ${told.join(', ')}${choices.length > told.length ? ', …' : ''}`;
}

const UNITS: Readonly<Record<string, readonly [string, string]>> = {
  string: ['character', 'characters'],
  array: ['entry', 'entries'],
  set: ['entry', 'entries'],
  map: ['entry', 'entries'],
};

function limitOf(fault: ValueFault, within: string, beyond: string, limit: unknown): string {
  const unit = UNITS[String(fault['origin'])];
  const words = fault['exact'] === true ? 'exactly' : fault['inclusive'] === false ? beyond : within;
  const counted = unit === undefined ? '' : ` ${limit === 1 ? unit[0] : unit[1]}`;
  return `${words} ${String(limit)}${counted}`;
}

/** Where every branch wants another type, any of them. */
function unionOf({ errors, input }: ValueFault): string {
  const branches = Array.isArray(errors) ? (errors as readonly (readonly ValueFault[])[]) : [];
  const wanted = branches.map(([first]) =>
    first?.code === 'invalid_type' ? TYPES[String(first['expected'])] : undefined,
  );
  if (wanted.length === 0 || wanted.includes(undefined)) return `this fits none of what may stand here`;
  const words = [...new Set(wanted)];
  return `expected ${[words.slice(0, -1).join(', '), words.at(-1)].filter(Boolean).join(' or ')}, not ${kindOf(input)}`;
}
