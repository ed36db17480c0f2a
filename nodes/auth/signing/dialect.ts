/** What decides the bytes of a request, in both dialects of n8n's request helpers. */
export interface RequestOptions {
	method?: string;
	url?: unknown;
	baseURL?: unknown;
	qs?: unknown;
	body?: unknown;
	headers?: Record<string, unknown>;
	/** Today's dialect only (`httpRequest…`). */
	arrayFormat?: string;
	/** The legacy dialect only (`request…`, used by n8n's HTTP Request node). */
	uri?: unknown;
	qsStringifyOptions?: { arrayFormat?: string };
	useQuerystring?: boolean;
	form?: unknown;
	formData?: unknown;
	json?: boolean;
}

const LEGACY = ['uri', 'form', 'formData', 'qsStringifyOptions', 'useQuerystring'] as const;

/**
 * Options with only `url` may be of either dialect. Taken for today's, they are at worst serialised
 * in its way: what is fixed then is left alone by both helpers.
 */
export function isLegacy(options: RequestOptions): boolean {
	return LEGACY.some((name) => options[name] !== undefined);
}

/** The address that a request goes to, its `qs` not included, put together as n8n's helpers do it. */
export function addressOf({ url, uri, baseURL }: RequestOptions): string {
	const target = String(url ?? uri ?? '');
	const base = String(baseURL ?? '');
	if (base === '' || /^([a-z][a-z\d+.-]*:)?\/\//i.test(target)) return target;
	return target === '' ? base : `${base.replace(/\/?\/$/, '')}/${target.replace(/^\/+/, '')}`;
}
