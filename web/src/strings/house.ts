// The catalogue of the screens that are opened now and then; it is loaded with the first of them.

import { house } from './en-house.ts';

export type HouseCatalogue = typeof house;

export const th: HouseCatalogue = house;
