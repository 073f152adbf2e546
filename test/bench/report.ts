// How benchmarks print what they measured.

export const figure = (value: number, digits = 2): string => value.toFixed(digits);

export function heading(text: string): void {
  console.log(`\n${text}`);
}

export function row(name: string, value: string): void {
  console.log(`  ${name.padEnd(64)} ${value.padStart(14)}`);
}
