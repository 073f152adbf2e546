// The entry, kept tiny. The live socket is opened first: while it travels, the page's own code has all the processor.

import { enter, entered, watchVisibility } from './store/session.ts';

const showApp = (): Promise<unknown> => import('./app.ts');

entered.promise = enter();
// A failure is shown by the app, which awaits the same promise.
void entered.promise.then(showApp, showApp);
watchVisibility();
