// Who wrote rules and may not command the home any more, as whoever keeps the accounts says.

import type { Edit } from '../journal/records.ts';
import type { Kernel } from '../kernel.ts';
import { SYSTEM } from '../kernel.ts';
import type { BarredAuthor } from '../registry/registry.ts';

export type Standing = 'acts' | BarredAuthor['standing'];

export function authorService(kernel: Kernel) {
  const { registry, departed } = kernel.machine;

  /** Those who are gone and wrote nothing that is left need not be remembered. */
  const forgotten = (but: string): Edit[] => {
    const departing = departed.export().map(([, author]) => author);
    const authors = new Set([...registry.list('automations').map(({ author }) => author), ...departing]);
    const idle = registry.list('authors').filter((each) => each.id !== but && !authors.has(each.id));
    return idle.map(({ id }) => ({ collection: 'authors', id, value: null }));
  };

  return {
    /** Whether what this person wrote acts from now on; resolves once that is durable. */
    settle: async ({ id, name }: { readonly id: string; readonly name: string }, standing: Standing): Promise<void> => {
      const known = registry.get('authors', id);
      if ((known?.standing ?? 'acts') === standing) return;
      const since = new Date(kernel.scheduler.now()).toISOString();
      const value: BarredAuthor | null = standing === 'acts' ? null : { id, name, standing, since };
      await kernel.commit([{ collection: 'authors', id, value }, ...forgotten(id)], SYSTEM);
    },
  };
}
