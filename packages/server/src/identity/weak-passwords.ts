// Which passwords are refused: too short, or among the first an intruder would try.

import { HubError } from '@lintel/model';
import { PASSWORD_CHARACTERS_MAX, PASSWORD_CHARACTERS_MIN } from '../limits.ts';

/** What remains of the commonest passwords once digits and signs around them are taken off. */
const COMMON = new Set(
  `aaaaaa abc abcabc abcd abcdef abcdefg abcdefgh access account admin administrator adobe alexander amanda andrea andrew
  angel angels anthony apple asdasd asdf asdfasdf asdfgh asdfghjkl ashley azerty babygirl bailey banana barcelona baseball
  basketball batman beautiful bitte blink bonjour buster butterfly changeit changeme charlie cheese chelsea chocolate
  classic computer cookie correct daniel default demo diamond dolphin donald dragon eminem family ficken flower football
  forever freedom friends fuckyou geheim george ginger google guest hallo harley hello hockey holiday home homehub honey
  hunter iloveyou internet jasmine jennifer jessica jesus jordan joshua juventus killer letmein lintel liverpool london
  login love loveme lovely lucky maggie manager marina martin master matrix matthew maverick melissa mercedes michael
  michelle monkey monster mustang mynoob naruto nicole ninja nothing oliver orange owner pass passport passw passwd
  password passwort patrick pepper personal phoenix pokemon prince princess pussy qazwsx qwer qwert qwerty qwertyu
  qwertyui qwertyuiop qwertz rangers robert root samantha samsung schalke schatz secret service shadow simple smarthome
  soccer sommer spiderman starwars summer sunshine superman superstar support system taylor temp test testing thomas
  thunder tigger toor trustno trustnoone user welcome whatever whatsapp winter wordpass yellow zaqwsx zxcvbn zxcvbnm`.split(
    /\s+/,
  ),
);
const KEYBOARD_ROWS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'qwertzuiop',
  'azertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'yxcvbnm',
];
const LOOKS_LIKE: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
};
const DISTINCT_MIN = 4;

/**
 * @param known words that do not count as secret, such as the person's name
 * @param pointer of the password in the body
 * @throws HubError WEAK_PASSWORD that says what to choose instead
 */
export function refuseWeak(password: string, known: readonly string[], pointer: string): void {
  const why = weakness(password, known);
  if (why !== null) throw new HubError('WEAK_PASSWORD', why, { pointer });
}

function weakness(password: string, known: readonly string[]): string | null {
  const plain = password.normalize('NFKC').toLowerCase();
  const length = [...plain].length;
  if (length < PASSWORD_CHARACTERS_MIN)
    return `Choose a password of ${PASSWORD_CHARACTERS_MIN} characters or more; a few words in a row are easy to keep in mind.`;
  if (length > PASSWORD_CHARACTERS_MAX) return `Choose a password of at most ${PASSWORD_CHARACTERS_MAX} characters.`;
  if (new Set(plain).size < DISTINCT_MIN || isRow(plain))
    return 'Choose a password that is no repetition and no row of keys.';
  if (isCommon(plain))
    return 'This is one of the passwords that are tried first. A few unrelated words in a row are better.';
  if (known.some((word) => isSame(word, plain)))
    return 'Choose a password that is not the name of a person or the home.';
  return null;
}

/** `abcdefgh`, `87654321`, `qwertyuiop`, and such a row written twice. */
function isRow(plain: string): boolean {
  const half = plain.slice(0, plain.length / 2);
  const core = half + half === plain ? half : plain;
  const along = [...KEYBOARD_ROWS, ...KEYBOARD_ROWS.map((row) => [...row].toReversed().join(''))];
  return along.some((row) => (row + row).includes(core));
}

function isCommon(plain: string): boolean {
  const spelled = [...plain].map((character) => LOOKS_LIKE[character] ?? character).join('');
  return [plain, spelled].some((text) => isCommonWord(text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')));
}

function isCommonWord(word: string): boolean {
  if (COMMON.has(word)) return true;
  const half = word.slice(0, word.length / 2);
  return half !== '' && half + half === word && COMMON.has(half);
}

const letters = (text: string): string => text.toLowerCase().replace(/[^\p{L}]/gu, '');

function isSame(word: string, plain: string): boolean {
  const known = letters(word.normalize('NFKC'));
  return known.length > 2 && letters(plain) === known;
}
