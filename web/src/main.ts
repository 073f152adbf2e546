// The entry, kept tiny: it opens the live socket while the rest of the page's code is still on its way.

import { enter, entered, watchVisibility } from './store/session.ts';

entered.promise = enter();
// Whoever awaits it shows the failure; without this line an early one would also count as unhandled.
entered.promise.catch(() => {});
watchVisibility();
void import('./app.ts');
