export * from './frames.ts';
export * from './views.ts';
