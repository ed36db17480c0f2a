/** From when to when a service was interrupted, in ms since 1970. */
export interface Interruption {
	start: number;
	recovery: number;
}

/** An interruption as calls take it; null for none. */
export function interruptionParams(interruption: Interruption | null): {
	is_service_interrupt: boolean;
	start_time?: number;
	fault_recovery_time?: number;
} {
	return {
		is_service_interrupt: interruption !== null,
		...(interruption && {
			start_time: interruption.start,
			fault_recovery_time: interruption.recovery,
		}),
	};
}
