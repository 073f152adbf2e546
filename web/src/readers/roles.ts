// Who may do what, as far as the page shows it; the hub decides for itself.

import { ROLES, type Role, type User } from '@lintel/protocol';

/** Whether `user` has at least the rights of `role`; false while nobody is known. */
export const isAtLeast = (user: User | null, role: Role): boolean =>
  user !== null && ROLES.indexOf(user.role) >= ROLES.indexOf(role);
