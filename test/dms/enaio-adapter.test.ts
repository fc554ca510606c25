import { describeAdapter } from './adapter-contract.ts';
import { createEnaioSystem } from './enaio-system.ts';

describeAdapter('enaio by its DMS service', () => createEnaioSystem());

describeAdapter('enaio by its DMS service, files being registers in a folder', () =>
  createEnaioSystem({
    types: { file: '196609', document: '262146' },
    levels: [{ type: '4', keyField: 'Amt', key: 'Ausländeramt' }],
  }),
);

describeAdapter('enaio by OSRest', () => createEnaioSystem({ service: 'osrest' }));
