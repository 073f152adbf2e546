// Which routes this hub has, read from its own description, so that no screen asks for what is not there.

import { get } from './api.ts';

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

let description: Promise<Description> | null = null;

/** True where the hub describes `path`, such as `"/api/users"`, and the method, such as `"post"`, where one is given. */
export async function hasRoute(path: string, method?: string): Promise<boolean> {
  description ??= get<Description>('/openapi.json');
  try {
    const found = (await description).paths[path];
    return found !== undefined && (method === undefined || method in found);
  } catch {
    description = null;
    return false;
  }
}
