import { withoutEntities } from './htmlEntities';

/** How a text in COC's record compares with one of ours. */
export type Likeness = 'same' | 'similar' | 'none';

/**
 * Compares a text in COC's record with the one that was sent. How COC stores texts isn't documented:
 * `same` is what differs by nothing but spelling, `similar` what may be it in a shape that isn't
 * known, such as cut: of that nothing can be said.
 */
export function compareTexts(recorded: string, sent: string): Likeness {
	if (recorded === sent) return 'same';
	const [theirs, ours] = [canonical(recorded), canonical(sent)];
	if (theirs === ours) return 'same';
	return isSimilar(theirs, ours) ? 'similar' : 'none';
}

/** Whether a text in COC's record holds the one that was sent. */
export function containsText(recorded: string, sent: string): boolean {
	const ours = canonical(sent);
	return ours !== '' && canonical(recorded).includes(ours);
}

/** A text that was written for HTML more often than that is left as it is. */
const MOST_ESCAPED = 4;

/**
 * The one form of all spellings of a text: characters for their HTML entities, composed letters
 * (NFC), one space for any white space, line ends and `<br>` included, and nothing that can't be
 * seen: control characters, characters of no width, halves of characters and what stands in their
 * place.
 */
export function canonical(text: string): string {
	let plain = text;
	for (let times = 0; times < MOST_ESCAPED; times++) {
		const before = plain;
		plain = withoutEntities(before);
		if (plain === before) break;
	}
	return plain
		.replace(/<br\s*\/?>/gi, ' ')
		.replace(/(?!\uFEFF)[\s\u0085]/g, ' ')
		.replace(/[\p{Cc}\p{Cf}\p{Cs}\uFFFD]/gu, '')
		.replace(/ +/g, ' ')
		.trim()
		.normalize('NFC');
}

/** What is left of a text in a store that knows few characters: its letters and digits. */
function lettersOf(text: string): string {
	return text
		.normalize('NFKD')
		.toUpperCase()
		.replace(/[^\p{L}\p{N}]/gu, '');
}

/** So long a text isn't part of another one by chance. */
const NO_CHANCE = 8;

function isSimilar(recorded: string, sent: string): boolean {
	// An entity may have been cut in two.
	const [theirs, ours] = [lettersOf(recorded.replace(/&#?\w*$/, '')), lettersOf(sent)];
	if (ours === '') return theirs === '';
	// Cut, or with something around it.
	if (ours.startsWith(theirs) || theirs.startsWith(ours)) return true;
	if (ours.length >= NO_CHANCE && theirs.includes(ours)) return true;
	// With characters lost on the way, or with question marks in their place.
	if (2 * theirs.length >= ours.length && occursIn(theirs, ours)) return true;
	return recorded.includes('?') && fits(recorded, ours);
}

/** Whether what stands between the question marks of a text occurs in another one, in this order. */
function fits(recorded: string, ours: string): boolean {
	let at = 0;
	return recorded.split(/\?+/).every((part) => {
		const words = lettersOf(part);
		const found = ours.indexOf(words, at);
		at = found + words.length;
		return found >= 0;
	});
}

/** Whether all characters of the one stand in the other in the same order. */
function occursIn(part: string, whole: string): boolean {
	let at = 0;
	for (const character of whole) {
		if (part.startsWith(character, at)) at += character.length;
		if (at === part.length) return true;
	}
	return false;
}
