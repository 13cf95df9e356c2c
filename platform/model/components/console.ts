import { defineComponent } from '../types.ts';

/** Static files in an image of their own, so that the console is released apart from the gateway that serves it. */
export const consoleFiles = defineComponent({
  name: 'console',
  summary: 'Web console for staff and operators',
  box: 'Web Users',
  layer: 'edge',
  place: 'bank',
  workload: { kind: 'files', carriedBy: 'gateway' },
  wave: 6,
  image: 'console',
  ports: {},
});
