// zod as plugin authors get it. In the plugin's own process the condition `lintel-plugin` puts an inert stand-in in its
// place: the hub has validated the settings by then, and zod would cost each process ten megabytes.

/**
 * What settings are written with.
 * @example const settings = z.object({ host: z.string().meta({ title: 'Address' }), token: z.string().meta({ writeOnly: true }) });
 */
export { z } from '#zod';
