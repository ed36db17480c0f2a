/** What n8n's processes share in queue mode, besides their settings. */
export interface Service {
	/** n8n's environment variables that lead to it. */
	settings: Record<string, string>;
	/** Stops it, and starts it again after a while; only where it was started here. */
	restart?: (stoppedMs: number) => Promise<void>;
	close: () => Promise<void>;
}
