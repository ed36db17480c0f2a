import { withoutEntities } from './entities';

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
