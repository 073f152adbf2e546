export * from './client.ts';
export * from './frames.ts';
export * from './house-views.ts';
export * from './matter.ts';
export * from './setup.ts';
export * from './views.ts';
