import { withoutEntities } from './htmlEntities';

const SHOWN_CHARACTERS = 300;

/**
 * Makes foreign text fit to be shown: control and direction characters could forge lines of a log
 * or turn a message around, and half a character is none.
 */
export function cleanText(text: string | null): string | null {
	if (text === null) return null;
	const line = text
		.slice(0, 10 * SHOWN_CHARACTERS)
		.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\s]+/gu, ' ')
		.trim();
	if (line === '') return null;
	const characters = Array.from(line);
	if (characters.length <= SHOWN_CHARACTERS) return line;
	return characters.slice(0, SHOWN_CHARACTERS - 1).join('') + '…';
}

/** Where the title of a page, or its first words, must have come. */
const LOOKED_AT = 16_384;

const MOST_WORDS = 120;

/**
 * What a page says that stands where an answer should: its title, else its first words. A text of
 * another kind says its first words.
 */
export function pageWords(text: string): string {
	const begin = text.slice(0, LOOKED_AT);
	const title = /<title[^>]*>([^<]*)/i.exec(begin)?.[1] ?? '';
	if (title.trim() !== '') return withoutEntities(title);
	if (!/^\s*</.test(begin)) return begin;
	const words = withoutEntities(begin.replace(UNSEEN, ' ').replace(/<[^>]*>?/g, ' '));
	return words.trim() === '' ? begin : words;
}

/** The first words of a text, as many as fit into a message. */
export function firstWords(text: string | null): string | null {
	const characters = Array.from(text ?? '');
	if (characters.length <= MOST_WORDS) return text;
	return `${characters.slice(0, MOST_WORDS - 1).join('')}…`;
}

const UNSEEN = /<!--[^]*?-->|<(script|style)\b[^]*?<\/\1\s*>/gi;
