// A player as ecosystems command it. The player's own report moves the state.

import { KeypadInputServer } from '@matter/main/behaviors/keypad-input';
import { MediaInputServer } from '@matter/main/behaviors/media-input';
import { MediaPlaybackServer } from '@matter/main/behaviors/media-playback';
import { OnOffServer } from '@matter/main/behaviors/on-off';
import { KeypadInput } from '@matter/main/clusters/keypad-input';
import type { MediaInput } from '@matter/main/clusters/media-input';
import { MediaPlayback } from '@matter/main/clusters/media-playback';
import { Status, StatusResponseError } from '@matter/main/types';

import { ask, refusalOf, type Acting } from './asking.ts';

async function play(acting: Acting, command: string): Promise<MediaPlayback.PlaybackResponse> {
  const refusal = await refusalOf(acting, command);
  if (refusal === null) return { status: MediaPlayback.Status.Success };
  return { status: MediaPlayback.Status.NotAllowed, data: refusal };
}

export class BridgedPlayback extends MediaPlaybackServer {
  override play() {
    return play(this, 'media.play');
  }
  override pause() {
    return play(this, 'media.pause');
  }
  override stop() {
    return play(this, 'media.pause');
  }
  override next() {
    return play(this, 'media.next');
  }
  override previous() {
    return play(this, 'media.previous');
  }
}

/** For a player without a switch of its own: on is playing. */
export class BridgedPlaying extends OnOffServer {
  override on() {
    return ask(this, 'media.play');
  }
  override off() {
    return ask(this, 'media.pause');
  }
  override toggle() {
    return this.state.onOff ? this.off() : this.on();
  }
}

const { CecKeyCode } = KeypadInput;
const KEYS: Readonly<Record<number, string>> = {
  [CecKeyCode.Play]: 'media.play',
  [CecKeyCode.Pause]: 'media.pause',
  [CecKeyCode.Stop]: 'media.pause',
  [CecKeyCode.Forward]: 'media.next',
  [CecKeyCode.Backward]: 'media.previous',
};

export class BridgedKeys extends KeypadInputServer {
  override async sendKey({ keyCode }: KeypadInput.SendKeyRequest): Promise<KeypadInput.SendKeyResponse> {
    const command = KEYS[keyCode];
    if (command === undefined) return { status: KeypadInput.Status.UnsupportedKey };
    const refusal = await refusalOf(this, command);
    const { Success, InvalidKeyInCurrentState } = KeypadInput.Status;
    return { status: refusal === null ? Success : InvalidKeyInCurrentState };
  }
}

export class BridgedInput extends MediaInputServer {
  override selectInput({ index }: MediaInput.SelectInputRequest): void {
    const isThere = this.state.inputList.some((each) => each.index === index);
    if (!isThere) throw new StatusResponseError('there is no such input', Status.ConstraintError);
    this.state.currentInput = index;
  }
  override showInputStatus(): void {}
  override hideInputStatus(): void {}
}
