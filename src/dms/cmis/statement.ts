/** A string literal of the CMIS query language (CMIS 1.1 section 2.1.14.2.1): quote and backslash are escaped by a backslash. */
export function literal(value: string): string {
  return `'${value.replace(/[\\']/g, '\\$&')}'`;
}

/** Selects what is needed of folders of a type by a condition. */
export function selectFolders(type: string, properties: readonly string[], condition: string): string {
  return `SELECT ${properties.join(', ')} FROM ${type} WHERE ${condition}`;
}
