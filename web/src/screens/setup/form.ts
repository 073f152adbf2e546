// What onboarding asks, step by step, and what may be said about it before the hub is asked. Pure.

import { t } from '../../strings/index.ts';

export interface SetupForm {
  readonly setupCode: string;
  readonly name: string;
  readonly password: string;
  readonly homeName: string;
  readonly city: string;
  readonly latitude: string;
  readonly longitude: string;
  readonly timeZone: string;
}

export type Errors = Partial<Record<keyof SetupForm, string>>;

export const STEPS = ['code', 'you', 'home'] as const;

export const BLANK: SetupForm = {
  setupCode: '',
  name: '',
  password: '',
  homeName: '',
  city: '',
  latitude: '',
  longitude: '',
  timeZone: 'UTC',
};

const FIELDS: readonly (readonly (keyof SetupForm)[])[] = [
  ['setupCode'],
  ['name', 'password'],
  ['homeName', 'city', 'latitude', 'longitude', 'timeZone'],
];

/** "52,52" and "52.52" are the same place; anything else is not a number. */
export function readDegrees(text: string): number | null {
  const trimmed = text.trim().replace(',', '.');
  return /^[-+]?\d{1,3}(\.\d+)?$/.test(trimmed) ? Number(trimmed) : null;
}

function degreesError(text: string, limit: number): string | null {
  const degrees = readDegrees(text);
  if (degrees === null) return text.trim() === '' ? t.errors.required : t.errors.number;
  return Math.abs(degrees) > limit ? t.errors.between(String(-limit), String(limit)) : null;
}

/** What is missing or impossible on this step; whether a password is strong enough, the hub decides. */
export function checkStep(step: number, form: SetupForm): Errors {
  const errors: Errors = {};
  for (const field of FIELDS[step] ?? []) {
    if (field === 'latitude' || field === 'longitude') {
      const error = degreesError(form[field], field === 'latitude' ? 90 : 180);
      if (error !== null) errors[field] = error;
    } else if (field !== 'city' && form[field].trim() === '') errors[field] = t.errors.required;
  }
  return errors;
}

/** The body of POST /api/setup. */
export function bodyOf(form: SetupForm, virtual: boolean): Record<string, unknown> {
  return {
    setupCode: form.setupCode.trim(),
    name: form.name.trim(),
    password: form.password,
    home: {
      name: form.homeName.trim(),
      latitude: readDegrees(form.latitude),
      longitude: readDegrees(form.longitude),
      timeZone: form.timeZone,
    },
    ...(virtual && { virtual: true }),
  };
}

/** Where a pointer of the hub's refusal belongs: the step and the field that hold it. */
export function stepOf(pointer: string): { step: number; field: keyof SetupForm | null } {
  const last = pointer.split('/').at(-1) ?? '';
  const field = pointer === '/home/name' ? 'homeName' : (last as keyof SetupForm);
  const step = FIELDS.findIndex((fields) => fields.includes(field));
  return step === -1 ? { step: 0, field: null } : { step, field };
}
