/**
 * One line in which nothing steers the terminal, nor turns the direction of what follows: names, arguments and files come from
 * others.
 */
export const harmless = (text: string): string => text.replace(/[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, '?');
