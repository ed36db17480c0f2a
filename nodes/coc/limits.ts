/** Longest values that COC accepts, in characters (HandleCocIncident and CreateCocIncident pages, war rooms). */
export const LIMITS = {
	incidentNumber: 255,
	operator: 255,
	/** An alarm's ID: ALM and up to 23 more. */
	alarm: 26,
	/** A text of an alarm that is reported. */
	reported: 255,
	id: 255,
	/** COC's pages don't say; file systems allow no more. */
	fileName: 255,
	/** A key of a level, type or source. */
	key: 255,
	title: 200,
	description: 600,
	/** Of a verification, and of a rejection. */
	comment: 300,
	cause: 10_000,
	solution: 10_000,
	warRoom: {
		title: 255,
		description: 255,
		applications: 1000,
		enterpriseProject: 64,
		shifts: 1000,
	},
} as const;

/**
 * Largest answer that is read, in bytes. COC's answers to these calls are a few hundred bytes;
 * n8n's helper itself has no bound, so that a broken gateway could fill the memory.
 */
export const MAX_ANSWER_BYTES = 1024 * 1024;

/** The same for a page of 200 incidents, each with its description and the labels of its values. */
export const MAX_LIST_BYTES = 16 * MAX_ANSWER_BYTES;
