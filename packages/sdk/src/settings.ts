// zod as plugin authors get it. In the plugin's own process the condition `lintel-plugin` puts an inert stand-in in its
// place: the hub has validated the settings by then, and zod would cost each process ten megabytes.

export { z } from '#zod';
