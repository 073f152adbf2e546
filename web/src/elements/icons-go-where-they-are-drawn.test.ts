// The build puts each icon's path where it is imported, and refuses a name that is none.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { inlineIcons } from '../../inline-icons.ts';

const Icons = suite('icons');

Icons('an import becomes the paths, however it is wrapped', () => {
  const code = inlineIcons("import {\n  mdiPlay,\n  mdiPause,\n} from '@mdi/js';\nshow(mdiPlay);");
  assert.match(code, /^const mdiPlay = "M[^"]+"; const mdiPause = "M[^"]+";\nshow\(mdiPlay\);$/);
});

Icons('a name that is no icon stops the build', () => {
  for (const name of ['mdiNoSuchThing', 'mdiPlay as play'])
    assert.throws(() => inlineIcons(`import { ${name} } from '@mdi/js';`), /no icon/);
});

Icons('other imports stay as they are', () => {
  const code = "import { html } from 'lit';";
  assert.is(inlineIcons(code), code);
});

Icons.run();
