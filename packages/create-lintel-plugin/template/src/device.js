// The device. This one lives in memory, so that the plugin works before you have any hardware: put your protocol here.

/** @typedef {Readonly<Record<string, boolean | number | string | null>>} Values */

export class Device {
  /** Whether it can be reached. */
  reachable = true;
  /** @type {Values} */
  state = { __STATE__ };
  /** @type {(values: Values) => void} */
  #onChange;

  /**
   * @param {Values} state as it was when the plugin last ran: a real device knows that by itself
   * @param {(values: Values) => void} onChange hears of everything the device tells
   */
  constructor(state, onChange) {
    this.state = { ...this.state, ...state };
    this.#onChange = onChange;
  }

  /**
   * Asks the device for new values, and waits until it has them.
   * @param {Values} values
   */
  async set(values) {
    this.state = { ...this.state, ...values };
    this.#onChange(values);
  }

  close() {
    this.#onChange = () => undefined;
  }
}
