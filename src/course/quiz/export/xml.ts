/** Text in XML 1.0: escaped, and without what no escape makes legal (XML 1.0, section 2.2). */
const ENTITIES: Record<string, string> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;'};

/** For anywhere between tags and in attributes. Control characters become �, so that nobody takes the rest for the whole. */
export function xml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, char => ENTITIES[char] as string);
}

/** An element; attributes that are undefined are left out, `content` is XML already. */
export function element(name: string, attributes: Record<string, string | number | undefined>, content = ''): string {
  const all = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${xml(String(value)).replace(/[\t\n\r]/g, ' ')}"`],
  );
  return content === '' ? `<${name}${all.join('')}/>` : `<${name}${all.join('')}>${content}</${name}>`;
}

export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
