// Values of properties. Null is "unknown": a value like any other, which never makes a trigger fire by itself.

/**
 * What a property can be; null is unknown.
 * @example const unknown: Value = null;
 */
export type Value = boolean | number | string | null;
export type KnownValue = boolean | number | string;

export function isValue(raw: unknown): raw is Value {
  if (raw === null || typeof raw === 'boolean' || typeof raw === 'string') return true;
  return typeof raw === 'number' && Number.isFinite(raw);
}

/**
 * Values by property name (`"onOff.on"`), or by property and endpoint (`"onOff.on@2"`).
 * @example const values: Values = { 'onOff.on': true, 'level.level': 0.4 };
 */
export type Values = Readonly<Record<string, Value>>;
