import type { RefusalCodes } from '../http/refusal.ts';

/** The exceptions of CMIS 1.1 (section 5.2.10, errors of the Browser Binding). */
export const refusalCodes: RefusalCodes = {
  permissionDenied: 'dms.permission-denied',
  objectNotFound: 'dms.folder-missing',
  invalidArgument: 'dms.value-refused',
  constraint: 'dms.value-refused',
  nameConstraintViolation: 'dms.value-refused',
  contentAlreadyExists: 'dms.value-refused',
  updateConflict: 'dms.value-refused',
  versioning: 'dms.value-refused',
  storage: 'dms.store-failed',
  runtime: 'dms.store-failed',
};
