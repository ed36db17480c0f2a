/** Lets so many through at once; the others wait for their turn, in their order. */
export interface Gate {
	run<T>(work: () => Promise<T>): Promise<T>;
}

export function createGate(width: number): Gate {
	const waiting: Array<() => void> = [];
	let inside = 0;
	return {
		async run(work) {
			// Whoever leaves hands the place on.
			if (inside >= width) await new Promise<void>((enter) => waiting.push(enter));
			else inside++;
			try {
				return await work();
			} finally {
				const next = waiting.shift();
				if (next) next();
				else inside--;
			}
		},
	};
}
