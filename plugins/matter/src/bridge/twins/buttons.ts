// Buttons, each a switch of its own that tells of presses.

import { DescriptorServer } from '@matter/main/behaviors/descriptor';
import { GenericSwitchDevice } from '@matter/main/devices/generic-switch';

import type { EventDescription } from '@lintel/sdk';

import { cut } from '../about.ts';
import type { Facet, Source, Twin } from '../facet.ts';
import { BridgedButton, Finger, PRESSES } from '../gestures.ts';

const PRESSED = 'button.pressed';
/** For a button that does not say what it can tell. */
const USUAL = ['single', 'double', 'hold', 'release'];
/** Turning, shaking and sliding are no presses: Matter has no word for them. */
const HANDS = new Set([...Object.keys(PRESSES), 'hold', 'release', 'press']);

type Feature = 'MomentarySwitch' | 'MomentarySwitchRelease' | 'MomentarySwitchLongPress' | 'MomentarySwitchMultiPress';

function featuresOf(actions: readonly string[], most: number): Feature[] {
  const holds = actions.includes('hold');
  return [
    'MomentarySwitch',
    'MomentarySwitchRelease',
    ...(holds ? (['MomentarySwitchLongPress'] as const) : []),
    ...(most > 1 ? (['MomentarySwitchMultiPress'] as const) : []),
  ];
}

/** Numbers of tags in the namespaces Common Number and Switches of the standard. */
const NUMBERS = { namespaceId: 0x07, max: 20 };
const SWITCHES = 0x43;
const CUSTOM = 8;
const WORDS = ['on', 'off', 'toggle', 'up', 'down', 'next', 'previous', 'ok'];
const LABEL_BYTES_MAX = 64;

/** Tells the buttons of one device apart. */
function tagOf(name: string): object {
  const number = /^\d+$/.test(name) ? Number(name) : -1;
  if (number >= 0 && number <= NUMBERS.max) return { mfgCode: null, namespaceId: NUMBERS.namespaceId, tag: number };
  const word = WORDS.indexOf(name.toLowerCase());
  if (word >= 0) return { mfgCode: null, namespaceId: SWITCHES, tag: word };
  return { mfgCode: null, namespaceId: SWITCHES, tag: CUSTOM, label: cut(name, LABEL_BYTES_MAX) };
}

function buttonFacet(name: string, button: string | undefined, actions: readonly string[]): Facet {
  const finger = new Finger(actions.includes('release'));
  const most = Math.max(1, ...actions.map((action) => PRESSES[action] ?? 1));
  return {
    behaviors: [BridgedButton.with(...featuresOf(actions, most)), DescriptorServer.with('TagList')],
    watched: [],
    toMatter: () => ({
      switch: { numberOfPositions: 2, ...(most > 1 && { multiPressMax: most }) },
      descriptor: { tagList: [tagOf(name)] },
    }),
    toHome: () => ({}),
    async happened(endpoint, { event, data }) {
      const isOurs = event === PRESSED && (button === undefined || String(data['button']) === button);
      if (isOurs) await finger.does(endpoint, String(data['action']));
    },
  };
}

function twinOf(source: Source, { button, actions = USUAL }: EventDescription): Twin[] {
  const presses = actions.filter((action) => HANDS.has(action));
  if (presses.length === 0) return [];
  const { id: endpoint } = source.endpoint;
  const name = button === undefined ? 'button' : `button-${button}`;
  return [{ name, endpoint, type: GenericSwitchDevice, facets: [buttonFacet(button ?? endpoint, button, presses)] }];
}

export function buttonTwins(source: Source): Twin[] {
  const described = source.capability('button')?.events?.filter(({ event }) => event === PRESSED) ?? [];
  return described.flatMap((each) => twinOf(source, each));
}
