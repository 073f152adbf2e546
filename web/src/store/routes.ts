// Which routes this hub has, read from its own description, so that no screen asks for what is not there.

import { get } from './api.ts';

interface Description {
  readonly paths: Readonly<Record<string, unknown>>;
}

let description: Promise<Description> | null = null;

/** True where the hub describes `path`, such as `"/api/users"`. */
export async function hasRoute(path: string): Promise<boolean> {
  description ??= get<Description>('/openapi.json');
  try {
    return path in (await description).paths;
  } catch {
    description = null;
    return false;
  }
}
