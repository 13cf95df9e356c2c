/** A JSON Schema as text, as the formatter would write it: short lists on one line. */
export function renderSchema(schema: object): string {
  const scalar = '(?:"(?:[^"\\\\]|\\\\.)*"|[\\d.]+)';
  const list = new RegExp(`^(.*)\\[\\n\\s+(${scalar}(?:,\\n\\s+${scalar})*)\\n\\s+\\](,?)$`, 'gm');
  const text = JSON.stringify(schema, null, 2).replaceAll(list, (whole, before, entries, comma) => {
    const line = `${before}[${entries.replaceAll(/,\n\s+/g, ', ')}]${comma}`;
    return line.length <= 110 ? line : whole;
  });
  return `${text}\n`;
}
