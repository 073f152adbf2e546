// English: codes that are scanned or typed, sharing a device, and the bridge to other ecosystems.

export const matter = {
  codes: {
    code: 'Pairing code',
    codeHint: 'The QR text beginning with MT:, or the 11 or 21 digits printed on the device or its leaflet.',
    installCode: 'Install code',
    installCodeHint:
      'Locks and alarms need it; it stands on the device or in its box. Leave it empty for everything else.',
    camera: 'Scan with the camera',
    stopCamera: 'Stop the camera',
    viewfinder: 'Camera picture',
    photo: 'Read from a photo',
    unreadable: 'No code could be read from this photo. Try one that is sharp and well lit, or type the code.',
    noCamera: 'The camera cannot be used here. Take a photo, or type the code.',
    missing: 'Type or scan the code first.',
    insecure: 'Add it although its maker is not certified',
  },
  share: {
    button: 'Share with another ecosystem',
    text: 'Scan this in the other app. It can add the device until',
    code: (name: string) => `Code to add ${name} elsewhere`,
    manual: 'Or type this code:',
  },
  bridge: {
    title: 'Bridge to other ecosystems',
    off: 'Switch on “Show this home to other ecosystems” in the settings to use it in Apple Home, Google Home, Alexa or SmartThings.',
    text: 'Scan this in Apple Home, Google Home, Alexa or SmartThings to use the chosen devices there.',
    closed: 'Closed to others for now. To connect one more app, let it in below, then scan this there.',
    code: 'Code to add this home elsewhere',
    manual: 'Or type this code:',
    exported: (count: number) => (count === 1 ? '1 device is offered' : `${count} devices are offered`),
    connected: 'Connected ecosystems',
    none: 'None is connected yet.',
    disconnect: 'Disconnect',
    remove: (name: string) => `Disconnect ${name}`,
    sure: (name: string) =>
      `Disconnect ${name}? It loses every device of this home, with the rooms and automations that they have there.`,
    removed: (name: string) => `${name} is disconnected`,
    open: 'Let another one in',
    opened: 'Another ecosystem can connect now',
    unnamed: (index: number) => `Ecosystem ${index}`,
  },
};
