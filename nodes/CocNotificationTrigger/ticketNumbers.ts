/** Most tickets that are taken from one notification. */
const MOST = 5;

/** v2 of COC's API takes no longer numbers. */
const NUMBER = /(?<![\p{L}\p{N}])IM\d{1,48}(?![\p{L}\p{N}])/gu;

/** The numbers of tickets in a text that people read; nothing else of it counts. */
export function ticketNumbersIn(text: string): string[] {
	const numbers = new Set<string>();
	for (const [number] of text.matchAll(NUMBER)) {
		numbers.add(number);
		if (numbers.size === MOST) break;
	}
	return [...numbers];
}
