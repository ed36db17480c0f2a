/** A text in the bytes of a charset that holds it in one or two each, such as GBK or Big5. */
export function encoded(text: string, charset: string): Buffer {
	const decoder = new TextDecoder(charset, { fatal: true });
	const bytes = new Map<string, number[]>();
	const add = (...code: number[]) => {
		try {
			bytes.set(decoder.decode(Uint8Array.from(code)), code);
		} catch {
			// No character of this charset.
		}
	};
	for (let lead = 0x81; lead <= 0xfe; lead++) {
		for (let trail = 0x40; trail <= 0xfe; trail++) add(lead, trail);
	}
	for (let code = 0; code <= 0xff; code++) add(code);
	return Buffer.from(
		Array.from(text).flatMap((character) => {
			const code = bytes.get(character);
			if (!code) throw new Error(`${charset} doesn't hold ${character}`);
			return code;
		}),
	);
}
