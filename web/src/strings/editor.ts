// The editor's catalogue in use; it is loaded with the editor and not before.

import { editor } from './en-editor.ts';

export type EditorCatalogue = typeof editor;

export const te: EditorCatalogue = editor;
